package io.github.rowsleuth.git.code;

import io.github.rowsleuth.git.code.Token.Kind;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Blocks that are told by their indentation. */
final class IndentRules extends BlockRules {

    private static final Set<String> HEADS = Set.of(
            "if", "elif", "else", "for", "while", "try", "except", "finally", "def", "class", "with", "async", "match",
            "case");

    private Optional<Heads.Head> awaited = Optional.empty();
    private int headStart;
    private int headLine;

    IndentRules(ProgramReader reader) {
        super(reader);
    }

    @Override
    boolean word(Token token) {
        return false;
    }

    private Token first() {
        Frame frame = reader.frame();
        int at = frame.statementStart;
        while (at < reader.at
                && (reader.tokens.get(at).is(Kind.NEWLINE)
                        || reader.tokens.get(at).is(Kind.INDENT)
                        || reader.tokens.get(at).is(Kind.DEDENT))) {
            at++;
        }
        frame.statementStart = at;
        return reader.tokens.get(at);
    }

    @Override
    boolean colon(Token token) {
        Frame frame = reader.frame();
        if (!frame.statements || awaited.isPresent() || !token.symbol(":") || !HEADS.contains(first().text())) {
            return false;
        }
        reader.flush(frame);
        reader.endChain(frame);
        List<Token> words = reader.tokens.all().subList(frame.statementStart, reader.at);
        Heads.Head head = Heads.of(words, reader.tokens.source(), "");
        Loops.read(Heads.text(words, reader.tokens.source()), frame, Optional.empty(), reader.names);
        headStart = first().start();
        headLine = first().line();
        if (reader.tokens.get(reader.at + 1).is(Kind.NEWLINE)) {
            awaited = Optional.of(head);
        } else {
            reader.blocks.openPassing(head, headStart, headLine);
            frame.statementStart = reader.at + 1;
        }
        return true;
    }

    @Override
    void indentation(Token token) {
        if (token.is(Kind.INDENT)) {
            Optional<Heads.Head> head = awaited;
            awaited = Optional.empty();
            reader.endStatement();
            reader.blocks.open(
                    head.orElse(new Heads.Head(Block.Kind.OTHER, "", "")),
                    head.isPresent() ? headStart : token.start(),
                    head.isPresent() ? headLine : token.line());
        } else {
            reader.endStatement();
            reader.blocks.close(token.start());
        }
    }

    @Override
    void statementEnded() {
        // The head of a block that has none is forgotten with the next statement.
        if (awaited.isPresent() && !reader.following().is(Kind.INDENT)) {
            awaited = Optional.empty();
        }
    }
}
