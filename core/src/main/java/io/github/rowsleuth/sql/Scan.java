package io.github.rowsleuth.sql;

import io.github.rowsleuth.sql.Token.Kind;
import java.util.List;

/** Scans one text, and the texts inside of its literals down to a bounded depth. */
final class Scan {

    /** Deeper nesting than this is no one's script; the bound keeps the scan linear. */
    static final int DEEPEST = 16;

    private final Found found;
    private final int depth;

    Scan(Found found) {
        this(found, 0);
    }

    private Scan(Found found, int depth) {
        this.found = found;
        this.depth = depth;
    }

    /** Scans a text that may be a psql script. */
    void script(Source source) {
        statements(source, true, false);
    }

    /** Scans the value of a literal that is run as SQL. */
    void literal(Source source, boolean deferred) {
        if (depth < DEEPEST) {
            new Scan(found, depth + 1).statements(source, false, deferred);
        }
    }

    private void statements(Source source, boolean script, boolean deferred) {
        List<Token> tokens = new Lexer(source, script)
                .all().stream()
                        .filter(t -> !t.is(Kind.META) || Statements.ends(t))
                        .toList();
        for (Statements.Range range : Statements.of(tokens)) {
            Cursor cursor = new Cursor(source, tokens, range.from(), range.to());
            new StatementWalker(cursor, this, found, deferred).walk();
            Token end = range.end();
            if (Statements.copy(end)) {
                literal(source.part(end.start() + 1, end.end()), deferred);
            } else if (end.is(Kind.META) && end.text().equals("gexec")) {
                generated(new Cursor(source, tokens, range.from(), range.to()));
            }
        }
    }

    /** psql's {@code \gexec} runs the values of the query before it: its literals are statements. */
    private void generated(Cursor cursor) {
        while (!cursor.atEnd()) {
            if (Concatenation.at(cursor)) {
                literal(Concatenation.read(cursor), false);
            } else {
                cursor.advance();
            }
        }
    }
}
