package io.github.rowsleuth.sql;

/**
 * Finds where quoted things end (PostgreSQL documentation, section 4.1 "Lexical Structure"). What is never closed ends
 * with the text, as it does for the server.
 */
final class Quotes {

    private Quotes() {}

    /** The end, past the closing quote, of what opens with that quote at {@code open}. */
    static int end(String text, int open, int to, boolean backslash) {
        char quote = text.charAt(open);
        int i = open + 1;
        while (i < to) {
            char c = text.charAt(i);
            if (c == quote) {
                if (Chars.at(text, i + 1, to) != quote) {
                    return i + 1;
                }
                i++;
            } else if (c == '\\' && backslash) {
                i++;
            }
            i++;
        }
        return to;
    }

    /** The end of the opening {@code $tag$} at {@code open}, or {@code open} where there is none. */
    static int tagEnd(String text, int open, int to) {
        int i = open + 1;
        // A tag may not start with a digit: $1 is a parameter.
        if (Chars.digit(Chars.at(text, i, to))) {
            return open;
        }
        i = Chars.nameEnd(text, i, to);
        return Chars.at(text, i, to) == '$' ? i + 1 : open;
    }

    /** Where the closing tag begins, {@code to} where it is missing. */
    static int bodyEnd(String text, int open, int tagEnd, int to) {
        int length = tagEnd - open;
        for (int i = tagEnd; i + length <= to; i++) {
            if (text.charAt(i) == '$' && text.regionMatches(i, text, open, length)) {
                return i;
            }
        }
        return to;
    }

    /** The end of the comment that opens at {@code open}; comments nest. */
    static int commentEnd(String text, int open, int to) {
        int depth = 1;
        int i = open + 2;
        while (i < to && depth > 0) {
            char c = text.charAt(i);
            char next = Chars.at(text, i + 1, to);
            if (c == '/' && next == '*') {
                depth++;
                i++;
            } else if (c == '*' && next == '/') {
                depth--;
                i++;
            }
            i++;
        }
        return Math.min(i, to);
    }
}
