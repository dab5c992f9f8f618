package io.github.rowsleuth.recovery;

import java.util.List;

/**
 * The backups that were found.
 *
 * @param all by path
 */
public record Backups(List<Backup> all) {

    /** Copies the list. */
    public Backups {
        all = List.copyOf(all);
    }
}
