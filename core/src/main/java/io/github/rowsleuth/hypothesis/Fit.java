package io.github.rowsleuth.hypothesis;

import java.util.List;
import java.util.Optional;

/**
 * How one suspect fits.
 *
 * @param candidate the suspect
 * @param against what rules it out; empty where it fits
 * @param part the act that it fits, where several acts made up the loss and it fits not all of them
 * @param joins what ties it to the loss
 * @param doubts what lowers it without ruling it out
 */
record Fit(Candidate candidate, List<Argument> against, Optional<Act> part, List<Join> joins, List<Argument> doubts) {

    Suspect suspect() {
        return candidate.suspect();
    }

    /** Whether it fits and would do it itself. */
    boolean direct() {
        return against.isEmpty() && !suspect().indirect();
    }

    boolean code() {
        return !candidate.seen() && !candidate.counted();
    }

    boolean joined(Join.Kind kind, Join.Strength atLeast) {
        return joins.stream().anyMatch(j -> j.kind() == kind && j.strength().compareTo(atLeast) >= 0);
    }

    /** Whether both could have done it, and the other is not needed. */
    boolean competesWith(Fit other) {
        return direct() && !other.equals(this) && other.part().equals(part);
    }
}
