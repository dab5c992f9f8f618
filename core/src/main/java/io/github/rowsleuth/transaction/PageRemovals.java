package io.github.rowsleuth.transaction;

import io.github.rowsleuth.evidence.Moment;
import java.time.Instant;
import java.util.Optional;

/**
 * What may have taken deleted rows off the pages of a table, so that the pages show fewer than were deleted.
 *
 * @param lastVacuum the last vacuum that the statistics know
 * @param vacuumsKnownSince the statistics know of every vacuum from this instant on; empty where they always did
 * @param newFileSince the transaction that gave the table a new file, epoch included
 */
public record PageRemovals(
        Optional<Instant> lastVacuum, Optional<Instant> vacuumsKnownSince, Optional<Long> newFileSince) {

    /** Of a table nobody knows anything of. */
    static final PageRemovals UNKNOWN = new PageRemovals(Optional.empty(), Optional.of(Instant.MAX), Optional.empty());

    /** Why the pages can lack rows that this transaction deleted; empty if nothing is known that takes them away. */
    Optional<String> since(long xid, Moment ended) {
        if (newFileSince.filter(file -> file > xid).isPresent()) {
            return newFileSince.map(file -> "transaction " + file + " gave the table a new file");
        }
        Optional<Instant> from = ended.earliest();
        if (lastVacuum.filter(v -> from.isEmpty() || v.isAfter(from.get())).isPresent()) {
            return lastVacuum.map(v -> "the table was vacuumed at " + v);
        }
        boolean forgotten = vacuumsKnownSince
                .filter(since -> from.isEmpty() || since.isAfter(from.get()))
                .isPresent();
        return forgotten ? Optional.of("nothing tells whether the table was vacuumed since") : Optional.empty();
    }
}
