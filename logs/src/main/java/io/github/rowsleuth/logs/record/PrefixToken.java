package io.github.rowsleuth.logs.record;

import io.github.rowsleuth.logs.time.StampReader;
import java.nio.charset.StandardCharsets;

/**
 * A literal text of a prefix, or one of its escapes.
 */
final class PrefixToken {

    private static final String SHAPED = "mtspnlxcevPQ";
    private static final String CAN_BE_EMPTY = "vPQ";

    private final byte[] literal;
    private final char escape;
    private final boolean padded;

    /**
     * Makes a token.
     *
     * @param literal the bytes of the text, empty for an escape
     * @param escape the letter, {@code 0} for a text
     * @param padded whether the value is filled up with blanks
     */
    private PrefixToken(byte[] literal, char escape, boolean padded) {
        this.literal = literal;
        this.escape = escape;
        this.padded = padded;
    }

    static PrefixToken literal(String text) {
        return new PrefixToken(text.getBytes(StandardCharsets.UTF_8), '\0', false);
    }

    static PrefixToken escape(char letter, boolean padded) {
        return new PrefixToken(new byte[0], letter, padded);
    }

    byte[] literal() {
        return literal;
    }

    char escape() {
        return escape;
    }

    boolean padded() {
        return padded;
    }

    boolean isLiteral() {
        return escape == '\0';
    }

    /** {@return whether the value tells by itself where it ends} */
    boolean isShaped() {
        return SHAPED.indexOf(escape) >= 0;
    }

    /** {@return whether the token decides alone how far it reaches} */
    boolean isFixed() {
        return isLiteral() || (isShaped() && !padded);
    }

    /** {@return past the literal or the shaped value that begins at {@code from}, -1 if none begins there} */
    int end(byte[] b, int from, int to) {
        if (isLiteral()) {
            return startsWith(b, from, to) ? from + literal.length : -1;
        }
        if (escape == 'm' || escape == 't' || escape == 's') {
            return StampReader.end(b, from, to);
        }
        int at = from;
        while (at < to && belongs(b[at])) {
            at++;
        }
        return at > from || CAN_BE_EMPTY.indexOf(escape) >= 0 ? at : -1;
    }

    private boolean startsWith(byte[] b, int from, int to) {
        if (to - from < literal.length) {
            return false;
        }
        for (int i = 0; i < literal.length; i++) {
            if (b[from + i] != literal[i]) {
                return false;
            }
        }
        return true;
    }

    private boolean belongs(byte b) {
        if (StampReader.isDigit(b)) {
            return true;
        }
        return switch (escape) {
            case 'n' -> b == '.';
            case 'c' -> (b >= 'a' && b <= 'f') || b == '.';
            case 'e' -> b >= 'A' && b <= 'Z';
            case 'v' -> b == '/';
            case 'Q' -> b == '-';
            default -> false;
        };
    }
}
