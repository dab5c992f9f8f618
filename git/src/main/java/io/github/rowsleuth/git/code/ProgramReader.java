package io.github.rowsleuth.git.code;

import io.github.rowsleuth.git.code.Token.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads tokens once, and puts together what matters of a program: strings with what they are given to, calls, blocks,
 * names. No grammar is demanded of the source; what is broken costs no more than what stands around it.
 */
final class ProgramReader {

    private static final int MAX_AROUND = 24;
    private static final int LONGEST_ARGUMENT = 300;
    /** Of brackets within brackets no more strings are carried outwards. */
    private static final int MOST_LITERALS = 200;

    private static final Set<String> NO_CALL = Set.of(
            "if",
            "elif",
            "elsif",
            "elseif",
            "unless",
            "while",
            "for",
            "foreach",
            "switch",
            "catch",
            "return",
            "in",
            "and",
            "or",
            "not",
            "match",
            "function",
            "func",
            "fun",
            "fn",
            "async",
            "await",
            "else",
            "when",
            "case",
            "with",
            "using",
            "except",
            "assert",
            "yield",
            "typeof",
            "throw",
            "raise",
            "new",
            "until",
            "rescue",
            "synchronized",
            "lock");
    private static final Set<String> CONTROLS = Set.of("if", "elseif", "while", "for", "foreach", "else", "catch");
    private static final Set<String> EXITS = Set.of(
            "return",
            "raise",
            "throw",
            "exit",
            "exit!",
            "abort",
            "die",
            "quit",
            "panic",
            "panic!",
            "continue",
            "break",
            "next",
            "halt",
            "bail!",
            "process::exit");
    private static final Set<String> IN_TYPES = Set.of("<", ">", ",", ".", "[", "]", "?");
    private static final int LONGEST_TYPES = 24;
    private static final Set<String> NO_ARGUMENT = Set.of(
            "if", "unless", "while", "until", "and", "or", "not", "do", "then", "in", "end", "rescue", "else", "when",
            "is", "fn");

    final Tokens tokens;
    final Dialect dialect;
    final Blocks blocks = new Blocks();
    final Deque<Frame> frames = new ArrayDeque<>();
    final Names names = new Names();
    private final List<Literal> literals = new ArrayList<>();
    private final List<Call> calls = new ArrayList<>();
    private final BlockRules rules;
    int at;
    private boolean afterControl;

    private ProgramReader(Tokens tokens, Dialect dialect) {
        this.tokens = tokens;
        this.dialect = dialect;
        frames.push(new Frame('r', true, Optional.empty(), Optional.empty(), 0, 0));
        this.rules = switch (dialect.blocks()) {
            case INDENTED -> new IndentRules(this);
            case BRACES -> new BraceRules(this);
            case ENDED -> new EndRules(this);
        };
    }

    static Program read(Tokens tokens, Dialect dialect) {
        return new ProgramReader(tokens, dialect).run();
    }

    private Program run() {
        for (at = 0; at < tokens.size(); at++) {
            step(tokens.get(at));
        }
        at = tokens.size();
        while (frames.size() > 1) {
            closeTop();
        }
        endStatement();
        int end = tokens.source().length();
        while (blocks.current() != blocks.file()) {
            blocks.close(end);
        }
        blocks.file().close(end);
        return new Program(
                tokens.source(),
                literals,
                calls,
                blocks.file(),
                names.constants(),
                names.assigned(),
                names.aliases(),
                names.passedTo(),
                tokens.remarks());
    }

    Frame frame() {
        return frames.getFirst();
    }

    /** The innermost list of statements. */
    Frame statement() {
        for (Frame frame : frames) {
            if (frame.statements) {
                return frame;
            }
        }
        return frames.getLast();
    }

    Token previous() {
        for (int i = at - 1; i >= 0 && i > at - 20; i--) {
            if (!tokens.get(i).is(Kind.NEWLINE)) {
                return tokens.get(i);
            }
        }
        return Token.NONE;
    }

