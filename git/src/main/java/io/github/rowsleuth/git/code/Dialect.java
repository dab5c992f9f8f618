package io.github.rowsleuth.git.code;

/**
 * What tells languages apart once they are cut into tokens.
 *
 * @param joiner puts strings together
 * @param adjacentJoin whether strings side by side are one
 * @param blocks how blocks are marked
 * @param newlineEnds whether the end of a line can end a statement
 * @param commandCalls whether a call needs no parentheses
 * @param percentFormats whether {@code %} fills in the places of a string
 */
record Dialect(
        String joiner,
        boolean adjacentJoin,
        Blocks blocks,
        boolean newlineEnds,
        boolean commandCalls,
        boolean percentFormats) {

    enum Blocks {
        INDENTED,
        BRACES,
        /** From a word such as {@code def} to {@code end}. */
        ENDED
    }

    static final Dialect PYTHON = new Dialect("+", true, Blocks.INDENTED, true, false, true);
    static final Dialect SCRIPT = new Dialect("+", false, Blocks.BRACES, true, false, false);
    static final Dialect JAVA = new Dialect("+", false, Blocks.BRACES, false, false, false);
    static final Dialect KOTLIN = new Dialect("+", false, Blocks.BRACES, true, false, false);
    static final Dialect GO = new Dialect("+", false, Blocks.BRACES, true, false, false);
    static final Dialect RUST = new Dialect("+", false, Blocks.BRACES, false, false, false);
    static final Dialect PHP = new Dialect(".", false, Blocks.BRACES, false, false, false);
    static final Dialect RUBY = new Dialect("+", true, Blocks.ENDED, true, true, true);
    static final Dialect ELIXIR = new Dialect("<>", false, Blocks.ENDED, true, true, false);

    boolean member(Token token) {
        return switch (token.text()) {
            case "." -> !joiner.equals(".");
            case "?.", "->", "::", "&.", "?->", "!!." -> true;
            default -> false;
        };
    }
}
