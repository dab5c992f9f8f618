package io.github.rowsleuth.git.code;

/** Reads the tokens of Rust: strings over lines, raw strings, and lifetimes whose quote begins no character. */
final class RustLexer extends BraceReader {

    RustLexer(String source) {
        super(source);
    }

    @Override
    boolean string(char c) {
        if (c == '"') {
            string();
        } else if ((c == 'r' || c == 'b') && rawPrefix() > 0) {
            int prefix = rawPrefix();
            int hashes =
                    prefix - source.substring(at, at + prefix).replace("#", "").length();
            raw(prefix + 1, "\"" + "#".repeat(hashes));
        } else if (c == '\'' && (peek(1) == '\\' || peek(2) == '\'')) {
            character();
        } else {
            return false;
        }
        return true;
    }

    private int rawPrefix() {
        int i = peek(0) == 'b' ? 1 : 0;
        if (peek(i) != 'r') {
            return 0;
        }
        i++;
        while (peek(i) == '#') {
            i++;
        }
        return peek(i) == '"' ? i : 0;
    }

    /** A backslash at the end of a line takes the blanks of the next one with it. */
    private void string() {
        int start = at;
        int first = line;
        CodeText text = new CodeText();
        at++;
        while (more() && peek(0) != '"') {
            if (peek(0) == '\\') {
                boolean continued = peek(1) == '\n';
                Escapes.read(this, text);
                while (continued && more() && Character.isWhitespace(peek(0))) {
                    moveTo(at + 1);
                }
            } else {
                text.append(peek(0), line);
                moveTo(at + 1);
            }
        }
        at += more() ? 1 : 0;
        addString("", text, start, first);
    }
}