    Token following() {
        for (int i = at + 1; i < tokens.size() && i < at + 20; i++) {
            if (!tokens.get(i).is(Kind.NEWLINE)) {
                return tokens.get(i);
            }
        }
        return Token.NONE;
    }

    private void step(Token token) {
        if (afterControl && !token.is(Kind.NEWLINE)) {
            afterControl = false;
            rules.afterControl(token);
        }
        switch (token.kind()) {
            case WORD -> word(token);
            case STRING -> string(token);
            case SYMBOL -> symbol(token);
            case NEWLINE -> newline();
            case INDENT, DEDENT -> rules.indentation(token);
            case NUMBER -> operand();
        }
    }

    /** What stands for a value: a part of an expression that is added to a string, or the end of one. */
    private void operand() {
        Frame frame = frame();
        frame.pending.ifPresent(p -> {
            if (p.hole < 0 && p.joining) {
                p.hole = at;
            } else if (p.hole < 0) {
                flush(frame);
            }
        });
        endChain(frame);
    }

    private void word(Token token) {
        if (rules.word(token)) {
            return;
        }
        if (EXITS.contains(token.text())
                && !frame().chain.filter(Chain::awaitsName).isPresent()) {
            blocks.current().exits();
        }
        Frame frame = frame();
        boolean member = frame.chain.filter(Chain::awaitsName).isPresent();
        if (!member) {
            if (opensCommand(token)) {
                openCommand(frame);
                frame = frame();
            } else {
                operand();
            }
            frame.chain = Optional.of(new Chain(token.start(), Optional.empty()));
        }
        frame.chain.ifPresent(c -> c.add(token.text(), token.line()));
        used(token.text());
        if (member) {
            exit(frame.chain);
        }
    }

    private void exit(Optional<Chain> chain) {
        boolean ends = chain.filter(c -> switch (c.path()) {
                    case "sys.exit",
                            "process.exit",
                            "os.Exit",
                            "os._exit",
                            "System.exit",
                            "Environment.Exit",
                            "Kernel.exit",
                            "System.halt",
                            "log.Fatal",
                            "log.Fatalf",
                            "std.process.exit",
                            "process.abort",
                            "Deno.exit" -> true;
                    default -> false;
                })
                .isPresent();
        if (ends) {
            blocks.current().exits();
        }
    }

    /** A name that is used inside of the calls that are open. */
    private void used(String word) {
        int looked = 0;
        for (Iterator<Frame> inner = frames.iterator(); inner.hasNext() && looked < MAX_AROUND; looked++) {
            Frame frame = inner.next();
            if (frame.call.isPresent()) {
                names.passed(frame.callName(), word);
            }
        }
    }

    private boolean opensCommand(Token token) {
        Frame frame = frame();
        if (!dialect.commandCalls() || frame.chain.isEmpty() || frame.pending.isPresent()) {
            return false;
        }
        Token before = tokens.get(at - 1);
        boolean argument = !token.is(Kind.WORD) || !NO_ARGUMENT.contains(token.text());
        return before.is(Kind.WORD)
                && !NO_CALL.contains(before.text())
                && !NO_ARGUMENT.contains(before.text())
                && before.end() < token.start()
                && argument;
    }

    private void openCommand(Frame frame) {
        Frame command = new Frame('c', false, frame.chain, Optional.empty(), at, literals.size());
        frame.chain = Optional.empty();
        frames.push(command);
    }

