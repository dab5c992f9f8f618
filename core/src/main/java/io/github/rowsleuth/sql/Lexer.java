package io.github.rowsleuth.sql;

import io.github.rowsleuth.sql.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/** Cuts a text into tokens. Blanks, comments and the data of {@code COPY … FROM stdin} leave none. */
final class Lexer {

    private final Source source;
    private final String text;
    private final int to;
    private final boolean script;
    private final CopyWatch copy = new CopyWatch();
    private int pos;

    /**
     * Makes a lexer.
     *
     * @param source what to cut
     * @param script whether the text may be a psql script: inside of a body a backslash means nothing
     */
    Lexer(Source source, boolean script) {
        this.source = source;
        this.text = source.text();
        this.to = source.to();
        this.script = script;
        this.pos = source.from();
    }

    List<Token> all() {
        List<Token> tokens = new ArrayList<>();
        skipBlanks();
        while (pos < to) {
            Token token = next();
            tokens.add(token);
            if (script) {
                copy.see(token, text);
            }
            skipBlanks();
        }
        return tokens;
    }

    private void skipBlanks() {
        while (pos < to) {
            char c = text.charAt(pos);
            char next = Chars.at(text, pos + 1, to);
            if (c == '\n' && copy.dataFollows()) {
                pos = copy.skip(text, pos + 1, to);
            } else if (Chars.blank(c)) {
                pos++;
            } else if (c == '-' && next == '-') {
                pos = Chars.lineEnd(text, pos, to);
            } else if (c == '/' && next == '*') {
                pos = Quotes.commentEnd(text, pos, to);
            } else if (c == '\\' && escapedLineBreak(next)) {
                pos += 2;
            } else {
                return;
            }
        }
    }

    /** A line break as the source code of a program writes it; no psql command has such a name. */
    private boolean escapedLineBreak(char next) {
        return next == 'n' || (next == 'r' && Chars.at(text, pos + 2, to) == '\\');
    }

    private Token next() {
        char c = text.charAt(pos);
        if (c == '\'') {
            return string(pos, false);
        }
        if (c == '"') {
            return quoted(pos);
        }
        if (c == '$' && Quotes.tagEnd(text, pos, to) > pos) {
            return dollarString();
        }
        if (Chars.letter(c)) {
            return wordOrPrefixed();
        }
        if (Chars.digit(c) || (c == '.' && Chars.digit(Chars.at(text, pos + 1, to)) && !afterName())) {
            return number();
        }
        if (c == '\\' && script) {
            return meta();
        }
        int hole = Holes.end(text, pos, to);
        return hole > pos ? take(Kind.HOLE, hole, text.substring(pos, hole)) : symbol();
    }

    /** Whether the point at hand follows a name: {@code {schema}.2020} is no fraction. */
    private boolean afterName() {
        char before = Chars.at(text, pos - 1, to);
        return pos > source.from() && (Chars.letterOrDigit(before) || before == '}' || before == '"');
    }

    private Token take(Kind kind, int end, String value) {
        Token token = new Token(kind, pos, end, value);
        pos = end;
        return token;
    }

    private Token string(int open, boolean backslash) {
        return take(Kind.STRING, Quotes.end(text, open, to, backslash), "");
    }

    private Token quoted(int open) {
        int end = Quotes.end(text, open, to, false);
        return take(Kind.QUOTED, end, LiteralDecoder.identifier(text, open, end, open > pos));
    }

    private Token dollarString() {
        int tagEnd = Quotes.tagEnd(text, pos, to);
        int close = Quotes.bodyEnd(text, pos, tagEnd, to);
        return take(Kind.STRING, Math.min(to, close + tagEnd - pos), "");
    }

    private Token wordOrPrefixed() {
        char c = text.charAt(pos);
        char next = Chars.at(text, pos + 1, to);
        if (next == '\'' && "eEbBxXnN".indexOf(c) >= 0) {
            return string(pos + 1, c == 'e' || c == 'E');
        }
        if ((c == 'u' || c == 'U') && next == '&') {
            char quote = Chars.at(text, pos + 2, to);
            if (quote == '\'') {
                return string(pos + 2, false);
            }
            if (quote == '"') {
                return quoted(pos + 2);
            }
        }
        int end = pos;
        while (end < to && (Chars.letterOrDigit(text.charAt(end)) || text.charAt(end) == '$')) {
            end++;
        }
        return take(Kind.WORD, end, Chars.fold(text, pos, end));
    }

    /** Takes letters too: {@code 0x1F}, {@code 1e6}, {@code 1_000}, and what is junk must not pass for a name. */
    private Token number() {
        int end = pos + 1;
        while (end < to && (Chars.letterOrDigit(text.charAt(end)) || fraction(end))) {
            end++;
        }
        return take(Kind.NUMBER, end, text.substring(pos, end));
    }

    /** A point that is not the range {@code 1..10} of a loop. */
    private boolean fraction(int at) {
        return text.charAt(at) == '.' && Chars.at(text, at + 1, to) != '.' && Chars.at(text, at - 1, to) != '.';
    }

    private Token meta() {
        int nameEnd = Chars.nameEnd(text, pos + 1, to);
        if (Chars.at(text, pos + 1, to) == ';') {
            // Separates statements that are sent together.
            return take(Kind.SYMBOL, pos + 2, ";");
        }
        return take(Kind.META, Chars.lineEnd(text, pos, to), Chars.fold(text, pos + 1, nameEnd));
    }

    private Token symbol() {
        String pair = text.substring(pos, Math.min(to, pos + 2));
        int length = switch (pair) {
            case "::", "||", ":=", "=>", "<>", "!=", "<=", ">=", ".." -> 2;
            default -> 1;
        };
        return take(Kind.SYMBOL, pos + length, length == 2 ? pair : pair.substring(0, 1));
    }
}
