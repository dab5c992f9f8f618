package io.github.rowsleuth.sql;

import io.github.rowsleuth.sql.Token.Kind;
import java.util.Optional;
import java.util.Set;

/**
 * Puts a statement together that a text builds at run time: {@code 'DELETE FROM ' || quote_ident(t) || ' WHERE …'},
 * {@code format('DROP TABLE %I', t)}. What is no literal becomes a hole.
 */
final class Concatenation {

    private static final Set<String> STOP = Set.of("using", "into", "from", "as", "where", "loop", "union", "order");
    private static final int LONGEST_HOLE = 60;

    private final Cursor cursor;
    private final Source.Builder text = new Source.Builder();

    private Concatenation(Cursor cursor) {
        this.cursor = cursor;
    }

    /** Whether an expression that begins with a literal stands here. */
    static boolean at(Cursor cursor) {
        return cursor.peek().is(Kind.STRING) || call(cursor);
    }

    /** Reads what {@link #at} saw, and steps past it. */
    static Source read(Cursor cursor) {
        Optional<Source> single = single(cursor);
        if (single.isPresent()) {
            return single.get();
        }
        Concatenation all = new Concatenation(cursor);
        do {
            all.operand();
        } while (cursor.acceptSymbol("||"));
        return all.text.build();
    }

    /** A literal that stands alone is not copied. */
    private static Optional<Source> single(Cursor cursor) {
        Token token = cursor.peek();
        if (!token.is(Kind.STRING)
                || cursor.peek(1).symbol("||")
                || cursor.peek(1).is(Kind.STRING)) {
            return Optional.empty();
        }
        cursor.advance();
        return Optional.of(LiteralDecoder.string(cursor.source(), token));
    }

    private static boolean call(Cursor cursor) {
        boolean known = cursor.at("format") || cursor.at("concat");
        return known && cursor.peek(1).symbol("(") && cursor.peek(2).is(Kind.STRING);
    }

    private void operand() {
        if (cursor.peek().is(Kind.STRING)) {
            literals();
        } else if (call(cursor)) {
            boolean concat = cursor.at("concat");
            cursor.advance(2);
            do {
                operandInCall();
            } while (cursor.acceptSymbol("||") || (concat && cursor.acceptSymbol(",")));
            closeCall();
        } else {
            hole();
        }
    }

    /** Calls within calls are not taken apart, which bounds the recursion. */
    private void operandInCall() {
        if (cursor.peek().is(Kind.STRING)) {
            literals();
        } else {
            hole();
        }
    }

    private void literals() {
        while (cursor.peek().is(Kind.STRING)) {
            text.append(LiteralDecoder.string(cursor.source(), cursor.peek()));
            cursor.advance();
        }
    }

    private void hole() {
        int start = cursor.peek().start();
        int end = start;
        int depth = 0;
        while (!cursor.atEnd() && !stops(cursor.peek(), depth)) {
            Token token = cursor.peek();
            if (token.symbol("(")) {
                depth++;
            } else if (token.symbol(")")) {
                depth--;
            }
            end = token.end();
            cursor.advance();
        }
        text.append('{' + shown(start, end) + '}', cursor.source().offset(start));
    }

    private static boolean stops(Token token, int depth) {
        if (depth > 0) {
            return false;
        }
        boolean symbol = token.symbol("||") || token.symbol(",") || token.symbol(")");
        return symbol || (token.is(Kind.WORD) && STOP.contains(token.text()));
    }

    /** The expression as the text of a hole, where no brace of its own may end it. */
    private String shown(int start, int end) {
        String raw = cursor.source().text().substring(start, Math.min(end, start + LONGEST_HOLE));
        return raw.replace('{', '(').replace('}', ')');
    }

    private void closeCall() {
        int depth = 1;
        while (!cursor.atEnd() && depth > 0) {
            Token token = cursor.peek();
            if (token.symbol("(")) {
                depth++;
            } else if (token.symbol(")")) {
                depth--;
            }
            cursor.advance();
        }
    }
}
