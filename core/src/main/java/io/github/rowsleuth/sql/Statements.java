package io.github.rowsleuth.sql;

import io.github.rowsleuth.sql.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Cuts tokens into statements. */
final class Statements {

    /** psql commands that send what was typed so far. */
    private static final Set<String> SENDING =
            Set.of("g", "gx", "gexec", "gset", "gdesc", "crosstabview", "watch", "bind", "bind_named", "parse");

    private final List<Token> tokens;
    private final List<Range> ranges = new ArrayList<>();
    private int start;
    private int depth;
    private int blocks;

    /**
     * One statement.
     *
     * @param from its first token
     * @param to past its last token
     * @param end what ends it: a semicolon, a psql command, or a token of kind {@link Kind#END}
     */
    record Range(int from, int to, Token end) {}

    private Statements(List<Token> tokens) {
        this.tokens = tokens;
    }

    /** Whether the token ends a statement wherever it stands. */
    static boolean ends(Token token) {
        return token.symbol(";") || (token.is(Kind.META) && (SENDING.contains(token.text()) || copy(token)));
    }

    /** psql's {@code \copy} holds a whole statement of its own. */
    static boolean copy(Token token) {
        return token.is(Kind.META) && token.text().equals("copy");
    }

    static List<Range> of(List<Token> tokens) {
        return new Statements(tokens).split();
    }

    private List<Range> split() {
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            count(i);
            boolean inside = depth > 0 || blocks > 0;
            if (ends(token) && (!inside || token.is(Kind.META))) {
                close(i, token);
            }
        }
        close(tokens.size(), new Token(Kind.END, 0, 0, ""));
        return ranges;
    }

    private void close(int to, Token end) {
        ranges.add(new Range(start, to, end));
        start = to + 1;
        depth = 0;
        blocks = 0;
    }

    /** Semicolons do not end a rule inside of its parentheses, nor a routine inside of {@code BEGIN ATOMIC … END}. */
    private void count(int i) {
        Token token = tokens.get(i);
        if (token.symbol("(") && creates("rule")) {
            depth++;
        } else if (token.symbol(")") && depth > 0) {
            depth--;
        } else if (token.word("atomic") && i > start && tokens.get(i - 1).word("begin")) {
            blocks += creates("function") || creates("procedure") ? 1 : 0;
        } else if (blocks > 0 && (token.word("case") || token.word("begin"))) {
            blocks++;
        } else if (blocks > 0 && token.word("end")) {
            blocks--;
        }
    }

    private boolean creates(String what) {
        return created(tokens, start).word(what);
    }

    /** The word after {@code CREATE [OR REPLACE]}; any other token where the statement creates nothing. */
    static Token created(List<Token> tokens, int start) {
        Token first = tokens.get(start);
        int at = start + 1;
        if (!first.word("create") || at >= tokens.size()) {
            return first;
        }
        if (tokens.get(at).word("or")) {
            at += 2;
        }
        return at < tokens.size() ? tokens.get(at) : first;
    }
}
