package io.github.rowsleuth.transaction;

/** How a transaction ended. */
public enum TransactionEnd {
    /** It committed: what it removed is gone. */
    COMMITTED,
    /** It was rolled back: it removed nothing. */
    ABORTED,
    /** It is prepared for a two-phase commit, and waits. */
    PREPARED,
    /** It still runs. */
    IN_PROGRESS,
    /** The source does not tell. */
    UNKNOWN
}