    private void string(Token token) {
        Frame frame = frame();
        if (token.text().equals(Token.NESTED)) {
            literals.add(new Literal(token.value(), openCalls(), "", blocks.current(), false, token.start()));
            return;
        }
        if (opensCommand(token)) {
            openCommand(frame);
            frame = frame();
        }
        Optional<Pending> pending = frame.pending;
        if (pending.isPresent() && pending.get().hole >= 0) {
            return;
        }
        if (pending.isPresent() && pending.get().joining) {
            pending.get().text.append(token.value());
            pending.get().joining = false;
            return;
        }
        boolean name = token.text().equals(":") || token.text().equals("%w");
        Token before = tokens.get(at - 1);
        boolean adjacent =
                dialect.adjacentJoin() && before.string() && !name && pending.isPresent() && !pending.get().name;
        if (adjacent && pending.isPresent()) {
            pending.get().text.append(token.value());
            return;
        }
        flush(frame);
        Optional<String> tag = tag(token);
        List<String> around = openCalls();
        tag.ifPresent(around::add);
        Frame statement = statement();
        boolean bare = frame == statement && tag.isEmpty() && onlyBreaksSince(frame.statementStart);
        String target = statement.target.isEmpty() ? key(frame).orElse(receiver()) : statement.target;
        frame.pending = Optional.of(new Pending(token, around, target, blocks.current(), bare));
        endChain(frame);
    }

    /** Whether nothing but breaks of lines stands between there and here. */
    private boolean onlyBreaksSince(int from) {
        for (int i = from; i < at; i++) {
            Token token = tokens.get(i);
            if (!token.is(Kind.NEWLINE) && !token.is(Kind.INDENT) && !token.is(Kind.DEDENT)) {
                return false;
            }
        }
        return true;
    }

    /** The function that a template is given to by standing next to it: <code>sql`…`</code>. */
    private Optional<String> tag(Token token) {
        Token before = tokens.get(at - 1);
        boolean tagged = token.text().equals("`") && before.is(Kind.WORD) && before.end() == token.start();
        return tagged ? frame().chain.map(Chain::path) : Optional.empty();
    }

    /** The key of a value, as in {@code sql: "…"}. */
    private static Optional<String> key(Frame frame) {
        return frame.map && !frame.argumentName.isEmpty() ? Optional.of(frame.argumentName) : Optional.empty();
    }

    /** The list that a string is appended to: {@code lines} in {@code lines.append("…")}. */
    private String receiver() {
        for (String call : openCalls()) {
            String method = call.substring(call.lastIndexOf('.') + 1);
            boolean collects = Set.of("append", "extend", "push", "add", "insert", "concat")
                    .contains(method);
            if (collects && call.length() > method.length()) {
                return call.substring(0, call.length() - method.length() - 1);
            }
        }
        return "";
    }

    List<String> openCalls() {
        List<String> open = new ArrayList<>();
        int looked = 0;
        for (Iterator<Frame> inner = frames.iterator(); inner.hasNext() && looked < MAX_AROUND; looked++) {
            Frame frame = inner.next();
            frame.call.filter(Chain::named).ifPresent(c -> open.add(0, c.path()));
            if (frame.statements && frame.open == '{' && frame.call.isEmpty()) {
                break; // what a block stands in is not what its statements are given to
            }
        }
        return open;
    }

    private void symbol(Token token) {
        Frame frame = frame();
        String text = token.text();
        if (frame.pending.isPresent() && inString(token, frame)) {
            return;
        }
        if (dialect.member(token)) {
            member(frame, token);
            return;
        }
        if (text.equals("!")
                && frame.chain.isPresent()
                && Set.of("(", ".", "[", "{").contains(following().text())) {
            return; // a macro of Rust, or "not null" of TypeScript
        }
        if (text.equals("<") && frame.chain.filter(Chain::named).isPresent() && skipTypes()) {
            return;
        }
        switch (text) {
            case "(", "[", "{" -> open(token);
            case ")", "]", "}" -> close(text.charAt(0));
            case "," -> comma();
            case ";" -> semicolon();
            case "=", ":=", "+=", ".=" -> assignment(frame);
            case ":", "=>" -> colon(frame, token);
            default -> {
                flush(frame);
                endChain(frame);
            }
        }
    }

