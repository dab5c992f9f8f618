package io.github.rowsleuth.git.code;

import io.github.rowsleuth.git.code.Token.Kind;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Blocks between braces. A brace may as well open an object, which is none. */
final class BraceRules extends BlockRules {

    private static final Set<String> BEFORE_VALUE =
            Set.of("=", ":", ",", "(", "[", "?", "||", "&&", "??", "return", ":=", "+", "===", "==");
    private static final Set<String> LAMBDAS = Set.of("function", "func", "fn", "fun");
    private static final Set<String> ONE_LINERS = Set.of("if", "else", "for", "while");
    private static final int LONGEST_HEAD = 400;

    BraceRules(ProgramReader reader) {
        super(reader);
    }

    @Override
    boolean word(Token token) {
        Frame frame = reader.frame();
        boolean otherwise = token.word("else")
                && frame.statements
                && !reader.following().symbol("{")
                && !reader.following().word("if");
        if (otherwise) {
            reader.flush(frame);
            reader.endChain(frame);
            reader.blocks.openPassing(new Heads.Head(Block.Kind.ELSE, "", ""), token.start(), token.line());
        }
        return otherwise;
    }

    @Override
    void afterControl(Token token) {
        Frame frame = reader.frame();
        Token first = reader.tokens.get(firstWord(frame));
        if (frame.statements && !token.symbol("{") && !token.symbol(";") && ONE_LINERS.contains(first.text())) {
            List<Token> head = head(frame.statementStart);
            reader.blocks.openPassing(Heads.of(head, reader.tokens.source(), ""), first.start(), first.line());
        }
    }

    private int firstWord(Frame frame) {
        int at = frame.statementStart;
        while (at < reader.at && reader.tokens.get(at).is(Kind.NEWLINE)) {
            at++;
        }
        return at;
    }

    private List<Token> head(int from) {
        int start = Math.max(from, reader.at - LONGEST_HEAD);
        return start >= reader.at
                ? List.of()
                : reader.tokens.all().subList(start, Math.min(reader.at, reader.tokens.size()));
    }

    @Override
    boolean opensBlock(Token brace) {
        Frame frame = reader.frame();
        Token before = reader.previous();
        List<Token> head = head(frame.statements ? frame.statementStart : frame.argumentStart);
        boolean block = frame.statements ? statementBlock(before, brace, head) : lambda(before, head, frame);
        if (!block) {
            return false;
        }
        reader.flush(frame);
        reader.endChain(frame);
        Heads.Head kind = Heads.of(head, reader.tokens.source(), frame.statements ? frame.target : given(frame, head));
        boolean handler = Set.of("catch", "onError", "orElseGet", "recover").contains(frame.callName());
        if (handler) {
            kind = new Heads.Head(Block.Kind.FAILURE, "", "");
        }
        loop(head, frame);
        int start = head.isEmpty() ? brace.start() : head.get(0).start();
        Frame inner = new Frame('{', true, Optional.empty(), Optional.empty(), reader.at + 1, 0);
        inner.passing = reader.blocks.suspend();
        reader.blocks.open(kind, start, brace.line());
        reader.frames.push(inner);
        return true;
    }

    private boolean statementBlock(Token before, Token brace, List<Token> head) {
        if (BEFORE_VALUE.contains(before.text()) && !before.string()) {
            return false;
        }
        Dialect dialect = reader.dialect;
        boolean composite = (dialect == Dialect.GO || dialect == Dialect.RUST)
                && before.end() == brace.start()
                && (before.is(Kind.WORD) || before.symbol("]"));
        boolean array = before.symbol("]") && dialect == Dialect.JAVA;
        return !composite && !array && !(dialect == Dialect.SCRIPT && imports(head));
    }

    private static boolean imports(List<Token> head) {
        for (Token token : head) {
            if (!token.is(Kind.NEWLINE)) {
                return token.word("import") || (token.word("export") && head.size() == 1);
            }
        }
        return false;
    }

    /** A brace inside of brackets opens a block where a function stands before it. */
    private boolean lambda(Token before, List<Token> head, Frame frame) {
        if (before.symbol("=>") || before.symbol("->")) {
            return true;
        }
        if (!before.symbol(")") && !before.is(Kind.WORD)) {
            return false;
        }
        boolean keyword = head.stream().anyMatch(t -> t.is(Kind.WORD) && LAMBDAS.contains(t.text()));
        boolean method = frame.open == '{' && before.symbol(")");
        boolean anonymous = before.symbol(")") && head.stream().anyMatch(t -> t.word("new"));
        boolean trailing = reader.dialect == Dialect.KOTLIN;
        return keyword || method || anonymous || trailing;
    }

    /** The name of a method, the key of a value, or the call that a function is given to. */
    private static String given(Frame frame, List<Token> head) {
        if (!frame.argumentName.isEmpty()) {
            return frame.argumentName;
        }
        return frame.open == '(' || head.isEmpty() ? "" : head.get(0).text();
    }

    private void loop(List<Token> head, Frame frame) {
        String text = Heads.text(head, reader.tokens.source());
        Loops.read(text, frame, frame.call, reader.names);
    }

    @Override
    void blockClosed(Frame closed) {
        int end = reader.at < reader.tokens.size()
                ? reader.tokens.get(reader.at).end()
                : reader.tokens.source().length();
        reader.blocks.close(end);
        reader.blocks.resume(closed.passing);
        Frame outer = reader.frame();
        outer.chain = Optional.empty();
        if (outer.statements && !continues()) {
            reader.endStatement();
        }
    }

    /** {@code } while (…)}, and what is called on a block: {@code }).then(…)}. */
    private boolean continues() {
        Token next = reader.following();
        return next.symbol(".") || next.symbol(",") || next.symbol(")") || next.symbol("?.");
    }

    @Override
    boolean inHead() {
        Token first = reader.tokens.get(firstWord(reader.frame()));
        return reader.dialect == Dialect.GO && Set.of("if", "for", "switch").contains(first.text());
    }
}
