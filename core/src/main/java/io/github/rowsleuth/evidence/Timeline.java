package io.github.rowsleuth.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * The evidence that has a time, in order; of two with the same latest bound, the one with the earlier lower bound first.
 *
 * @param entries the evidence
 */
public record Timeline(List<Evidence> entries) {

    /** Copies the list. */
    public Timeline {
        entries = List.copyOf(entries);
    }

    /**
     * {@return the timeline of everything in there that has a time}
     *
     * @param evidence evidence in any order
     */
    public static Timeline of(List<Evidence> evidence) {
        return new Timeline(evidence.stream()
                .filter(e -> !e.moment().equals(Moment.unknown()))
                .sorted(Comparator.comparing(Evidence::moment).thenComparing(Evidence::id))
                .toList());
    }

    /**
     * {@return what can have happened around that instant}
     *
     * @param instant the instant
     * @param distance how far to look to either side
     */
    public Timeline around(Instant instant, Duration distance) {
        Moment around = Moment.at(instant, distance);
        return new Timeline(
                entries.stream().filter(e -> e.moment().overlaps(around)).toList());
    }

    /**
     * {@return what can have happened around that instant}
     *
     * @param instant the instant, ISO 8601 with a zone
     * @param distance how far to look to either side
     */
    public Timeline around(String instant, Duration distance) {
        return around(Instant.parse(instant), distance);
    }
}
