package io.github.rowsleuth.git.code;

/** What tells languages apart once they are cut into tokens. */
enum Dialect {
    PYTHON("+", true, Blocks.INDENTED, true, false, true),
    SCRIPT("+", false, Blocks.BRACES, true, false, false),
    JAVA("+", false, Blocks.BRACES, false, false, false),
    KOTLIN("+", false, Blocks.BRACES, true, false, false),
    GO("+", false, Blocks.BRACES, true, false, false),
    RUST("+", false, Blocks.BRACES, false, false, false),
    PHP(".", false, Blocks.BRACES, false, false, false),
    RUBY("+", true, Blocks.ENDED, true, true, true),
    ELIXIR("<>", false, Blocks.ENDED, true, true, false);

    enum Blocks {
        INDENTED,
        BRACES,
        /** From a word such as {@code def} to {@code end}. */
        ENDED
    }

    private final String joiner;
    private final boolean adjacentJoin;
    private final Blocks blocks;
    private final boolean newlineEnds;
    private final boolean commandCalls;
    private final boolean percentFormats;

    Dialect(
            String joiner,
            boolean adjacentJoin,
            Blocks blocks,
            boolean newlineEnds,
            boolean commandCalls,
            boolean percentFormats) {
        this.joiner = joiner;
        this.adjacentJoin = adjacentJoin;
        this.blocks = blocks;
        this.newlineEnds = newlineEnds;
        this.commandCalls = commandCalls;
        this.percentFormats = percentFormats;
    }

    /** {@return what puts strings together} */
    String joiner() {
        return joiner;
    }

    /** {@return whether strings side by side are one} */
    boolean adjacentJoin() {
        return adjacentJoin;
    }

    /** {@return how blocks are marked} */
    Blocks blocks() {
        return blocks;
    }

    /** {@return whether the end of a line can end a statement} */
    boolean newlineEnds() {
        return newlineEnds;
    }

    /** {@return whether a call needs no parentheses} */
    boolean commandCalls() {
        return commandCalls;
    }

    /** {@return whether {@code %} fills in the places of a string} */
    boolean percentFormats() {
        return percentFormats;
    }

    boolean member(Token token) {
        return switch (token.text()) {
            case "." -> !joiner.equals(".");
            case "?.", "->", "::", "&.", "?->", "!!." -> true;
            default -> false;
        };
    }
}
