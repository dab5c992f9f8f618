package io.github.rowsleuth.git.code;

import io.github.rowsleuth.git.code.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Blocks from a word such as {@code def} or {@code do} to {@code end}, as in Ruby and Elixir. */
final class EndRules extends BlockRules {

    private static final Set<String> RUBY_OPENERS =
            Set.of("if", "unless", "while", "until", "case", "for", "begin", "def", "class", "module");
    private static final Set<String> BETWEEN = Set.of("else", "elsif", "rescue", "ensure", "when", "catch", "after");
    private static final int LONGEST_LOOK = 300;

    private boolean loopHead;

    EndRules(ProgramReader reader) {
        super(reader);
    }

    private boolean ruby() {
        return reader.dialect == Dialect.RUBY;
    }

    private boolean statementStart() {
        Frame frame = reader.frame();
        for (int i = frame.statementStart; i < reader.at; i++) {
            if (!reader.tokens.get(i).is(Kind.NEWLINE)) {
                return false;
            }
        }
        return frame.statements;
    }

    @Override
    boolean word(Token token) {
        boolean member = reader.frame().chain.filter(Chain::awaitsName).isPresent();
        if (member
                || (reader.tokens.get(reader.at + 1).symbol(":")
                        && reader.tokens.get(reader.at + 1).start() == token.end())) {
            return false; // a method or a key of that name
        }
        if (token.word("end")) {
            end();
            return true;
        }
        if (token.word("do")) {
            opensWithDo(token);
            return true;
        }
        if (token.word("fn") && !ruby()) {
            open(new Heads.Head(Block.Kind.FUNCTION, "", ""), token);
            return true;
        }
        boolean start = statementStart();
        if (start && BETWEEN.contains(token.text())) {
            between(token);
            return true;
        }
        boolean value = ruby()
                && reader.tokens.get(reader.at - 1).symbol("=")
                && Set.of("if", "case", "begin", "unless").contains(token.text());
        if (ruby() && (start || value) && RUBY_OPENERS.contains(token.text())) {
            opensWithWord(token);
            return true;
        }
        if (start) {
            modifier(token);
        }
        return false;
    }

    private List<Token> restOfLine(int from) {
        List<Token> rest = new ArrayList<>();
        for (int i = from; i < reader.tokens.size() && rest.size() < LONGEST_LOOK; i++) {
            Token token = reader.tokens.get(i);
            boolean continued = i > from
                    && Set.of("&&", "||", ",", "and", "or")
                            .contains(reader.tokens.get(i - 1).text());
            if (token.symbol(";") || token.word("then") || (token.is(Kind.NEWLINE) && !continued)) {
                break;
            }
            rest.add(token);
        }
        return rest;
    }

    private void opensWithWord(Token token) {
        List<Token> head = restOfLine(reader.at);
        boolean oneLine = token.word("def")
                && head.stream().anyMatch(t -> t.symbol("="))
                && head.size() > 3
                && head.get(2).symbol("=");
        loopHead = Set.of("while", "until", "for").contains(token.text());
        if (!oneLine) {
            open(Heads.of(head, reader.tokens.source(), ""), token);
        }
    }

    private void open(Heads.Head head, Token token) {
        Frame frame = reader.frame();
        reader.flush(frame);
        reader.endChain(frame);
        Frame inner = new Frame('d', true, Optional.empty(), Optional.empty(), reader.at + 1, 0);
        inner.passing = reader.blocks.suspend();
        reader.blocks.open(head, token.start(), token.line());
        reader.frames.push(inner);
    }

    private void opensWithDo(Token token) {
        if (loopHead) {
            loopHead = false;
            return;
        }
        Frame frame = reader.statement();
        List<Token> head = reader.tokens.all().subList(Math.min(frame.statementStart, reader.at), reader.at);
        Optional<Chain> call = reader.frame().open == 'c' ? reader.frame().call : reader.frame().chain;
        List<Token> after = restOfLine(reader.at + 1);
        Loops.read(
                Heads.text(head, reader.tokens.source()) + " do " + Heads.text(after, reader.tokens.source()),
                frame,
                call,
                reader.names);
        String name = call.map(Chain::path).orElse("");
        Heads.Head kind =
                ruby() ? new Heads.Head(Block.Kind.OTHER, name, "") : Heads.of(head, reader.tokens.source(), "");
        while (reader.frame().open == 'c') {
            reader.closeTop();
        }
        open(kind, token);
    }

    /** {@code else}, {@code rescue} and their like end one block and begin another. */
    private void between(Token token) {
        if (reader.frame().open != 'd') {
            return;
        }
        Frame frame = reader.frame();
        reader.endStatement();
        reader.blocks.close(token.start());
        List<Token> head = restOfLine(reader.at);
        Heads.Head kind = Heads.of(head, reader.tokens.source(), "");
        reader.blocks.open(kind, token.start(), token.line());
        frame.statementStart = reader.at + 1;
    }

    private void end() {
        boolean inside = reader.frames.stream().anyMatch(f -> f.open == 'd');
        if (!inside) {
            return;
        }
        while (reader.frame().open != 'd') {
            reader.closeTop();
        }
        reader.closeTop();
    }

    @Override
    void blockClosed(Frame closed) {
        int end = reader.at < reader.tokens.size()
                ? reader.tokens.get(reader.at).end()
                : reader.tokens.source().length();
        reader.blocks.close(end);
        reader.blocks.resume(closed.passing);
        reader.frame().chain = Optional.empty();
    }

    @Override
    boolean opensBlock(Token brace) {
        Token before = reader.tokens.get(reader.at - 1);
        boolean block = ruby()
                && reader.frame().chain.filter(Chain::named).isPresent()
                && (before.is(Kind.WORD) || before.symbol(")"));
        if (!block) {
            return false;
        }
        List<Token> after = restOfLine(reader.at + 1);
        Loops.read(
                "do " + Heads.text(after, reader.tokens.source()), reader.frame(), reader.frame().chain, reader.names);
        String name = reader.frame().chain.map(Chain::path).orElse("");
        reader.endChain(reader.frame());
        Frame inner = new Frame('{', true, Optional.empty(), Optional.empty(), reader.at + 1, 0);
        inner.passing = reader.blocks.suspend();
        reader.blocks.open(new Heads.Head(Block.Kind.OTHER, name, ""), brace.start(), brace.line());
        reader.frames.push(inner);
        return true;
    }

    /** {@code User.delete_all if Rails.env.test?}: the condition stands behind what it is the condition of. */
    private void modifier(Token token) {
        List<Token> rest = restOfLine(reader.at);
        for (int i = 1; i < rest.size(); i++) {
            boolean modifies = rest.get(i).word("if") || rest.get(i).word("unless");
            if (rest.get(i).word("do") || rest.get(i).symbol("{")) {
                return;
            }
            if (modifies && !rest.get(i - 1).symbol("=")) {
                List<Token> head = rest.subList(i, rest.size());
                reader.blocks.openPassing(Heads.of(head, reader.tokens.source(), ""), token.start(), token.line());
                return;
            }
        }
    }
}
