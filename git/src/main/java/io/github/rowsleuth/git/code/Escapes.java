package io.github.rowsleuth.git.code;

/** Escapes within strings, as most languages have them. */
final class Escapes {

    private Escapes() {}

    /**
     * Reads the escape that begins at the backslash where the reader stands, and moves past it. A backslash before a
     * line break stands for nothing.
     */
    static void read(SourceReader in, CodeText into) {
        char c = in.peek(1);
        switch (c) {
            case 'n' -> simple(in, into, '\n');
            case 't' -> simple(in, into, '\t');
            case 'r' -> simple(in, into, '\r');
            case 'b' -> simple(in, into, '\b');
            case 'f' -> simple(in, into, '\f');
            case 'v' -> simple(in, into, '\u000b');
            case 's' -> simple(in, into, in.blankEscape() ? ' ' : c);
            case 'e' -> simple(in, into, '\u001b');
            case 'a' -> simple(in, into, '\u0007');
            case '\r' -> in.moveTo(in.at + (in.peek(2) == '\n' ? 3 : 2));
            case '\n' -> in.moveTo(in.at + 2);
            case 'x' -> code(in, into, 2, 2, 16);
            case 'u' -> unicode(in, into);
            case 'U' -> code(in, into, 2, 8, 16);
            case '0', '1', '2', '3', '4', '5', '6', '7' -> code(in, into, 1, 3, 8);
            case 0 -> simple(in, into, '\\');
            default -> simple(in, into, c);
        }
    }

    private static void simple(SourceReader in, CodeText into, char meant) {
        into.append(meant, in.line);
        in.moveTo(in.at + 2);
    }

    private static void unicode(SourceReader in, CodeText into) {
        if (in.peek(2) == '{') {
            int close = in.indexOf("}", in.at);
            String digits = in.source.substring(in.at + 3, Math.min(close, in.at + 12));
            append(digits, 16, in, into);
            in.moveTo(close + 1);
        } else {
            int first = 2;
            while (in.peek(first) == 'u') {
                // Java takes any number of them (JLS 3.3).
                first++;
            }
            code(in, into, first, 4, 16);
        }
    }

    private static void code(SourceReader in, CodeText into, int skip, int most, int radix) {
        int end = in.at + skip;
        while (end < in.source.length()
                && end < in.at + skip + most
                && Character.digit(in.source.charAt(end), radix) >= 0) {
            end++;
        }
        append(in.source.substring(in.at + skip, end), radix, in, into);
        in.moveTo(Math.max(end, in.at + 2));
    }

    private static void append(String digits, int radix, SourceReader in, CodeText into) {
        try {
            into.append(Character.toString(Integer.parseInt(digits, radix)), in.line);
        } catch (IllegalArgumentException e) {
            into.append('?', in.line);
        }
    }
}
