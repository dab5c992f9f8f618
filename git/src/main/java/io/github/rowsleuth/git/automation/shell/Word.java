package io.github.rowsleuth.git.automation.shell;

import java.util.List;

/** A word of a shell, put together from pieces that are expanded when it is run. */
record Word(List<Piece> pieces) {

    Word {
        pieces = List.copyOf(pieces);
    }

    /** A piece of a word. */
    sealed interface Piece {
        /** Whether it stood in quotes, so that it is not split into several words. */
        boolean quoted();
    }

    /** Text as it stands. */
    record Text(String text, boolean quoted) implements Piece {}

    /**
     * A variable.
     *
     * @param operator what follows the name in braces, such as {@code :-} or {@code %}; empty where nothing does
     * @param operand what follows the operator
     */
    record Variable(String name, String operator, String operand, boolean quoted) implements Piece {}

    /** The output of other commands. */
    record Output(String source, int line, boolean quoted) implements Piece {}

    static Word of(String text) {
        return new Word(List.of(new Text(text, true)));
    }

    /** The text, if nothing in it has to be expanded. */
    boolean isPlain(String text) {
        return pieces.size() == 1
                && pieces.get(0) instanceof Text t
                && !t.quoted()
                && t.text().equals(text);
    }
}
