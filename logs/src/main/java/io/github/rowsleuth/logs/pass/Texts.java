package io.github.rowsleuth.logs.pass;

import io.github.rowsleuth.logs.event.Keywords;

/** SQL as bytes: answers that are certain, or no. */
final class Texts {

    private static final byte[] WHERE = {'w', 'h', 'e', 'r', 'e'};
    private static final byte[] TRUE = {'t', 'r', 'u', 'e'};

    private Texts() {}

    static boolean startsWith(byte[] b, int from, int to, String text) {
        if (to - from < text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (b[from + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    static boolean isWordPart(byte c) {
        return Keywords.isWordPart(c);
    }

    /** {@return past blanks and comments that do not nest} */
    static int skipBlanks(byte[] b, int from, int to) {
        int at = from;
        while (at < to) {
            byte c = b[at];
            if (c == ' ' || c == '\t' || c == '\n') {
                at++;
            } else if (c == '/' && at + 1 < to && b[at + 1] == '*') {
                int end = commentEnd(b, at + 2, to);
                if (end < 0) {
                    return at;
                }
                at = end;
            } else {
                return at;
            }
        }
        return at;
    }

    private static int commentEnd(byte[] b, int from, int to) {
        for (int i = from; i + 1 < to; i++) {
            if (b[i] == '*' && b[i + 1] == '/') {
                return i + 2;
            }
            if (b[i] == '/' && b[i + 1] == '*') {
                return -1;
            }
        }
        return -1;
    }

    /**
     * {@return whether a key word of the recogniser stands there}
     *
     * @param inStrings whether those within literals count
     */
    static boolean holdsKeyword(byte[] b, int from, int to, boolean inStrings) {
        int at = from > 0 && isWordPart(b[from - 1]) ? wordEnd(b, from, to) : from;
        while (at < to) {
            byte c = b[at];
            if (isWordPart(c)) {
                if (Keywords.isAt(b, at, to)) {
                    return true;
                }
                at = wordEnd(b, at, to);
                continue;
            }
            if (c == '\'' && !inStrings) {
                at = stringEnd(b, at + 1, to);
                if (at < 0) {
                    return true; // not sure
                }
            } else if (c == '\\') {
                return true; // a literal with escapes may hide one
            }
            at++;
        }
        return false;
    }

    private static int wordEnd(byte[] b, int from, int to) {
        int at = from;
        while (at < to && isWordPart(b[at])) {
            at++;
        }
        return at;
    }

    /** {@return where the literal ends, -1 if it has escapes or does not end} */
    private static int stringEnd(byte[] b, int from, int to) {
        for (int i = from; i < to; i++) {
            if (b[i] == '\'') {
                return i;
            }
            if (b[i] == '\\') {
                return -1;
            }
        }
        return -1;
    }

    /** {@return whether an {@code UPDATE} has a condition that certainly picks rows, and no other key word} */
    static boolean picksRows(byte[] b, int from, int to) {
        int depth = 0;
        boolean picks = false;
        int at = wordEnd(b, from, to);
        while (at < to) {
            byte c = b[at];
            if (isWordPart(c)) {
                if (Keywords.isAt(b, at, to)) {
                    return false;
                }
                if (depth == 0 && isWord(b, at, to, WHERE)) {
                    picks |= picks(b, at + WHERE.length, to);
                }
                at = wordEnd(b, at, to);
                continue;
            }
            if (c == '\'' || c == '"') {
                at = quoteEnd(b, at + 1, to, c);
                if (at < 0) {
                    return false;
                }
            } else if (c == '(') {
                depth++;
            } else if (c == ')') {
                depth--;
            } else if (c != ' ' && isUncertain(b, at, to)) {
                return false;
            }
            at++;
        }
        return picks;
    }

    private static int quoteEnd(byte[] b, int from, int to, byte quote) {
        for (int i = from; i < to; i++) {
            if (b[i] == quote) {
                return i;
            }
            if (b[i] == '\\') {
                return -1;
            }
        }
        return -1;
    }

    /** Comments, bodies between dollars, holes of templates. */
    private static boolean isUncertain(byte[] b, int at, int to) {
        byte next = at + 1 < to ? b[at + 1] : 0;
        return switch (b[at]) {
            case '$' -> next < '0' || next > '9';
            case '-' -> next == '-';
            case '/' -> next == '*';
            case '{', '%', '\\', '#', '@', '<', '[' -> b[at] != '<' || next == '<';
            default -> false;
        };
    }

    /** What is neither a literal nor {@code TRUE} after {@code WHERE} depends on the row. */
    private static boolean picks(byte[] b, int from, int to) {
        int at = skipBlanks(b, from, to);
        if (at == from || at >= to || (!isLetter(b[at]) && b[at] != '"')) {
            return false;
        }
        boolean prefixed = at + 1 < to && (b[at + 1] == '\'' || b[at + 1] == '&');
        return !prefixed && !isWord(b, at, to, TRUE);
    }

    private static boolean isLetter(byte c) {
        int letter = c | 0x20;
        return (letter >= 'a' && letter <= 'z') || c == '_';
    }

    private static boolean isWord(byte[] b, int from, int to, byte[] word) {
        if (to - from < word.length || (from + word.length < to && isWordPart(b[from + word.length]))) {
            return false;
        }
        for (int i = 0; i < word.length; i++) {
            if ((b[from + i] | 0x20) != word[i]) {
                return false;
            }
        }
        return true;
    }
}