    /** Passes over the types that a call names, as in {@code AlterColumn<string>(…)}; whether there are any. */
    private boolean skipTypes() {
        if (dialect != Dialect.JAVA && dialect != Dialect.KOTLIN && dialect != Dialect.SCRIPT) {
            return false;
        }
        int open = 1;
        for (int i = at + 1; i < Math.min(tokens.size(), at + LONGEST_TYPES); i++) {
            Token token = tokens.get(i);
            open += token.symbol("<") ? 1 : token.symbol(">") ? -1 : 0;
            if (open == 0) {
                boolean called = i + 1 < tokens.size() && tokens.get(i + 1).symbol("(");
                at = called ? i : at;
                return called;
            }
            if (!token.is(Kind.WORD) && !IN_TYPES.contains(token.text())) {
                return false;
            }
        }
        return false;
    }

    /** Whether the symbol belongs to an expression that begins with a string. */
    private boolean inString(Token token, Frame frame) {
        Pending pending = frame.pending.orElseThrow();
        boolean joins = token.symbol(dialect.joiner());
        if (joins) {
            pending.endHole(tokens.source(), holeStart(pending), previous().end(), token.line());
            pending.joining = true;
            endChain(frame);
            return true;
        }
        if (pending.hole >= 0) {
            boolean goesOn =
                    dialect.member(token) || Set.of("(", "[", "*", "-", "/").contains(token.text());
            if (!goesOn) {
                flush(frame);
            }
            return false;
        }
        if (pending.joining && Set.of("(", "[").contains(token.text())) {
            pending.hole = at;
            return false;
        }
        if (token.symbol("%") && dialect.percentFormats() && tokens.get(at - 1).string()) {
            pending.hole = at + 1;
            pending.fills = true;
            return true;
        }
        return false;
    }

    private int holeStart(Pending pending) {
        return tokens.get(pending.hole).start();
    }

    private void member(Frame frame, Token token) {
        boolean lambda = token.symbol("->")
                && (dialect == Dialect.JAVA || dialect == Dialect.ELIXIR || dialect == Dialect.KOTLIN);
        if (lambda) {
            flush(frame);
            endChain(frame);
            return;
        }
        if (frame.chain.isEmpty()
                && frame.pending.isPresent()
                && tokens.get(at - 1).string()) {
            frame.chain = Optional.of(new Chain(token.start(), frame.pending));
        } else if (frame.chain.isEmpty()) {
            flush(frame);
            frame.chain = Optional.of(new Chain(token.start(), Optional.empty()));
        }
        frame.chain.ifPresent(Chain::dot);
    }

    private void open(Token token) {
        Frame frame = frame();
        char c = token.text().charAt(0);
        Token before = tokens.get(at - 1);
        boolean follows = frame.chain.filter(Chain::named).isPresent()
                && !frame.chain.filter(Chain::awaitsName).isPresent();
        boolean touches = !dialect.commandCalls() || before.end() == token.start();
        if (c == '(' && follows && touches) {
            Frame call = new Frame('(', false, frame.chain, Optional.empty(), at + 1, literals.size());
            call.control = CONTROLS.contains(call.callName())
                    && frame.chain.filter(Chain::simple).isPresent();
            frame.chain = Optional.empty();
            frames.push(call);
        } else if (c == '[' && follows && before.end() == token.start()) {
            Optional<Chain> indexed = frame.chain;
            frame.chain = Optional.empty();
            frames.push(new Frame('[', false, Optional.empty(), indexed, at + 1, literals.size()));
        } else if (c == '{' && rules.opensBlock(token)) {
            return;
        } else {
            if (opensCommand(token) && c != '{') {
                openCommand(frame);
            }
            frame().pending.filter(p -> p.hole < 0).ifPresent(p -> flush(frame()));
            frame().chain = Optional.empty();
            frames.push(new Frame(c, false, Optional.empty(), Optional.empty(), at + 1, literals.size()));
        }
    }

    private void close(char closing) {
        char opening = closing == ')' ? '(' : closing == ']' ? '[' : '{';
        boolean found = false;
        int looked = 0;
        for (Frame frame : frames) {
            if (frame.open == opening) {
                found = true;
                break;
            }
            boolean barrier = frame.statements && opening != '{';
            if (barrier || frame.open == 'r' || ++looked > MAX_AROUND) {
                break;
            }
        }
        while (found && frame().open != opening) {
            closeTop();
        }
        if (found) {
            closeTop();
        } else {
            flush(frame());
        }
    }

