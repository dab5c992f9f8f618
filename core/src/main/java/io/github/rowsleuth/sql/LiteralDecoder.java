package io.github.rowsleuth.sql;

/** Reads the value of a string or of a quoted identifier. */
final class LiteralDecoder {

    private final Source source;
    private final String text;
    private final int to;
    private final Source.Builder value = new Source.Builder();
    private int pos;

    private LiteralDecoder(Source source, int from, int to) {
        this.source = source;
        this.text = source.text();
        this.pos = from;
        this.to = to;
    }

    /** The value of a string token, as a stretch of the same text where it stands there as such. */
    static Source string(Source source, Token token) {
        String text = source.text();
        int open = token.start();
        if (text.charAt(open) == '$') {
            int tagEnd = Quotes.tagEnd(text, open, token.end());
            return source.part(tagEnd, Quotes.bodyEnd(text, open, tagEnd, token.end()));
        }
        boolean escapes = text.charAt(open) == 'e' || text.charAt(open) == 'E';
        boolean unicode = text.charAt(open) == 'u' || text.charAt(open) == 'U';
        while (text.charAt(open) != '\'') {
            open++;
        }
        int plain = plainEnd(text, open + 1, token.end(), escapes || unicode);
        if (plain >= token.end() - 1) {
            return source.part(open + 1, plain);
        }
        return new LiteralDecoder(source, open + 1, token.end()).decode('\'', escapes, unicode);
    }

    /** The name in a quoted identifier. */
    static String identifier(String text, int open, int end, boolean unicode) {
        int plain = plainEnd(text, open + 1, end, unicode, '"');
        if (plain >= end - 1) {
            return text.substring(open + 1, plain);
        }
        Source all = Source.of(text);
        return new LiteralDecoder(all, open + 1, end)
                .decode('"', false, unicode)
                .text();
    }

    private static int plainEnd(String text, int from, int end, boolean backslash) {
        return plainEnd(text, from, end, backslash, '\'');
    }

    /** How far the text is its own value. */
    private static int plainEnd(String text, int from, int end, boolean backslash, char quote) {
        int i = from;
        while (i < end && text.charAt(i) != quote && !(backslash && text.charAt(i) == '\\')) {
            i++;
        }
        return i;
    }

    private Source decode(char quote, boolean escapes, boolean unicode) {
        while (pos < to) {
            char c = text.charAt(pos);
            if (c == quote) {
                if (Chars.at(text, pos + 1, to) != quote) {
                    break;
                }
                emit(c, 2);
            } else if (c == '\\' && escapes) {
                escape();
            } else if (c == '\\' && unicode) {
                unicode();
            } else {
                emit(c, 1);
            }
        }
        return value.build();
    }

    private void emit(char c, int length) {
        value.append(c, source.offset(pos));
        pos += length;
    }

    private void escape() {
        char c = Chars.at(text, pos + 1, to);
        switch (c) {
            case 'n' -> emit('\n', 2);
            case 't' -> emit('\t', 2);
            case 'r' -> emit('\r', 2);
            case 'b', 'f' -> emit(' ', 2);
            case 'x' -> number(2, 2, 16);
            case 'u' -> number(2, 4, 16);
            case 'U' -> number(2, 8, 16);
            case '0', '1', '2', '3', '4', '5', '6', '7' -> number(1, 3, 8);
            default -> emit(c, 2);
        }
    }

    /** {@code \0041} and {@code \+000041}; another escape character ({@code UESCAPE}) is not looked for. */
    private void unicode() {
        char c = Chars.at(text, pos + 1, to);
        if (c == '\\') {
            emit(c, 2);
        } else if (c == '+') {
            number(2, 6, 16);
        } else {
            number(1, 4, 16);
        }
    }

    private void number(int skip, int longest, int radix) {
        int i = pos + skip;
        int limit = Math.min(to, i + longest);
        int code = 0;
        int digits = 0;
        while (i < limit && Character.digit(text.charAt(i), radix) >= 0) {
            // Eight hexadecimal digits overflow; the check below throws such a code away.
            code = code * radix + Character.digit(text.charAt(i), radix);
            i++;
            digits++;
        }
        if (digits == 0 || !Character.isValidCodePoint(code)) {
            emit(text.charAt(pos), 1);
            return;
        }
        value.append(Character.toString(code), source.offset(pos));
        pos = i;
    }
}
