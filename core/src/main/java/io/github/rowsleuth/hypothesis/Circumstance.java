package io.github.rowsleuth.hypothesis;

import io.github.rowsleuth.evidence.Moment;

/**
 * Something that is true of the server or the database as a whole, and decides or limits what can be said of its tables.
 *
 * @param kind what sort of thing
 * @param claim the fact and what follows from it, in one sentence without a full stop
 * @param moment when it came about
 */
public record Circumstance(Kind kind, String claim, Moment moment) {

    /** What sort of thing. */
    public enum Kind {
        /** {@code initdb} made the cluster after the rows were last seen: they were in another one. */
        CLUSTER_YOUNGER_THAN_DATA,
        /** The database was made after the rows were last seen: they were in another one. */
        DATABASE_YOUNGER_THAN_DATA,
        /** The cluster was promoted, or restored to a point in time: what was written after that point is not in it. */
        RESTORED_OR_PROMOTED,
        /** The server is a standby: its rows are those of the primary, its counters are its own. */
        STANDBY,
        /** The counters do not reach back to the loss. */
        COUNTERS_TOO_YOUNG,
        /** A log and the server date the same transaction differently. */
        CLOCKS_DISAGREE
    }
}
