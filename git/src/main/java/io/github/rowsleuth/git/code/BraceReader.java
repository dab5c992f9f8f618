package io.github.rowsleuth.git.code;

import io.github.rowsleuth.git.code.Token.Kind;

/** Reads the tokens of a language that descends from C; what its strings look like, each language says for itself. */
abstract class BraceReader extends SourceReader {

    private static final String[] SYMBOLS = {
        "===", "!==", "...", "?.", "??=", "??", "=>", "->", "::", "==", "!=", "<=", ">=", "&&", "||", ":=", "+=", ".=",
        "<-", "!!", "?:", "?->"
    };

    BraceReader(String source) {
        super(source);
    }

    @Override
    Tokens read() {
        if (at("#!")) {
            moveTo(lineEnd());
        }
        while (more()) {
            char c = peek(0);
            if (c == '\n') {
                add(Kind.NEWLINE, at, line, at);
                moveTo(at + 1);
            } else if (Character.isWhitespace(c)) {
                at++;
            } else if (!comments(c) && !string(c)) {
                other(c);
            }
        }
        return done();
    }

    /** Reads a string if one begins with this character. */
    abstract boolean string(char c);

    boolean comments(char c) {
        if (c == '/' && peek(1) == '/') {
            comment(lineEnd());
            return true;
        }
        if (c == '/' && peek(1) == '*') {
            comment(indexOf("*/", at + 2) + 2);
            return true;
        }
        return false;
    }

    private void other(char c) {
        if (Character.isJavaIdentifierStart(c)) {
            word();
        } else if (Character.isDigit(c)) {
            number();
        } else {
            symbol(SYMBOLS);
        }
    }

    /** A string on one line between two quotes, with escapes. */
    final void simple(char quote) {
        int start = at;
        int first = line;
        CodeText text = new CodeText();
        at++;
        while (more() && peek(0) != quote && peek(0) != '\n') {
            if (peek(0) == '\\') {
                Escapes.read(this, text);
            } else {
                text.append(peek(0), line);
                at++;
            }
        }
        at += peek(0) == quote ? 1 : 0;
        addString("", text, start, first);
    }

    /** Everything up to the closing mark as it stands. */
    final void raw(int opening, String closing) {
        int start = at;
        int first = line;
        int end = indexOf(closing, at + opening);
        CodeText text = new CodeText();
        moveTo(at + opening);
        for (; at < end; at++) {
            text.append(peek(0), line);
            line += peek(0) == '\n' ? 1 : 0;
        }
        at = Math.min(source.length(), end + closing.length());
        addString("raw", text, start, first);
    }

    /** A character such as {@code 'a'} or {@code '\n'}: no string, but its quote must not begin one. */
    final void character() {
        int close = at + 1;
        while (close < source.length()
                && close < at + 12
                && source.charAt(close) != '\''
                && source.charAt(close) != '\n') {
            close += source.charAt(close) == '\\' ? 2 : 1;
        }
        boolean closed = close < source.length() && source.charAt(close) == '\'' && close > at + 1;
        int end = closed ? close + 1 : at + 1;
        add(Kind.NUMBER, at, line, end);
        at = end;
    }
}
