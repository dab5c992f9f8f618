package io.github.rowsleuth.git.code;

/** Reads the tokens of Go: strings between quotes, and raw ones between backticks. */
final class GoLexer extends BraceReader {

    GoLexer(String source) {
        super(source);
    }

    @Override
    boolean string(char c) {
        if (c == '`') {
            raw(1, "`");
        } else if (c == '"') {
            simple('"');
        } else if (c == '\'') {
            character();
        } else {
            return false;
        }
        return true;
    }
}
