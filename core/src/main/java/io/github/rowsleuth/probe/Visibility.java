package io.github.rowsleuth.probe;

/**
 * Whether a source could have shown a successful deletion. "Not seen" only means "did not happen" where it could.
 *
 * @param degree how far
 * @param reason the setting or the observation that decides it
 */
public record Visibility(Degree degree, String reason) {

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
}
