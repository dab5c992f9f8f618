package io.github.rowsleuth.transaction;

import io.github.rowsleuth.evidence.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** When a transaction began and ended, as narrowly as all that saw it allow together. */
final class JoinedTimes {

    /** What dates a transaction where no source does. */
    static final String CLOCK = "the order of transaction ids";

    private static final Duration FOREVER = Duration.ofSeconds(Long.MAX_VALUE);

    private final List<Sighting> dated;
    private final Moment assigned;
    private final Moment started;
    private final List<String> disagreements = new ArrayList<>();
    private final Moment ended;

    JoinedTimes(long xid, List<Sighting> sightings, Moment assigned) {
        this.assigned = assigned;
        Moment begun = assigned;
        for (Sighting sighting : sightings) {
            Moment own = sighting.transaction().started();
            // A subtransaction begins later than its parent, nobody knows how much.
            boolean whole = sighting.transaction().xid() == xid;
            begun = begun.narrowedBy(whole ? own : new Moment(Optional.empty(), own.latest()));
        }
        this.started = begun;
        this.dated = sightings.stream()
                .filter(s -> !s.transaction().ended().equals(Moment.unknown()))
                .sorted(Comparator.comparing(s -> width(s.transaction().ended())))
                .toList();
        this.ended = narrowed();
    }

    /** The narrowest first, and each other only where it does not contradict. */
    private Moment narrowed() {
        Moment all =
                dated.isEmpty() ? Moment.unknown() : dated.get(0).transaction().ended();
        for (Sighting sighting : dated) {
            Moment own = sighting.transaction().ended();
            if (all.overlaps(own)) {
                all = all.narrowedBy(own);
            } else {
                disagreements.add(dated.get(0).by() + " it ended "
                        + dated.get(0).transaction().ended() + ", " + sighting.by() + " " + own);
            }
        }
        return afterTheStart(all);
    }

    private Moment afterTheStart(Moment end) {
        return started.earliest()
                .map(from -> end.narrowedBy(Moment.notBefore(from)))
                .orElse(end);
    }

    private static Duration width(Moment moment) {
        return moment.earliest().isPresent() && moment.latest().isPresent()
                ? Duration.between(moment.earliest().get(), moment.latest().get())
                : FOREVER;
    }

    Moment started() {
        return started;
    }

    Moment ended() {
        return ended;
    }

    Optional<String> datedBy() {
        if (dated.isEmpty()) {
            return assigned.equals(Moment.unknown()) ? Optional.empty() : Optional.of(CLOCK);
        }
        return Optional.of(dated.get(0).source().sourceName());
    }

    List<String> disagreements() {
        return disagreements;
    }
}
