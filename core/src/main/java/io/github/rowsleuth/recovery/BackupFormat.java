package io.github.rowsleuth.recovery;

/** How a backup is written (PostgreSQL documentation, "Backup and Restore"). */
public enum BackupFormat {
    /** {@code pg_dump -Fc}. */
    CUSTOM,
    /** {@code pg_dump -Fd}. */
    DIRECTORY,
    /** {@code pg_dump -Ft}. */
    TAR,
    /** A script of {@code pg_dump} or {@code pg_dumpall}. */
    PLAIN,
    /** A copy of the whole cluster by {@code pg_basebackup}: the base for recovery to a point in time. */
    BASE
}
