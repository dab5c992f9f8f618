package io.github.rowsleuth.hypothesis;

/**
 * How far back the counters of a table reach.
 *
 * @param extent how far
 * @param reason why no further, in one sentence without a full stop; empty where they reach back to the beginning
 */
record CounterReach(Extent extent, String reason) {

    static final CounterReach BEGINNING = new CounterReach(Extent.BEGINNING, "");

    /** How far. */
    enum Extent {
        /** To the beginning of the database: they account for every row. */
        BEGINNING,
        /** To before the loss: they saw it, but not every row that there was. */
        WINDOW,
        /** Not even that, or nobody knows when the loss was. */
        TOO_SHORT
    }

    boolean complete() {
        return extent == Extent.BEGINNING;
    }

    boolean sawTheLoss() {
        return extent != Extent.TOO_SHORT;
    }
}
