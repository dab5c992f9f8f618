package io.github.rowsleuth.postgres.watch;

/** The way in which something was lost. */
public enum DeletionKind {
    /** Rows were deleted, by {@code DELETE}, {@code MERGE}, a rule, a trigger or a foreign key. */
    DELETE("DELETE"),
    /** A table was emptied. */
    TRUNCATE("TRUNCATE"),
    /** A table was dropped with all its rows. */
    DROP_TABLE("DROP TABLE"),
    /** A column was dropped with all its values. */
    DROP_COLUMN("DROP COLUMN"),
    /** A materialized view was dropped. */
    DROP_MATERIALIZED_VIEW("DROP MATERIALIZED VIEW"),
    /** A partition, or a child of a table, does not belong to it any more: its rows are gone from the parent. */
    DETACH_PARTITION("DETACH PARTITION"),
    /** A large object was unlinked. */
    UNLINK_LARGE_OBJECT("lo_unlink");

    private final String words;

    DeletionKind(String words) {
        this.words = words;
    }

    /** {@return as SQL says it} */
    @Override
    public String toString() {
        return words;
    }
}
