package io.github.rowsleuth.sql;

import io.github.rowsleuth.sql.Token.Kind;
import java.util.Locale;
import java.util.Set;

/** Tells what a condition asks for. It looks at a handful of tokens only: whatever is longer picks rows. */
final class WhereReader {

    private static final Set<String> TRUE = Set.of("t", "true", "y", "yes", "on", "1");
    private static final int MOST_PARENTHESES = 16;
    private static final int LONGEST_LITERAL = 40;

    private final Cursor cursor;
    private int at;

    private WhereReader(Cursor cursor) {
        this.cursor = cursor;
    }

    /** The shape of the condition that begins {@code ahead} tokens on; the cursor stays. */
    static WhereShape shape(Cursor cursor, int ahead) {
        if (cursor.peek(ahead).word("current") && cursor.peek(ahead + 1).word("of")) {
            return WhereShape.CURRENT_OF;
        }
        WhereReader reader = new WhereReader(cursor);
        reader.at = ahead;
        return reader.alwaysTrue() ? WhereShape.ALWAYS_TRUE : WhereShape.FILTERED;
    }

    private boolean alwaysTrue() {
        int open = 0;
        while (open < MOST_PARENTHESES && cursor.peek(at).symbol("(")) {
            open++;
            at++;
        }
        if (!trueAtom()) {
            return false;
        }
        while (open > 0 && cursor.peek(at).symbol(")")) {
            open--;
            at++;
        }
        return open == 0 && ends(cursor.peek(at));
    }

    private boolean trueAtom() {
        Token left = cursor.peek(at++);
        skipCast();
        Token operator = cursor.peek(at);
        boolean equal = operator.symbol("=");
        boolean unequal = operator.symbol("<>") || operator.symbol("!=");
        if (!equal && !unequal) {
            return (left.word("true") || left.is(Kind.STRING)) && TRUE.contains(value(left));
        }
        at++;
        Token right = cursor.peek(at++);
        skipCast();
        if (!literal(left) || left.kind() != right.kind()) {
            return false;
        }
        return value(left).equals(value(right)) == equal;
    }

    private void skipCast() {
        if (cursor.peek(at).symbol("::") && cursor.peek(at + 1).is(Kind.WORD)) {
            at += 2;
        }
    }

    private static boolean literal(Token token) {
        return token.is(Kind.NUMBER) || token.is(Kind.STRING) || token.word("true") || token.word("false");
    }

    private String value(Token token) {
        if (!token.is(Kind.STRING)) {
            return token.text();
        }
        if (token.end() - token.start() > LONGEST_LITERAL) {
            // No two long literals count as equal.
            return "@" + token.start();
        }
        Source value = LiteralDecoder.string(cursor.source(), token);
        return value.text().substring(value.from(), value.to()).toLowerCase(Locale.ROOT);
    }

    private static boolean ends(Token token) {
        return token.is(Kind.END)
                || token.symbol(")")
                || token.symbol(";")
                || token.word("returning")
                || token.word("loop");
    }
}
