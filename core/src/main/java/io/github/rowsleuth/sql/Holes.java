package io.github.rowsleuth.sql;

/**
 * Recognises the places in a text that are filled in later. Such text is no SQL yet, but it is what repositories hold.
 *
 * <p>Every search is bounded, so that a text of nothing but openers stays linear.
 */
final class Holes {

    private static final int LONGEST = 256;

    private Holes() {}

    /** The end of the hole that begins at {@code i}, or {@code i} where none does. */
    static int end(String text, int i, int to) {
        char next = Chars.at(text, i + 1, to);
        return switch (text.charAt(i)) {
            case '{' -> closed(text, i, i, to, '{', '}');
            case '#' -> next == '{' ? closed(text, i, i + 1, to, '{', '}') : i;
            case '$' -> dollar(text, i, to);
            case '%' -> percent(text, i, to);
            case ':' -> colon(text, i, to);
            case '@' -> Chars.letter(next) ? Chars.nameEnd(text, i + 1, to) : i;
            case '?' -> next == '|' || next == '&' ? i : digitsEnd(text, i + 1, to);
            case '<' -> angle(text, i, to);
            default -> i;
        };
    }

    /** Whether the inside of a quoted identifier holds a hole. */
    static boolean in(String identifier) {
        int length = identifier.length();
        for (int i = 0; i < length; i++) {
            char c = identifier.charAt(i);
            boolean possible = c == '{' || c == '#' || c == '$' || c == '%' || c == '<';
            if (possible && end(identifier, i, length) > i) {
                return true;
            }
        }
        return false;
    }

    private static int closed(String text, int start, int open, int to, char opener, char closer) {
        int depth = 0;
        int limit = Math.min(to, open + LONGEST);
        for (int i = open; i < limit; i++) {
            char c = text.charAt(i);
            if (c == opener) {
                depth++;
            } else if (c == closer && --depth == 0) {
                return i + 1;
            }
        }
        return start;
    }

    private static int dollar(String text, int i, int to) {
        char next = Chars.at(text, i + 1, to);
        if (next == '{') {
            return closed(text, i, i + 1, to, '{', '}');
        }
        if (next == '(') {
            return closed(text, i, i + 1, to, '(', ')');
        }
        if (Chars.digit(next)) {
            return digitsEnd(text, i + 1, to);
        }
        return Chars.letter(next) ? Chars.nameEnd(text, i + 1, to) : i;
    }

    /** {@code %s}, {@code %I}, {@code %1$I}, {@code %(name)s}; a bare {@code %} stays the operator. */
    private static int percent(String text, int i, int to) {
        int at = i + 1;
        if (Chars.at(text, at, to) == '(') {
            int close = nameEnd(text, at + 1, to);
            return Chars.at(text, close, to) == ')' && Chars.letter(Chars.at(text, close + 1, to)) ? close + 2 : i;
        }
        int digits = digitsEnd(text, at, to);
        if (digits > at && Chars.at(text, digits, to) == '$') {
            at = digits + 1;
        }
        char type = Chars.at(text, at, to);
        char after = Chars.at(text, at + 1, to);
        boolean known = type == 's' || type == 'I' || type == 'L' || type == 'd';
        return known && (after == '_' || !Chars.letterOrDigit(after)) ? at + 1 : i;
    }

    /** {@code :name} and psql's {@code :'name'} and {@code :"name"}; the cast {@code ::} is none. */
    private static int colon(String text, int i, int to) {
        char next = Chars.at(text, i + 1, to);
        if (next == '\'' || next == '"') {
            int close = nameEnd(text, i + 2, to);
            return close > i + 2 && Chars.at(text, close, to) == next ? close + 1 : i;
        }
        return Chars.letter(next) ? Chars.nameEnd(text, i + 1, to) : i;
    }

    private static int angle(String text, int i, int to) {
        int close = nameEnd(text, i + 1, to);
        boolean named = Chars.letter(Chars.at(text, i + 1, to));
        return named && Chars.at(text, close, to) == '>' ? close + 1 : i;
    }

    private static int nameEnd(String text, int from, int to) {
        return Chars.nameEnd(text, from, Math.min(to, from + LONGEST));
    }

    private static int digitsEnd(String text, int from, int to) {
        int i = from;
        int limit = Math.min(to, from + LONGEST);
        while (i < limit && Chars.digit(text.charAt(i))) {
            i++;
        }
        return i;
    }
}
