package io.github.rowsleuth.recovery;

import java.util.List;

/**
 * The backups that were found.
 *
 * @param all by path
 * @param archives the archives of the write-ahead log beside them
 */
public record Backups(List<Backup> all, List<LogArchive> archives) {

    /** Copies the lists. */
    public Backups {
        all = List.copyOf(all);
        archives = List.copyOf(archives);
    }

    /**
     * Backups without an archive of the log.
     *
     * @param all by path
     */
    public Backups(List<Backup> all) {
        this(all, List.of());
    }
}
