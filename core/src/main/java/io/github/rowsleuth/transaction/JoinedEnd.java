package io.github.rowsleuth.transaction;

import java.util.List;
import java.util.Optional;

/** How a transaction ended, by all that saw it. */
final class JoinedEnd {

    private final List<Sighting> sightings;

    JoinedEnd(List<Sighting> sightings) {
        this.sightings = sightings;
    }

    /** What was seen to end has ended: a source that shows it at work was asked earlier. */
    TransactionEnd end() {
        return sightings.stream()
                .map(s -> s.transaction().end())
                .filter(end -> end == TransactionEnd.COMMITTED || end == TransactionEnd.ABORTED)
                .findFirst()
                .or(() -> seen(TransactionEnd.PREPARED))
                .or(() -> seen(TransactionEnd.IN_PROGRESS))
                .orElse(TransactionEnd.UNKNOWN);
    }

    private Optional<TransactionEnd> seen(TransactionEnd end) {
        return first(end).map(s -> end);
    }

    private Optional<Sighting> first(TransactionEnd end) {
        return sightings.stream().filter(s -> s.transaction().end() == end).findFirst();
    }

    List<String> disagreements() {
        Optional<Sighting> committed = first(TransactionEnd.COMMITTED);
        Optional<Sighting> aborted = first(TransactionEnd.ABORTED);
        return committed.isPresent() && aborted.isPresent()
                ? List.of(
                        committed.get().by() + " it committed, " + aborted.get().by() + " it was rolled back")
                : List.of();
    }
}
