package io.github.rowsleuth.transaction;

import io.github.rowsleuth.evidence.Moment;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Tells the time by transaction ids. They are assigned in order (src/backend/access/transam/varsup.c,
 * GetNewTransactionId), so an id was assigned no earlier than any smaller one, and no later than any greater one. Where
 * neither the log nor a commit timestamp dates a transaction, its neighbours do.
 *
 * <p>A wrong anchor would date everything wrongly, so those that contradict each other (a clock was set back, a row was
 * updated) are left out: the moment becomes wider, never false. They are listed in {@link #contradictory()}.
 *
 * <p>Immutable.
 */
public final class XidClock {

    private static final Comparator<XidAnchor> ORDER = Comparator.comparingLong(XidAnchor::xid)
            .thenComparing(XidAnchor::assigned)
            .thenComparing(XidAnchor::source);

    /** The latest of the lower bounds up to each id. */
    private final NavigableMap<Long, Instant> notBefore;
    /** The earliest of the upper bounds from each id on. */
    private final NavigableMap<Long, Instant> notAfter;

    private final List<XidAnchor> contradictory;

    private XidClock(
            NavigableMap<Long, Instant> notBefore,
            NavigableMap<Long, Instant> notAfter,
            List<XidAnchor> contradictory) {
        this.notBefore = notBefore;
        this.notAfter = notAfter;
        this.contradictory = contradictory;
    }

    /**
     * {@return the clock that those anchors make}
     *
     * @param anchors dated ids from any sources, in any order; none make a clock that knows nothing
     */
    public static XidClock of(Collection<XidAnchor> anchors) {
        List<XidAnchor> sorted = anchors.stream().sorted(ORDER).distinct().toList();
        NavigableMap<Long, Instant> lower = latestUpTo(sorted);
        NavigableMap<Long, Instant> upper = earliestFrom(sorted);
        List<XidAnchor> disputed =
                sorted.stream().filter(a -> contradicted(a, lower, upper)).toList();
        if (disputed.isEmpty()) {
            return new XidClock(lower, upper, disputed);
        }
        List<XidAnchor> sound =
                sorted.stream().filter(a -> !contradicted(a, lower, upper)).toList();
        return new XidClock(latestUpTo(sound), earliestFrom(sound), disputed);
    }

    private static NavigableMap<Long, Instant> latestUpTo(List<XidAnchor> sorted) {
        NavigableMap<Long, Instant> bounds = new TreeMap<>();
        Instant latest = Instant.MIN;
        for (XidAnchor anchor : sorted) {
            Instant bound = anchor.assigned().earliest().orElse(Instant.MIN);
            if (bound.isAfter(latest)) {
                latest = bound;
                bounds.put(anchor.xid(), latest);
            }
        }
        return bounds;
    }

    private static NavigableMap<Long, Instant> earliestFrom(List<XidAnchor> sorted) {
        NavigableMap<Long, Instant> bounds = new TreeMap<>();
        Instant earliest = Instant.MAX;
        for (int i = sorted.size() - 1; i >= 0; i--) {
            Instant bound = sorted.get(i).assigned().latest().orElse(Instant.MAX);
            if (bound.isBefore(earliest)) {
                earliest = bound;
                bounds.put(sorted.get(i).xid(), earliest);
            }
        }
        return bounds;
    }

    private static boolean contradicted(
            XidAnchor anchor, NavigableMap<Long, Instant> lower, NavigableMap<Long, Instant> upper) {
        Moment said = anchor.assigned();
        boolean tooLate = bound(upper.ceilingEntry(anchor.xid()))
                .filter(latest -> said.earliest().filter(latest::isBefore).isPresent())
                .isPresent();
        boolean tooEarly = bound(lower.floorEntry(anchor.xid()))
                .filter(earliest -> said.latest().filter(earliest::isAfter).isPresent())
                .isPresent();
        return tooLate || tooEarly;
    }

    private static Optional<Instant> bound(Map.@org.jspecify.annotations.Nullable Entry<Long, Instant> entry) {
        return Optional.ofNullable(entry).map(Map.Entry::getValue);
    }

    /**
     * {@return when that id was assigned, which is when its transaction first wrote; unbounded where no anchor tells}
     *
     * @param xid a transaction id, epoch included
     */
    public Moment assigned(long xid) {
        return new Moment(bound(notBefore.floorEntry(xid)), bound(notAfter.ceilingEntry(xid)));
    }

    /** {@return the anchors that can not all be true, by id; the clock does without them} */
    public List<XidAnchor> contradictory() {
        return contradictory;
    }
}
