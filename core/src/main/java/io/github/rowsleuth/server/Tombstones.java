package io.github.rowsleuth.server;

import java.util.List;

/**
 * Marks of files that were removed.
 *
 * @param all in a stable order
 */
public record Tombstones(List<Tombstone> all) {

    /** Copies the list. */
    public Tombstones {
        all = List.copyOf(all);
    }
}
