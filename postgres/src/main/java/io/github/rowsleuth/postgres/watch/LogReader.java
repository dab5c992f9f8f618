package io.github.rowsleuth.postgres.watch;

import java.sql.SQLException;

/**
 * Reads deletions from the write-ahead log, which nothing but an unlogged table gets past. By itself, or beside the
 * triggers to check them.
 */
interface LogReader {

    /** Holds the log from here on. */
    void begin() throws SQLException;

    /** Ends what is read here: at a record that reached the disk, so that no commit before it is missed. */
    void seal() throws SQLException;

    /**
     * Reads from the beginning to the seal.
     *
     * @param before the catalogs when the watch began
     * @param after the catalogs since the seal
     */
    Testimony read(Catalog before, Catalog after) throws SQLException;
}
