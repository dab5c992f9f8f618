package io.github.rowsleuth.hypothesis;

import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.probe.ObservedStatement;
import io.github.rowsleuth.probe.Statements;
import io.github.rowsleuth.transaction.RemovingTransaction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Holds the times of a log against those that the server itself keeps of the same transactions. A local time that passes
 * for UTC is off by whole quarters of an hour, as time zones are; another difference is a clock that goes wrong.
 */
final class ClockSkew {

    private static final Duration QUARTER = Duration.ofMinutes(15);
    private static final Duration FURTHEST_ZONE = Duration.ofHours(14);

    /** From the beginning of a statement, which a log dates, to the commit, which the server dates. */
    static final Duration LONGEST = Duration.ofMinutes(2);

    private ClockSkew() {}

    static Optional<Circumstance> between(CaseFile file, List<RemovingTransaction> transactions) {
        return file.answers(Statements.class).stream()
                .flatMap(s -> s.seen().stream())
                .flatMap(s -> transactions.stream()
                        .filter(t -> Joins.sameTransaction(s, t.xid()))
                        .flatMap(t -> apart(s, t).stream()))
                .findFirst();
    }

    private static Optional<Circumstance> apart(ObservedStatement seen, RemovingTransaction transaction) {
        Optional<Instant> written = point(seen.moment());
        Optional<Instant> ended = point(transaction.ended());
        if (written.isEmpty() || ended.isEmpty()) {
            return Optional.empty();
        }
        Duration ahead = Duration.between(ended.get(), written.get());
        if (ahead.compareTo(LONGEST.negated()) > 0 && ahead.compareTo(LONGEST) < 0) {
            return Optional.empty();
        }
        return Optional.of(new Circumstance(
                Circumstance.Kind.CLOCKS_DISAGREE,
                "a log dates transaction " + transaction.xid() + " at " + written.get() + ", and "
                        + transaction.datedBy().orElse("the server") + " at " + ended.get() + ": " + reading(ahead),
                Moment.unknown()));
    }

    private static Optional<Instant> point(Moment moment) {
        return moment.earliest()
                .filter(e -> moment.latest()
                        .filter(l -> Duration.between(e, l).compareTo(LONGEST) < 0)
                        .isPresent());
    }

    private static String reading(Duration ahead) {
        long quarters = Math.round(ahead.toMillis() / (double) QUARTER.toMillis());
        Duration zone = QUARTER.multipliedBy(quarters);
        boolean zoned = quarters != 0
                && zone.abs().compareTo(FURTHEST_ZONE) <= 0
                && ahead.minus(zone).abs().compareTo(LONGEST) < 0;
        return zoned
                ? "the log writes local time, " + zone.toString().substring(2).toLowerCase(Locale.ROOT)
                        + " from what was taken for its zone"
                : "one of the clocks is wrong";
    }
}
