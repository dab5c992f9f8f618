package io.github.rowsleuth.git.automation.code;

import io.github.rowsleuth.git.automation.code.CodeFile.Place;
import io.github.rowsleuth.git.automation.code.CodeFile.Test;
import io.github.rowsleuth.git.automation.code.CodeToken.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds the blocks of languages with braces. */
final class BracedScopes {

    private static final int MAX_TESTS = 8;
    private static final int MAX_HEADER = 120;
    private static final int MAX_DEPTH = 150;
    private static final Set<String> LEAVING =
            Set.of("return", "throw", "process", "exit", "panic", "die", "os", "System");
    private static final Set<String> CONTROL =
            Set.of("for", "while", "switch", "catch", "with", "synchronized", "using");
    private static final Set<String> FUNCTION = Set.of("function", "func", "fun", "def");
    private static final Set<String> TYPES =
            Set.of("class", "interface", "object", "struct", "enum", "record", "trait", "impl");

    /** Calls that keep the function that they are given for a later event. */
    private static final Pattern KEEPS = Pattern.compile(
            "(?i).*\\.(?:get|post|put|patch|delete|all|head|options|route|use|on|once|command|action|handle|handlefunc"
                    + "|register|addeventlistener|subscribe|mutation|query|cron|schedule|process|define|add)"
                    + "|cron|schedule");

    private enum Sort {
        FUNCTION,
        TYPE,
        TEST,
        OTHER
    }

    private static final class Block {
        final Sort sort;
        final String name;
        final List<Test> tests = new ArrayList<>();
        boolean main;
        boolean never;
        boolean deferred;
        boolean leaves;
        boolean hasOther;
        int headerFrom;
        int headerTo;
        int line;

        Block(Sort sort, String name) {
            this.sort = sort;
            this.name = name;
        }
    }

    private final List<CodeToken> tokens;
    private final int[] matches;
    private final Scopes scopes;
    private final Deque<Block> open = new ArrayDeque<>();
    private final Block root = new Block(Sort.OTHER, "");
    private final Deque<Integer> brackets = new ArrayDeque<>();
    private Optional<Block> lastTest = Optional.empty();
    private Place current;
    private int header;
    private int tooDeep;

    BracedScopes(List<CodeToken> tokens, int[] matches) {
        this.tokens = tokens;
        this.matches = matches;
        this.scopes = new Scopes(tokens.size());
        this.current = place();
    }

    Scopes mark() {
        for (int i = 0; i < tokens.size(); i++) {
            CodeToken token = tokens.get(i);
            if (token.is('{')) {
                open(i);
            }
            scopes.mark(i, current);
            if (token.is('}')) {
                close(i);
            } else if (token.is('(') || token.is('[')) {
                brackets.push(i);
            } else if ((token.is(')') || token.is(']')) && !brackets.isEmpty()) {
                brackets.pop();
            } else if (token.is(';') || endsStatement(i)) {
                header = i + 1;
                inlineGuard(i);
            }
        }
        return scopes;
    }

    private boolean endsStatement(int at) {
        if (tokens.get(at).kind() != Kind.LINE_END
                || (!brackets.isEmpty() && tokens.get(brackets.peek()).is('('))) {
            return false;
        }
        CodeToken before = tokens.get(Math.max(0, at - 1));
        CodeToken after = at + 1 < tokens.size() ? tokens.get(at + 1) : before;
        boolean goesOn = before.kind() == Kind.SIGN && "=,(&|+?:.<>=>".contains(before.text());
        return !goesOn && !after.is('.') && !after.is('{') && !after.isName("throws");
    }

    private void open(int at) {
        if (open.size() >= MAX_DEPTH) {
            brackets.push(at);
            tooDeep++;
            return;
        }
        Block block = block(at);
        brackets.push(at);
        block.line = tokens.get(Math.min(header, at)).line();
        open.push(block);
        current = place();
        header = at + 1;
    }

