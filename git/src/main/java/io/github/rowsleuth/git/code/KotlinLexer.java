package io.github.rowsleuth.git.code;

/** Reads the tokens of Kotlin: strings with {@code $name} and <code>${…}</code>, and raw strings between three quotes. */
final class KotlinLexer extends BraceReader {

    KotlinLexer(String source) {
        super(source);
    }

    @Override
    boolean string(char c) {
        if (c == '"') {
            string(at("\"\"\""));
        } else if (c == '\'') {
            character();
        } else {
            return false;
        }
        return true;
    }

    private void string(boolean raw) {
        int start = at;
        int first = line;
        CodeText text = new CodeText();
        String closing = raw ? "\"\"\"" : "\"";
        at += closing.length();
        while (more() && !at(closing) && (raw || peek(0) != '\n')) {
            if (peek(0) == '\\' && !raw) {
                Escapes.read(this, text);
            } else if (peek(0) == '$' && peek(1) == '{') {
                hole(text, "$");
            } else {
                text.append(peek(0), line);
                moveTo(at + 1);
            }
        }
        if (at(closing)) {
            at += closing.length();
            while (raw && peek(0) == '"') {
                at++; // quotes at the end of a raw string belong to it, so the last three close it
                text.append('"', line);
            }
        }
        addString("", text, start, first);
    }

    @Override
    boolean stringInHole(char c) {
        return c == '"' && super.stringInHole(c);
    }
}
