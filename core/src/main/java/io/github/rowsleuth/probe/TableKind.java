package io.github.rowsleuth.probe;

/** What sort of table, after {@code pg_class.relkind}. */
public enum TableKind {
    /** {@code r}: an ordinary table. */
    ORDINARY,
    /** {@code p}: a partitioned table; its rows are in its partitions. */
    PARTITIONED,
    /** {@code m}: a materialized view. */
    MATERIALIZED_VIEW,
    /** {@code f}: a foreign table; its rows are elsewhere. */
    FOREIGN
}
