package io.github.rowsleuth.git.code;

/** Reads the tokens of C#: verbatim, interpolated and raw strings, and what combines them. */
final class CSharpLexer extends BraceReader {

    CSharpLexer(String source) {
        super(source);
    }

    @Override
    boolean string(char c) {
        int prefix = 0;
        int dollars = 0;
        boolean verbatim = false;
        while (peek(prefix) == '$' || peek(prefix) == '@') {
            dollars += peek(prefix) == '$' ? 1 : 0;
            verbatim |= peek(prefix) == '@';
            prefix++;
        }
        if (peek(prefix) == '"') {
            int quotes = 0;
            while (peek(prefix + quotes) == '"') {
                quotes++;
            }
            if (quotes >= 3 && !verbatim) {
                rawString(prefix, quotes, dollars);
            } else {
                quoted(prefix, verbatim, dollars > 0);
            }
        } else if (c == '\'') {
            character();
        } else {
            return false;
        }
        return true;
    }

    private void quoted(int prefix, boolean verbatim, boolean holes) {
        int start = at;
        int first = line;
        CodeText text = new CodeText();
        at += prefix + 1;
        while (more() && (peek(0) != '"' || (verbatim && peek(1) == '"')) && (verbatim || peek(0) != '\n')) {
            char c = peek(0);
            if (c == '\\' && !verbatim) {
                Escapes.read(this, text);
            } else if (holes && c == '{' && peek(1) != '{') {
                hole(text, "");
            } else {
                boolean twice = (c == '"' && verbatim) || (holes && (c == '{' || c == '}') && peek(1) == c);
                at += twice ? 1 : 0;
                text.append(c, line);
                moveTo(at + 1);
            }
        }
        at += peek(0) == '"' ? 1 : 0;
        addString(verbatim ? "@" : "", text, start, first);
    }

    /** As many braces as there are dollars open a hole. */
    private void rawString(int prefix, int quotes, int dollars) {
        int start = at;
        int first = line;
        CodeText text = new CodeText();
        String closing = "\"".repeat(quotes);
        String opening = "{".repeat(Math.max(1, dollars));
        moveTo(at + prefix + quotes);
        while (more() && !at(closing)) {
            if (dollars > 0 && at(opening) && peek(opening.length()) != '{') {
                at += opening.length() - 1;
                hole(text, "");
                at += Math.min(opening.length() - 1, source.length() - at);
            } else {
                text.append(peek(0), line);
                moveTo(at + 1);
            }
        }
        at = Math.min(source.length(), at + quotes);
        addString("raw", text, start, first);
    }
}