    /** Closes the innermost bracket, or the innermost call without any. */
    void closeTop() {
        Frame closed = frame();
        if (closed.statements) {
            endStatement();
            frames.pop();
            rules.blockClosed(closed);
            return;
        }
        endArgument(closed);
        frames.pop();
        Frame outer = frame();
        if (closed.call.isPresent()) {
            called(closed, closed.call.get(), outer);
            outer.list = closed.control ? closed.list : outer.list;
        } else {
            if (outer.literals.size() < MOST_LITERALS) {
                outer.literals.addAll(closed.literals);
            }
            outer.chain = closed.indexed;
            outer.list = closed.map ? List.of() : List.copyOf(closed.literals);
        }
        afterControl = closed.control;
    }

    private void called(Frame closed, Chain chain, Frame outer) {
        chain.called(closed.arguments);
        if (chain.literal.isPresent() && Set.of("format", "formatted").contains(chain.name())) {
            Pending pending = chain.literal.get();
            pending.text = Places.fill(pending.text, closed.arguments);
        } else if (Formatters.formats(chain.name()) && literals.size() > closed.firstLiteral) {
            Formatters.fill(literals, closed);
        }
        if (!NO_CALL.contains(chain.name()) && chain.named()) {
            int end = closed.open == 'c' ? previous().end() : tokens.get(at).end();
            calls.add(new Call(chain.links(), chain.line(), chain.start, end, blocks.current(), statement().target));
        }
        outer.chain = closed.open == 'c' ? Optional.empty() : Optional.of(chain);
    }

    private void comma() {
        Frame frame = frame();
        endArgument(frame);
        frame.argumentStart = at + 1;
        frame.argumentName = "";
    }

    private void endArgument(Frame frame) {
        flush(frame);
        endChain(frame);
        if (frame.statements) {
            return;
        }
        int last = at - 1;
        while (last > frame.argumentStart && tokens.get(last).is(Kind.NEWLINE)) {
            last--;
        }
        if (frame.argumentStart <= last && last < tokens.size() && frame.arguments.size() < 200) {
            int from = tokens.get(frame.argumentStart).start();
            int to = Math.max(from, tokens.get(last).end());
            String source = tokens.source().substring(from, Math.min(to, from + LONGEST_ARGUMENT));
            frame.arguments.add(new Argument(frame.argumentName, source.strip(), frame.literals));
        }
        if (frame.call.isPresent() || frame.open == 'c') {
            frame.literals = new ArrayList<>();
        }
    }

    private void semicolon() {
        while (frame().open == 'c') {
            closeTop();
        }
        if (frame().open == '(' && frame().control) {
            comma();
            return;
        }
        if (frame().statements && rules.inHead()) {
            flush(frame());
            endChain(frame());
            return;
        }
        while (!frame().statements && frame().open != 'r') {
            closeTop(); // a bracket that was never closed
        }
        endStatement();
    }

    private void assignment(Frame frame) {
        flush(frame);
        Optional<Chain> chain = frame.chain;
        if ((frame.statements && chain.filter(Chain::named).isPresent()) || !frame.typed.isEmpty()) {
            if (frame.target.isEmpty()) {
                frame.target = frame.typed.isEmpty() ? chain.map(Chain::path).orElse("") : frame.typed;
                frame.assignedFrom = at + 1;
            }
        } else if (!frame.statements) {
            name(frame, chain.filter(Chain::simple).map(Chain::name).orElse(""));
        }
        frame.typed = "";
        endChain(frame);
    }

    private void name(Frame frame, String name) {
        if (!name.isEmpty()) {
            frame.argumentName = name;
            frame.argumentStart = at + 1;
            frame.literals = new ArrayList<>(frame.call.isPresent() || frame.open == 'c' ? List.of() : frame.literals);
        }
    }

