package io.github.rowsleuth.postgres.wal;

import io.github.rowsleuth.incident.TableName;

/**
 * A relation of the database, as its catalogs or an old image of them describe it.
 *
 * @param oid its oid
 * @param file its file
 * @param kind {@code relkind}
 * @param name its name
 * @param owner the table that an index or TOAST table belongs to; the relation itself for others
 * @param files how many files it has with its indexes and its TOAST table
 */
public record Relation(long oid, FileId file, Kind kind, TableName name, long owner, int files) {

    /** What it is, as far as that matters for rows. */
    public enum Kind {
        /** An ordinary table or a materialized view: its rows are somebody's. */
        TABLE,
        /** A partitioned table, which has no file. */
        PARTITIONED,
        /** A catalog, a TOAST table, an index, a sequence: no rows of anybody's. */
        OTHER
    }

    /** {@return whether rows of somebody's lie in it} */
    public boolean isTable() {
        return kind == Kind.TABLE;
    }

    /**
     * {@return what a relation of that {@code relkind} in that schema is}
     *
     * @param relkind as {@code pg_class} has it
     * @param schema the schema it lies in
     */
    public static Kind kind(String relkind, String schema) {
        boolean system =
                schema.equals("pg_catalog") || schema.equals("information_schema") || schema.equals("pg_toast");
        return switch (relkind) {
            case "r", "m" -> system ? Kind.OTHER : Kind.TABLE;
            case "p" -> Kind.PARTITIONED;
            default -> Kind.OTHER;
        };
    }
}