    private Block block(int at) {
        int from = Math.max(header, at - MAX_HEADER);
        CodeToken before = at > 0 ? tokens.get(at - 1) : tokens.get(at);
        if (before.kind() == Kind.LINE_END && at > 1) {
            before = tokens.get(at - 2);
        }
        String first = word(from, at);
        if (before.text().equals("=>")) {
            return arrow(from, at);
        }
        if (first.equals("if") || first.equals("else") || first.equals("unless")) {
            return test(from, at);
        }
        if (CONTROL.contains(first) || first.equals("try") || first.equals("do") || first.equals("finally")) {
            return new Block(Sort.OTHER, "");
        }
        for (int i = from; i < at; i++) {
            if (tokens.get(i).kind() == Kind.NAME
                    && TYPES.contains(tokens.get(i).text())
                    && i + 1 < at
                    && tokens.get(i + 1).kind() == Kind.NAME) {
                return new Block(Sort.TYPE, tokens.get(i + 1).text());
            }
        }
        return function(from, at).orElseGet(() -> new Block(Sort.OTHER, ""));
    }

    /** The first word of a header, closing braces and labels passed. */
    private String word(int from, int to) {
        for (int i = from; i < to; i++) {
            if (tokens.get(i).kind() == Kind.NAME) {
                return tokens.get(i).text();
            }
        }
        return "";
    }

    private Optional<Block> function(int from, int at) {
        for (int i = from; i < at; i++) {
            CodeToken token = tokens.get(i);
            if (token.kind() == Kind.NAME && FUNCTION.contains(token.text())) {
                return Optional.of(named(i, from, at));
            }
        }
        // A method, or a function of a language without a keyword: a name, brackets, and the brace after them.
        for (int i = from; i + 1 < at; i++) {
            if (tokens.get(i).kind() == Kind.NAME && tokens.get(i + 1).is('(') && matches[i + 1] > 0) {
                int end = matches[i + 1];
                boolean inType = open.isEmpty() || open.peek().sort == Sort.TYPE || open.peek().sort == Sort.OTHER;
                if (end < at
                        && end >= at - 12
                        && inType
                        && !tokens.get(i).text().startsWith("@")) {
                    return Optional.of(new Block(Sort.FUNCTION, tokens.get(i).text()));
                }
            }
        }
        return Optional.empty();
    }

    private Block named(int keyword, int from, int at) {
        int i = keyword + 1;
        if (i < at && tokens.get(i).is('*')) {
            i++;
        }
        if (i < at && tokens.get(i).is('(') && matches[i] > 0 && matches[i] + 1 < at) {
            CodeToken after = tokens.get(matches[i] + 1);
            if (after.kind() == Kind.NAME && tokens.get(keyword).isName("func")) {
                return new Block(Sort.FUNCTION, after.text()); // a method of Go, its receiver in brackets
            }
        }
        if (i < at && tokens.get(i).kind() == Kind.NAME) {
            return new Block(Sort.FUNCTION, tokens.get(i).text());
        }
        return anonymous(from, keyword, at);
    }

    private Block arrow(int from, int at) {
        return anonymous(from, at - 1, at);
    }

    /** A function without a name of its own: it has that of a variable, is handed to a call, or runs at once. */
    private Block anonymous(int from, int keyword, int at) {
        Optional<Integer> call = openCall();
        if (call.isPresent() && call.get() >= from - MAX_HEADER) {
            Block block = new Block(Sort.OTHER, "");
            block.deferred = keeps(call.get());
            return block;
        }
        String name = "";
        boolean exported = false;
        for (int i = from; i < Math.min(keyword, at); i++) {
            CodeToken token = tokens.get(i);
            boolean assigned = i + 1 < at
                    && (tokens.get(i + 1).is('=') || tokens.get(i + 1).is(':'));
            exported |= token.isName("default") || token.isName("exports");
            if (token.kind() == Kind.NAME && assigned && name.isEmpty()) {
                name = token.text();
            }
            if (token.is('(') && i > from) {
                break;
            }
        }
        boolean ownName = !name.isEmpty() && !name.equals("exports");
        return ownName
                ? new Block(Sort.FUNCTION, name)
                : exported ? new Block(Sort.FUNCTION, "default") : new Block(Sort.OTHER, "");
    }

    /** The token of the bracket of the call that is being given its arguments. */
    private Optional<Integer> openCall() {
        for (int bracket : brackets) {
            if (tokens.get(bracket).is('{')) {
                return Optional.empty();
            }
            if (tokens.get(bracket).is('(')
                    && bracket > 0
                    && tokens.get(bracket - 1).kind() == Kind.NAME) {
                return Optional.of(bracket);
            }
        }
        return Optional.empty();
    }

    private boolean keeps(int bracket) {
        StringBuilder name = new StringBuilder(tokens.get(bracket - 1).text());
        if (bracket > 1 && tokens.get(bracket - 2).is('.')) {
            name.insert(0, ".");
        }
        return KEEPS.matcher(name).matches();
    }