    private void colon(Frame frame, Token token) {
        Optional<Chain> chain = frame.chain;
        if (rules.colon(token)) {
            return;
        }
        if (frame.statements) {
            flush(frame);
            if (token.symbol(":") && frame.target.isEmpty()) {
                frame.typed = chain.map(Chain::path).orElse("");
            }
        } else if (frame.pending.filter(p -> p.hole < 0 && !p.joining).isPresent()) {
            String key = frame.pending.get().text.toString();
            frame.pending = Optional.empty();
            frame.map |= frame.open == '{' || frame.open == '[';
            name(frame, key.length() <= 80 ? key : "");
        } else {
            flush(frame);
            frame.map |= (frame.open == '{' || frame.open == '[') && chain.isPresent();
            name(
                    frame,
                    token.symbol("=>") && dialect != Dialect.RUBY
                            ? ""
                            : chain.filter(Chain::simple).map(Chain::name).orElse(""));
        }
        endChain(frame);
    }

    private void newline() {
        if (afterControl || !dialect.newlineEnds()) {
            return;
        }
        while (frame().open == 'c' && !continues()) {
            closeTop();
        }
        if (frame().statements && !continues()) {
            endStatement();
        }
    }

    private boolean continues() {
        Token before = tokens.get(at - 1);
        Token next = following();
        boolean leading = dialect.member(next) && !next.symbol("::") && next.start() > 0 && dialect != Dialect.PYTHON;
        boolean trailing = before.is(Kind.SYMBOL)
                && Set.of(",", "+", "&&", "||", "=", "(", "[", "?", ".", "=>", "|>", "<>", ":=")
                        .contains(before.text())
                && dialect != Dialect.PYTHON;
        boolean piped = next.symbol("|>") || (dialect == Dialect.SCRIPT && (next.symbol("+") || next.symbol("?")));
        return leading || trailing || piped;
    }

    /** A statement ends: at a line break outside of brackets, or at a semicolon. */
    void endStatement() {
        while (frame().open == 'c') {
            closeTop();
        }
        Frame frame = frame();
        flush(frame);
        endChain(frame);
        if (frame.assignedFrom >= 0 && frame.assignedFrom < at) {
            int from = tokens.get(frame.assignedFrom).start();
            int to = Math.max(from, previous().end());
            names.assigned(frame.target, tokens.source().substring(from, Math.min(to, from + LONGEST_ARGUMENT)));
        }
        int end = at < tokens.size() ? tokens.get(at).start() : tokens.source().length();
        blocks.endStatement(end);
        frame.target = "";
        frame.typed = "";
        frame.assignedFrom = -1;
        frame.statementStart = at + 1;
        frame.literals = new ArrayList<>();
        rules.statementEnded();
    }

    /** A chain ends; where calls need no parentheses, its last name is one. */
    void endChain(Frame frame) {
        Optional<Chain> chain = frame.chain;
        frame.chain = Optional.empty();
        if (dialect.commandCalls()
                && chain.isPresent()
                && chain.get().named()
                && chain.get().links().size() > 1) {
            Link last = chain.get().links().get(chain.get().links().size() - 1);
            if (!last.called()) {
                calls.add(new Call(
                        chain.get().links(),
                        chain.get().line(),
                        chain.get().start,
                        previous().end(),
                        blocks.current(),
                        statement().target));
            }
        }
    }

    void flush(Frame frame) {
        if (frame.pending.isEmpty()) {
            return;
        }
        Pending pending = frame.pending.get();
        frame.pending = Optional.empty();
        if (pending.hole >= 0) {
            int from = pending.hole < tokens.size()
                    ? holeStart(pending)
                    : tokens.source().length();
            pending.endHole(
                    tokens.source(),
                    from,
                    Math.max(from, previous().end()),
                    previous().line());
        }
        Literal literal = pending.literal();
        literals.add(literal);
        frame.literals.add(literal.text().toString());
        Names.inHoles(literal.text().toString()).forEach(this::used);
        if (!frame.map && names.listed(frames)) {
            names.constant(statement().target, literal.text().toString());
        }
    }
}
