package io.github.rowsleuth.examples.matrix;

import io.github.rowsleuth.hypothesis.Cause;

/**
 * What the evidence of one cell suffices for.
 *
 * @param answer how far it goes
 * @param cause the cause that has to come first; of no meaning where none has to
 * @param because why no more can be asked for
 */
record Expected(Answer answer, Cause cause, String because) {

    /** How far evidence goes. */
    enum Answer {
        /** To the cause, and to the culprit where there is one in reach. */
        CAUSE,
        /** To what was done, whoever did it. */
        ACT,
        /** To the mechanism, and no further. */
        UNEXPLAINED,
        /** Not even to whether anything is lost. */
        INCONCLUSIVE
    }

    static Expected cause(Cause cause) {
        return new Expected(Answer.CAUSE, cause, "");
    }

    static Expected act(Cause cause, String because) {
        return new Expected(Answer.ACT, cause, because);
    }

    static Expected unexplained(String because) {
        return new Expected(Answer.UNEXPLAINED, Cause.DIRECT_STATEMENT, because);
    }

    static Expected inconclusive(Cause cause, String because) {
        return new Expected(Answer.INCONCLUSIVE, cause, because);
    }

    @Override
    public String toString() {
        return switch (answer) {
            case CAUSE -> cause.toString();
            case ACT -> cause + ", by nobody known";
            case UNEXPLAINED -> "LOSS_UNEXPLAINED";
            case INCONCLUSIVE -> "INCONCLUSIVE";
        };
    }
}
