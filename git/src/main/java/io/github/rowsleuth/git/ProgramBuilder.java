package io.github.rowsleuth.git;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Puts the tokens of a program together: adjacent and added literals become one, and each is told where it stands. A
 * lexer feeds it words, symbols and literals.
 */
final class ProgramBuilder {

    /** How many brackets around a place are looked at, and how long a chain of names may grow. */
    private static final int MAX_AROUND = 24;

    private static final int MAX_CHAIN = 200;

    private final boolean adjacentLiteralsJoin;
    private final char joiner;
    private final List<Literal> literals = new ArrayList<>();
    private final List<Call> calls = new ArrayList<>();
    private final Map<String, Set<String>> passedTo = new HashMap<>();
    private final Map<String, String> aliases = new HashMap<>();
    private final Deque<Bracket> brackets = new ArrayDeque<>();

    private String function = "";
    private String chain = "";
    private int chainLine;
    private boolean chainOpen;
    private String target = "";
    private String keyword = "";
    private String loopVariable = "";
    private boolean bare = true;
    private Optional<CodeText> pending = Optional.empty();
    private boolean joining;
    private boolean pendingIsBare;
    private final StringBuilder hole = new StringBuilder();
    private int holeDepth;

    /** An open bracket; {@code call} is empty for one that is no call. */
    private static final class Bracket {
        final String call;
        final int line;
        final List<String> arguments = new ArrayList<>();
        final Map<String, String> named = new LinkedHashMap<>();
        String word = "";
        String keyword = "";

        Bracket(String call, int line) {
            this.call = call;
            this.line = line;
        }
    }

    /** For a language in which {@code joiner} puts strings together, and standing side by side too if so said. */
    ProgramBuilder(char joiner, boolean adjacentLiteralsJoin) {
        this.joiner = joiner;
        this.adjacentLiteralsJoin = adjacentLiteralsJoin;
    }

    int depth() {
        return brackets.size();
    }

    void enterFunction(String name) {
        function = name;
    }

    void word(String word, int line) {
        if (joining) {
            hole.append(word);
            return;
        }
        flush();
        chain = chainOpen && chain.length() < MAX_CHAIN ? chain + word : word;
        chainLine = chainOpen ? chainLine : line;
        chainOpen = false;
        if (keyword.equals("for")) {
            loopVariable = word;
        } else if (keyword.equals("in") && !loopVariable.isEmpty()) {
            aliases.put(loopVariable, word);
            loopVariable = "";
        }
        keyword = word;
        bare = false;
        if (!brackets.isEmpty()) {
            brackets.peek().word = chain;
            used(word);
        }
    }

    /** A name that is used inside of the calls that are open, for instance in a hole of a literal. */
    void used(String word) {
        int looked = 0;
        for (Iterator<Bracket> inner = brackets.iterator(); inner.hasNext() && looked < MAX_AROUND; looked++) {
            Bracket bracket = inner.next();
            if (!bracket.call.isEmpty()) {
                passedTo.computeIfAbsent(Call.lastName(bracket.call), c -> new HashSet<>())
                        .add(word);
            }
        }
    }

    void literal(CodeText text, int line) {
        if (joining && hole.length() == 0) {
            joining = false;
            pending.ifPresent(p -> p.append(text));
            return;
        }
        if (joining) {
            return; // an argument within an expression that is added
        }
        if (pending.isPresent() && adjacentLiteralsJoin) {
            pending.get().append(text);
            return;
        }
        flush();
        CodeText copy = new CodeText();
        copy.append(text);
        pending = Optional.of(copy);
        pendingIsBare = bare && brackets.isEmpty();
        bare = false;
    }

    void symbol(char c, int line) {
        if (joining && inHole(c, line)) {
            return;
        }
        if (c == joiner && pending.isPresent()) {
            joining = true;
            return;
        }
        if (c == '.' && pending.isEmpty()) {
            chain = chain.length() < MAX_CHAIN ? chain + "." : ".";
            chainOpen = true;
            return;
        }
        pendingIsBare &= pending.isEmpty();
        flush();
        switch (c) {
            case '(', '[', '{' -> open(c, line);
            case ')', ']', '}' -> close();
            case ',' -> argumentEnds();
            case '=' -> assigned();
            default -> keyword = "";
        }
        if (c != '+' && c != ':') {
            chain = "";
        }
        chainOpen = false;
        bare = false;
    }

