package io.github.rowsleuth.probe;

/**
 * How fast evidence vanishes, the fastest first (the order of volatility of RFC 3227, section 2.1). The runner starts
 * no probe before those of a more volatile rank have ended, except {@link #REPOSITORY}, which nothing of a server can
 * harm and which therefore runs beside all of them.
 */
public enum Volatility {
    /** What only a running server holds: sessions, locks, snapshots. */
    MEMORY,
    /** Cumulative statistics, lost in a crash or by a reset. */
    COUNTERS,
    /** Dead rows on their pages, until vacuum or an ordinary read prunes them. */
    PAGES,
    /** System catalogs. */
    CATALOG,
    /** Write-ahead log, until it is recycled. */
    WAL,
    /** Log files, until they are rotated away. */
    LOG,
    /** Repositories, which live long. */
    REPOSITORY,
    /** Anything that reads user tables: last, because it destroys. The default for probes that do not say better. */
    SCAN
}
