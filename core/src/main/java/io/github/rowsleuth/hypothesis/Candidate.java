package io.github.rowsleuth.hypothesis;

import io.github.rowsleuth.evidence.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * A suspect before it is weighed.
 *
 * @param suspect the suspect
 * @param origin what it was made from
 */
record Candidate(Suspect suspect, Origin origin) {

    private static final Duration PROMPT = Duration.ofSeconds(10);

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
        Duration longest = longest(log);
        return new Moment(
                moment.earliest().map(e -> e.minus(longest)),
                moment.latest().map(l -> l.plus(longest).plus(ClockSkew.LONGEST)));
    }

    /** By when it has ended if it committed by itself, where it was seen, and its duration is known or short. */
    Optional<Instant> promptEnd() {
        return origin instanceof Origin.Seen log
                ? suspect.moment().latest().map(l -> l.plus(longest(log)).plus(PROMPT))
                : Optional.empty();
    }

    private static Duration longest(Origin.Seen log) {
        return log.statements().stream()
                .flatMap(s -> s.duration().stream())
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    boolean counted() {
        return origin instanceof Origin.Counted;
    }
}
