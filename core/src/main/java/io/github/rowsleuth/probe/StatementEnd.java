package io.github.rowsleuth.probe;

/** How a statement ended, as far as its source tells. */
public enum StatementEnd {
    /** Its transaction committed. */
    COMMITTED,
    /** Its transaction, or its savepoint, was rolled back: it removed nothing. */
    ROLLED_BACK,
    /** It raised an error: it removed nothing. */
    FAILED,
    /** The source does not tell. */
    UNKNOWN
}
