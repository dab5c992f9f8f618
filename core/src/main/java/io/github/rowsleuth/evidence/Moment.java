package io.github.rowsleuth.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * When something happened, as precisely as the source knows and no more.
 *
 * @param earliest it did not happen before this instant; empty where nothing bounds it
 * @param latest it did not happen after this instant; empty where nothing bounds it
 */
public record Moment(Optional<Instant> earliest, Optional<Instant> latest) implements Comparable<Moment> {

    private static final Moment UNKNOWN = new Moment(Optional.empty(), Optional.empty());

    private static final Comparator<Moment> ORDER = Comparator.comparing(
                    (Moment m) -> m.latest().or(m::earliest).orElse(Instant.MAX))
            .thenComparing(m -> m.earliest().orElse(Instant.MIN));

    /** Refuses bounds in the wrong order. */
    public Moment {
        if (earliest.isPresent() && latest.isPresent() && latest.get().isBefore(earliest.get())) {
            throw new IllegalArgumentException(
                    "a moment can not end (" + latest.get() + ") before it begins (" + earliest.get() + ")");
        }
    }

    /**
     * {@return exactly that instant}
     *
     * @param instant when it happened
     */
    public static Moment at(Instant instant) {
        return between(instant, instant);
    }

    /**
     * {@return that instant, give or take the precision}
     *
     * @param instant when it happened
     * @param precision how far the source can be off, to either side
     */
    public static Moment at(Instant instant, Duration precision) {
        return between(instant.minus(precision), instant.plus(precision));
    }

    /**
     * {@return some time between two instants}
     *
     * @param earliest the lower bound
     * @param latest the upper bound
     */
    public static Moment between(Instant earliest, Instant latest) {
        return new Moment(Optional.of(earliest), Optional.of(latest));
    }

    /**
     * {@return any time from that instant on}
     *
     * @param earliest the lower bound
     */
    public static Moment notBefore(Instant earliest) {
        return new Moment(Optional.of(earliest), Optional.empty());
    }

    /**
     * {@return any time up to that instant}
     *
     * @param latest the upper bound
     */
    public static Moment notAfter(Instant latest) {
        return new Moment(Optional.empty(), Optional.of(latest));
    }

    /** {@return a moment that nothing bounds} */
    public static Moment unknown() {
        return UNKNOWN;
    }

    /**
     * {@return the part of this moment that also lies in the other; this moment where they do not meet}
     *
     * @param other another bound on the same event
     */
    public Moment narrowedBy(Moment other) {
        return overlaps(other) ? new Moment(later(earliest, other.earliest), earlier(latest, other.latest)) : this;
    }

    /**
     * {@return whether both can be the same moment}
     *
     * @param other another moment
     */
    public boolean overlaps(Moment other) {
        return !precedes(other) && !other.precedes(this);
    }

    private boolean precedes(Moment other) {
        return latest.isPresent() && other.earliest.isPresent() && latest.get().isBefore(other.earliest.get());
    }

    private static Optional<Instant> later(Optional<Instant> a, Optional<Instant> b) {
        return a.isPresent() && b.isPresent() ? (a.get().isAfter(b.get()) ? a : b) : a.or(() -> b);
    }

    private static Optional<Instant> earlier(Optional<Instant> a, Optional<Instant> b) {
        return a.isPresent() && b.isPresent() ? (a.get().isBefore(b.get()) ? a : b) : a.or(() -> b);
    }

    @Override
    public int compareTo(Moment other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        if (earliest.equals(latest)) {
            return earliest.map(Instant::toString).orElse("unknown");
        }
        String from = earliest.map(i -> "after " + i).orElse("");
        String to = latest.map(i -> "before " + i).orElse("");
        return from + (from.isEmpty() || to.isEmpty() ? "" : ", ") + to;
    }
}
