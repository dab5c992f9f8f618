package io.github.rowsleuth.git.code;

import io.github.rowsleuth.git.code.Token.Kind;

/** Reads the tokens of Elixir: strings with <code>#{…}</code>, here-documents between three quotes, sigils. */
final class ElixirLexer extends SourceReader {

    private static final String[] SYMBOLS = {
        "|>", "<>", "->", "<-", "=>", "==", "!=", "<=", ">=", "&&", "||", "++", "--", "::", "..", "<<", ">>", "=~"
    };

    ElixirLexer(String source) {
        super(source);
    }

    @Override
    Tokens read() {
        while (more()) {
            char c = peek(0);
            if (c == '\n') {
                add(Kind.NEWLINE, at, line, at);
                moveTo(at + 1);
            } else if (Character.isWhitespace(c)) {
                at++;
            } else if (c == '#') {
                comment(lineEnd());
            } else if (!string(c)) {
                other(c);
            }
        }
        return done();
    }

    private void other(char c) {
        if (Character.isJavaIdentifierStart(c)) {
            int end = wordEnd(at);
            end += end < source.length() && "?!".indexOf(source.charAt(end)) >= 0 ? 1 : 0;
            add(Kind.WORD, at, line, end);
            at = end;
        } else if (Character.isDigit(c)) {
            number();
        } else {
            symbol(SYMBOLS);
        }
    }

    private boolean string(char c) {
        if (c == '"' || c == '\'') {
            String mark = at(String.valueOf(c).repeat(3)) ? String.valueOf(c).repeat(3) : String.valueOf(c);
            quoted(mark.length(), mark, true, "");
        } else if (c == '~' && Character.isLetter(peek(1))) {
            return sigil();
        } else if (c == ':' && (Character.isJavaIdentifierStart(peek(1)) || peek(1) == '"') && peek(-1) != ':') {
            atom();
        } else if (c == '?' && peek(1) != 0 && !Character.isWhitespace(peek(1))) {
            int length = peek(1) == '\\' ? 3 : 2;
            add(Kind.NUMBER, at, line, Math.min(source.length(), at + length));
            at = Math.min(source.length(), at + length);
        } else {
            return false;
        }
        return true;
    }

    /** {@code :users}: a name is as good as a string here. */
    private void atom() {
        if (peek(1) == '"') {
            quoted(2, "\"", true, ":");
            return;
        }
        int start = at;
        int end = wordEnd(at + 1);
        CodeText text = new CodeText();
        text.append(source.substring(at + 1, end), line);
        at = end;
        addString(":", text, start, line);
    }

    private boolean sigil() {
        int letters = 1;
        while (Character.isLetter(peek(letters))) {
            letters++;
        }
        char opener = peek(letters);
        if (Character.isLetterOrDigit(opener) || Character.isWhitespace(opener) || opener == 0) {
            return false;
        }
        boolean triple = peek(letters + 1) == opener && peek(letters + 2) == opener;
        String closing = "([{<".indexOf(opener) >= 0
                ? String.valueOf(")]}>".charAt("([{<".indexOf(opener)))
                : String.valueOf(opener).repeat(triple ? 3 : 1);
        boolean words = peek(1) == 'w' || peek(1) == 'W';
        quoted(letters + closing.length(), closing, Character.isLowerCase(peek(1)), words ? "%w" : "~");
        return true;
    }

    private void quoted(int opening, String closing, boolean escapes, String prefix) {
        int start = at;
        int first = line;
        CodeText text = new CodeText();
        moveTo(at + opening);
        if (closing.length() == 3) {
            moveTo(Math.min(source.length(), lineEnd() + 1));
        }
        int indent = closing.length() == 3 ? indent(closing) : 0;
        while (more() && !at(closing)) {
            if (indent > 0 && source.charAt(at - 1) == '\n') {
                for (int i = 0; i < indent && peek(0) == ' '; i++) {
                    at++;
                }
                if (at(closing)) {
                    break;
                }
            }
            if (peek(0) == '\\' && escapes) {
                Escapes.read(this, text);
            } else if (escapes && peek(0) == '#' && peek(1) == '{') {
                hole(text, "#");
            } else if (more()) {
                text.append(peek(0), line);
                moveTo(at + 1);
            }
        }
        at = Math.min(source.length(), at + closing.length());
        addString(prefix, text, start, first);
    }

    /** The closing mark of a here-document stands as far to the right as its text begins. */
    private int indent(String closing) {
        int close = indexOf(closing, at);
        int lineStart = source.lastIndexOf('\n', Math.max(0, close - 1)) + 1;
        return Math.max(0, close - lineStart);
    }
}