    /** Whether the symbol belongs to an expression that is being added to a literal. */
    private boolean inHole(char c, int line) {
        boolean opens = c == '(' || c == '[' || c == '{';
        boolean closes = c == ')' || c == ']' || c == '}';
        if (opens || (closes && holeDepth > 0)) {
            holeDepth += opens ? 1 : -1;
            return true;
        }
        if (holeDepth > 0 || (c == '.' && joiner != '.')) {
            return true;
        }
        if (hole.length() > 0) {
            pending.ifPresent(p -> p.append("{" + hole + "}", line));
            hole.setLength(0);
        }
        joining = c == joiner;
        return joining;
    }

    private void open(char c, int line) {
        String call = c == '(' ? chain : "";
        String inherited = c != '(' && chain.isEmpty() && !brackets.isEmpty() ? "" : call;
        brackets.push(new Bracket(inherited, chain.isEmpty() ? line : chainLine));
        keyword = "";
    }

    private void close() {
        argumentEnds();
        if (brackets.isEmpty()) {
            return;
        }
        Bracket closed = brackets.pop();
        if (!closed.call.isEmpty()) {
            calls.add(new Call(closed.call, closed.line, closed.arguments, closed.named, function));
        }
        if (!brackets.isEmpty() && !closed.call.isEmpty()) {
            brackets.peek().word = closed.call;
        }
    }

    private void argumentEnds() {
        Bracket bracket = brackets.peek();
        if (bracket != null && !bracket.word.isEmpty() && bracket.keyword.isEmpty()) {
            bracket.arguments.add("{" + bracket.word + "}");
        }
        if (bracket != null) {
            bracket.word = "";
            bracket.keyword = "";
        }
    }

    private void assigned() {
        Bracket bracket = brackets.peek();
        if (bracket == null || bracket.call.isEmpty()) {
            target = keyword.isEmpty() ? target : keyword;
        } else {
            bracket.keyword = bracket.word;
            bracket.word = "";
        }
        keyword = "";
    }

    /** A statement ends: at a line break outside of brackets, or at a semicolon. */
    void endOfStatement() {
        if (joining) {
            inHole(';', 0);
            joining = false;
        }
        flush();
        target = "";
        keyword = "";
        chain = "";
        chainOpen = false;
        loopVariable = "";
        bare = true;
    }

    private void flush() {
        if (pending.isEmpty()) {
            return;
        }
        CodeText text = pending.get();
        pending = Optional.empty();
        joining = false;
        if (pendingIsBare) {
            pendingIsBare = false;
            return;
        }
        Bracket bracket = brackets.peek();
        if (bracket != null && bracket.keyword.isEmpty()) {
            bracket.arguments.add(text.toString());
        } else if (bracket != null) {
            bracket.named.put(bracket.keyword, text.toString());
        }
        if (bracket != null) {
            bracket.word = "";
            bracket.keyword = "";
        }
        literals.add(new Literal(text, openCalls(), target.isEmpty() ? receiver() : target, function));
    }

    private List<String> openCalls() {
        List<String> names = new ArrayList<>();
        int looked = 0;
        for (Iterator<Bracket> inner = brackets.iterator(); inner.hasNext() && looked < MAX_AROUND; looked++) {
            String call = inner.next().call;
            if (!call.isEmpty()) {
                names.add(0, call);
            }
        }
        return names;
    }

    /** The list that a literal is appended to: {@code lines} in {@code lines.append("…")}. */
    private String receiver() {
        for (String call : openCalls()) {
            String method = Call.lastName(call);
            if (Set.of("append", "extend", "push", "add", "insert", "concat").contains(method) && call.contains(".")) {
                return call.substring(0, call.length() - method.length() - 1);
            }
        }
        return "";
    }

    Program build() {
        endOfStatement();
        return new Program(literals, calls, passedTo, aliases);
    }
}
