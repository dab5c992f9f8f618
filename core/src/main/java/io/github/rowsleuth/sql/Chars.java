package io.github.rowsleuth.sql;

/** What characters mean to the lexer. */
final class Chars {

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private Chars() {}

    static boolean blank(char c) {
        return c <= ' '
                || c == BYTE_ORDER_MARK
                || (c >= 0x80 && (Character.isWhitespace(c) || Character.isSpaceChar(c)));
    }

    static boolean letter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (c >= 0x80 && !blank(c));
    }

    static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean letterOrDigit(char c) {
        return letter(c) || digit(c);
    }

    /** The character at an index, NUL outside of the bounds: saves every caller a comparison. */
    static char at(String text, int index, int to) {
        return index >= 0 && index < to ? text.charAt(index) : '\0';
    }

    /** The end of the run of letters and digits that begins there. */
    static int nameEnd(String text, int from, int to) {
        int i = from;
        while (i < to && letterOrDigit(text.charAt(i))) {
            i++;
        }
        return i;
    }

    static int lineEnd(String text, int from, int to) {
        int i = from;
        while (i < to && text.charAt(i) != '\n') {
            i++;
        }
        return i;
    }

    /** Folds as PostgreSQL does for multi-byte encodings: ASCII letters only. */
    static String fold(String text, int from, int to) {
        char[] folded = new char[to - from];
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            folded[i - from] = c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
        }
        return new String(folded);
    }
}
