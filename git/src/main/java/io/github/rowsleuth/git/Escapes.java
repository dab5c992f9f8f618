package io.github.rowsleuth.git;

/** The escapes that matter for reading SQL. */
final class Escapes {

    private Escapes() {}

    /** What stands for a backslash and this character. */
    static char decode(char afterBackslash) {
        return switch (afterBackslash) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            default -> afterBackslash;
        };
    }
}
