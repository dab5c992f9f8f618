package io.github.rowsleuth.postgres.guard;

/** A guard around a destructive operation. Each fails closed: what can not be shown is not so. */
public enum Layer {
    /** The server itself proves to be a database on the list of those that may be harmed. */
    ENVIRONMENT,
    /** A person at a terminal has typed database, table and number of rows. */
    CONFIRMATION,
    /** The rows were counted, not long ago, and are still the same. */
    DRY_RUN,
    /** The rows were written to another file system, restored, and compared. */
    BACKUP,
    /** Intent and counts are on disk before anything is deleted, and what was deleted is what was planned. */
    JOURNAL
}
