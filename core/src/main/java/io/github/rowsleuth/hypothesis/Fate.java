package io.github.rowsleuth.hypothesis;

/** What happened to the rows of a table. */
public enum Fate {
    /** Its counters and its file account for every row. */
    INTACT(false),
    /** Rows were removed by DELETE. */
    DELETED(true),
    /** Rows were removed by DELETE, and a foreign key would have done that from a table that also lost rows. */
    CASCADED(true),
    /** It was emptied by TRUNCATE, named in the statement or reached by CASCADE. */
    TRUNCATED(true),
    /** It does not exist any more. */
    DROPPED(true),
    /** It was dropped and created again: the name is old, the table is young. */
    RECREATED(true),
    /** Its file was written anew; no row needs to be missing. */
    REWRITTEN(false),
    /** Rows were deleted, and the deletion was rolled back. */
    ROLLED_BACK(false),
    /** The rows are there, and the reader does not see them. */
    HIDDEN(false),
    /** It is unlogged, and a crash emptied it. */
    LOST_IN_CRASH(true),
    /** It is a partition that was detached. */
    DETACHED(true),
    /** The evidence does not tell. */
    UNKNOWN(false);

    private final boolean loss;

    Fate(boolean loss) {
        this.loss = loss;
    }

    /** {@return whether rows were lost} */
    public boolean isLoss() {
        return loss;
    }
}
