package io.github.rowsleuth.hypothesis;

import io.github.rowsleuth.incident.TimeWindow;
import io.github.rowsleuth.probe.DatabaseIdentity;
import io.github.rowsleuth.probe.DeletionStats;
import io.github.rowsleuth.probe.TableCounters;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Tells for each table how far back its counters reach, and what keeps them from reaching further. */
final class CounterReaches {

    /** How long a server may take from its start to its first statistics. */
    private static final Duration START = Duration.ofSeconds(10);

    /** How long a database may wait for its first use, whose time is cut to the second; a reset so early takes nothing. */
    private static final Duration FIRST_USE = Duration.ofSeconds(3);

    private final DeletionStats stats;
    private final TimeWindow window;
    private final Optional<DatabaseIdentity> identity;

    CounterReaches(DeletionStats stats, TimeWindow window, Optional<DatabaseIdentity> identity) {
        this.stats = stats;
        this.window = window;
        this.identity = identity;
    }

    CounterReach of(TableCounters counters) {
        if (identity.filter(DatabaseIdentity::inRecovery).isPresent()) {
            return new CounterReach(
                    CounterReach.Extent.TOO_SHORT,
                    "the server is a standby, whose counters do not hold what was done on the primary");
        }
        Optional<Long> timeline = identity.flatMap(DatabaseIdentity::timeline).filter(t -> t > 1);
        if (timeline.isPresent()) {
            return promoted(timeline.get());
        }
        if (stats.validSince().filter(since -> !bornWith(since)).isEmpty() || addsUp(counters)) {
            return CounterReach.BEGINNING;
        }
        Instant since = since(counters, stats.validSince().get());
        return new CounterReach(extent(since), "its counters begin at " + since + ": " + cause());
    }

    private CounterReach.Extent extent(Instant since) {
        return reachesBackFrom(since) ? CounterReach.Extent.WINDOW : CounterReach.Extent.TOO_SHORT;
    }

    /** Nobody vacuums or analyzes on a standby: what has been was promoted before. */
    private CounterReach promoted(long timeline) {
        Optional<Instant> promotedBy =
                stats.tables().stream().flatMap(CounterReaches::maintained).min(Comparator.naturalOrder());
        Optional<Instant> since =
                promotedBy.map(by -> stats.validSince().filter(by::isBefore).orElse(by));
        return new CounterReach(
                since.map(this::extent).orElse(CounterReach.Extent.TOO_SHORT),
                "the cluster is on timeline " + timeline
                        + ", and what was counted before its promotion or restore stayed behind");
    }

    /**
     * Vacuum and analyze count the rows that are there. Where they found as many as the counters leave, the counters know of
     * every row, whenever those of another table were reset.
     */
    private static boolean addsUp(TableCounters counters) {
        return counters.lastMaintenance().isPresent()
                && counters.inserted() > 0
                && counters.live() == counters.inserted() - counters.deleted();
    }

    /** Before 15 the counters of a database begin, with a time of their own, when it is first used. */
    private boolean bornWith(Instant since) {
        return entered()
                && identity.flatMap(DatabaseIdentity::databaseCreated)
                        .filter(made -> stats.discarded()
                                .filter(made.plusSeconds(1)::isBefore)
                                .isEmpty())
                        .filter(made -> !since.isBefore(made) && since.isBefore(made.plus(FIRST_USE)))
                        .isPresent();
    }

    /** Whether counters that begin then saw the loss. */
    boolean reachBackTo(Instant since) {
        return bornWith(since) || reachesBackFrom(since);
    }

    /** Whether the rows were still there when the counters began. */
    private boolean reachesBackFrom(Instant since) {
        return window.notBefore().filter(seen -> !seen.isBefore(since)).isPresent();
    }

    /** A reset of one table moves the time of all; what maintenance left in the counters of another is older. */
    private static Instant since(TableCounters counters, Instant all) {
        return Stream.concat(maintained(counters), Stream.of(all))
                .min(Comparator.naturalOrder())
                .orElse(all);
    }

    private static Stream<Instant> maintained(TableCounters counters) {
        return Stream.of(
                        counters.lastVacuum(),
                        counters.lastAutovacuum(),
                        counters.lastAnalyze(),
                        counters.lastAutoanalyze())
                .flatMap(Optional::stream);
    }

    String cause() {
        Optional<Instant> lost = stats.discarded();
        boolean own = lost.isEmpty()
                || stats.validSince().filter(lost.get()::isBefore).isPresent();
        if (own) {
            return entered()
                    ? "a crash or a restore emptied them, the database was first used then, or those of it or of one of its"
                            + " tables were reset"
                    : "those of the database, or of one of its tables, were reset";
        }
        return startedThen(lost.get())
                ? "a crash, a restore or a promotion emptied them, or the server begins with empty ones at every start"
                : "a crash, a restore or a promotion emptied them";
    }

    /** Before 15 a database gets its statistics, and their time, when it is first used. */
    private boolean entered() {
        return identity.filter(i -> i.major() < 15).isPresent();
    }

    private boolean startedThen(Instant lost) {
        return identity.flatMap(DatabaseIdentity::serverStarted)
                .filter(start -> !lost.isBefore(start) && lost.isBefore(start.plus(START)))
                .isPresent();
    }
}