    private Block test(int from, int at) {
        Block block = new Block(Sort.TEST, "");
        int start = from;
        while (start < at && !tokens.get(start).is('(') && !tokens.get(start).isName("if")) {
            start++;
        }
        boolean otherwise = word(from, at).equals("else");
        if (otherwise) {
            lastTest.ifPresent(b -> {
                b.hasOther = true;
                Scopes.telling(tokens, b.headerFrom, b.headerTo, true).ifPresent(block.tests::add);
            });
        }
        block.headerFrom = start < at && tokens.get(start).isName("if") ? start + 1 : start;
        block.headerTo = at;
        if (block.headerFrom < at) {
            String text = Scopes.text(tokens, block.headerFrom, at);
            String plain = text.toLowerCase(Locale.ROOT);
            block.main = plain.contains("require.main") || plain.contains("import.meta.main");
            block.never = plain.equals("(false)") || plain.equals("false") || plain.equals("(0)");
            if (!block.main) {
                Scopes.telling(tokens, block.headerFrom, at, false).ifPresent(block.tests::add);
            }
        }
        return block;
    }

    private void close(int at) {
        while (!brackets.isEmpty() && !tokens.get(brackets.pop()).is('{')) {
            // brackets that nothing closed
        }
        if (tooDeep > 0) {
            tooDeep--;
        } else if (!open.isEmpty()) {
            Block closed = open.pop();
            if (closed.sort == Sort.FUNCTION && open.stream().noneMatch(b -> b.sort == Sort.FUNCTION)) {
                scopes.functions()
                        .add(new Scopes.Found(
                                qualified(closed),
                                at,
                                closed.line,
                                tokens.get(at).line(),
                                -1));
            }
            if (closed.sort == Sort.TEST) {
                lastTest = Optional.of(closed);
                if (closed.leaves) {
                    Scopes.telling(tokens, closed.headerFrom, closed.headerTo, true)
                            .ifPresent(function().tests::add);
                }
            }
        }
        current = place();
        header = at + 1;
    }

    /** Notes {@code return} in a block of a test, and the test without braces before one. */
    private void inlineGuard(int at) {
        int start = at - 1;
        while (start > 0
                && !tokens.get(start).is(';')
                && !tokens.get(start).is('{')
                && !tokens.get(start).is('}')
                && at - start < MAX_HEADER
                && tokens.get(start).kind() != Kind.LINE_END) {
            start--;
        }
        int first = Math.min(start + 1, tokens.size() - 1);
        Block block = open.peek();
        if (block != null
                && block.sort == Sort.TEST
                && LEAVING.contains(tokens.get(first).text())) {
            block.leaves = true;
        } else if (tokens.get(first).isName("if")
                && first + 1 < at
                && tokens.get(first + 1).is('(')) {
            int end = matches[first + 1];
            if (end > 0 && end + 1 < at && LEAVING.contains(tokens.get(end + 1).text())) {
                Scopes.telling(tokens, first + 1, end + 1, true).ifPresent(function().tests::add);
                current = place();
            }
        }
    }

    private Block function() {
        return open.stream().filter(b -> b.sort == Sort.FUNCTION).findFirst().orElse(root);
    }

    private String qualified(Block closed) {
        return open.stream()
                .filter(b -> b.sort == Sort.TYPE)
                .findFirst()
                .map(b -> b.name + "." + closed.name)
                .orElse(closed.name);
    }

    private Place place() {
        List<Test> tests = new ArrayList<>(root.tests);
        String function = "";
        String owner = "";
        boolean main = false;
        boolean deferred = false;
        Optional<String> dead = Optional.empty();
        for (Iterator<Block> outwards = open.descendingIterator(); outwards.hasNext(); ) {
            Block block = outwards.next();
            tests.addAll(block.tests);
            main |= block.main;
            deferred |= block.deferred;
            if (block.never) {
                dead = Optional.of("never true: " + Scopes.text(tokens, block.headerFrom, block.headerTo));
            }
            if (block.sort == Sort.TYPE && function.isEmpty()) {
                owner = block.name + ".";
            }
            if (block.sort == Sort.FUNCTION && function.isEmpty()) {
                function = owner + block.name;
            }
        }
        return new Place(function, main, deferred, tests.subList(0, Math.min(tests.size(), MAX_TESTS)), dead);
    }
}
