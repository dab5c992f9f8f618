package io.github.rowsleuth.git.code;

/** Where blocks begin and end in one family of languages. */
abstract class BlockRules {

    final ProgramReader reader;

    BlockRules(ProgramReader reader) {
        this.reader = reader;
    }

    /** Sees a word before anything else does; whether nothing else shall see it. */
    abstract boolean word(Token token);

    /** Opens a block if this brace opens one. */
    boolean opensBlock(Token brace) {
        return false;
    }

    /** Sees the bracket close of which a block was the inside. */
    void blockClosed(Frame closed) {}

    /** Sees a colon; whether it belongs to the head of a block. */
    boolean colon(Token token) {
        return false;
    }

    /** Sees what follows the condition of an {@code if}. */
    void afterControl(Token token) {}

    void indentation(Token token) {}

    void statementEnded() {}

    /** Whether a semicolon here stands in the head of a block. */
    boolean inHead() {
        return false;
    }
}
