package io.github.rowsleuth.postgres.watch;

/** How a database is watched. */
public enum WatchMode {
    /**
     * By triggers on every table, event triggers, and the catalogs before and after: PostgreSQL 13 to 18, every
     * {@code wal_level}. The only one that knows statements, applications and rows.
     */
    TRIGGERS,
    /**
     * By triggers, held against the write-ahead log: what got past the triggers is found there. Needs a superuser; up to
     * PostgreSQL 14 also {@code wal_level = logical}.
     */
    STRICT,
    /**
     * By the write-ahead log and the catalogs: nothing is created in the database, and nobody can tell who deleted. Needs a
     * superuser; up to PostgreSQL 14 also {@code wal_level = logical}. Unlogged tables are a blind spot.
     */
    NO_FOOTPRINT
}
