package io.github.rowsleuth.postgres.watch;

import io.github.rowsleuth.probe.Gap;

/**
 * Something that the watch could not see.
 *
 * @param gap what it was, what can therefore not be known, and what would open it
 * @param hidesLosses whether a committed deletion can have been missed; if not, only attempts, authors or numbers can
 */
public record BlindSpot(Gap gap, boolean hidesLosses) {

    @Override
    public String toString() {
        return gap.toString();
    }
}
