package io.github.rowsleuth.probe;

import io.github.rowsleuth.evidence.Moment;
import java.util.List;

/**
 * Whether a source could have shown a successful deletion. "Not seen" only means "did not happen" where it could.
 *
 * @param degree how far
 * @param reason the setting or the observation that decides it
 * @param timeline from when to when it could show how much, in the order of time; empty where the source does not tell
 */
public record Visibility(Degree degree, String reason, List<Stretch> timeline) {

    /** How far. */
    public enum Degree {
        /** Every top-level statement would have left a line. */
        SHOWS,
        /** Some kinds of statements, or a part of the time. */
        PARTLY,
        /** A successful deletion leaves no line. */
        BLIND,
        /** Nothing in the source tells. */
        UNKNOWN
    }

    /**
     * A time in which the same was visible.
     *
     * @param span from when to when
     * @param degree how far
     * @param reason the setting or the observation that decides it, or what is missing
     * @param remedy the setting that would have shown a deletion, empty where all were shown
     */
    public record Stretch(Moment span, Degree degree, String reason, String remedy) {}

    /** Copies the list. */
    public Visibility {
        timeline = List.copyOf(timeline);
    }

    /**
     * Makes an answer that holds for the whole time.
     *
     * @param degree how far
     * @param reason the setting or the observation that decides it
     */
    public Visibility(Degree degree, String reason) {
        this(degree, reason, List.of());
    }
}
