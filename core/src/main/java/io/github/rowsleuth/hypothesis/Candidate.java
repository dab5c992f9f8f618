package io.github.rowsleuth.hypothesis;

import io.github.rowsleuth.evidence.Moment;
import java.time.Duration;
import java.util.Comparator;

/**
 * A suspect before it is weighed.
 *
 * @param suspect the suspect
 * @param origin what it was made from
 */
record Candidate(Suspect suspect, Origin origin) {

    boolean seen() {
        return origin instanceof Origin.Seen;
    }

    /**
     * When what it did can have ended. A log dates the beginning of a statement, and a transaction ends with its commit; where
     * the log only writes once the statement is done, it has begun as much earlier as it took.
     */
    Moment ending() {
        Moment moment = suspect.moment();
        if (!(origin instanceof Origin.Seen log)) {
            return moment;
        }
        Duration longest = log.statements().stream()
                .flatMap(s -> s.duration().stream())
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        return new Moment(
                moment.earliest().map(e -> e.minus(longest)),
                moment.latest().map(l -> l.plus(longest).plus(ClockSkew.LONGEST)));
    }

    boolean counted() {
        return origin instanceof Origin.Counted;
    }
}
