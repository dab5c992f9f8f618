package io.github.rowsleuth.hypothesis;

import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.incident.TimeWindow;
import io.github.rowsleuth.probe.DatabaseIdentity;
import io.github.rowsleuth.probe.DeletionStats;
import io.github.rowsleuth.probe.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds what is true of the server and the database as a whole. */
final class Circumstances {

    private final TimeWindow window;
    private final Optional<DatabaseIdentity> identity;
    private final Optional<DeletionStats> stats;

    Circumstances(CaseFile file) {
        this.window = file.incident().window();
        this.identity = file.answer(Scope.class).map(Scope::database);
        this.stats = file.answer(DeletionStats.class);
    }

    List<Circumstance> all() {
        List<Circumstance> all = new ArrayList<>();
        identity.ifPresent(server -> {
            youngCluster(server).or(() -> youngDatabase(server)).ifPresent(all::add);
            restored(server).ifPresent(all::add);
            standby(server).ifPresent(all::add);
        });
        youngCounters().ifPresent(all::add);
        return all;
    }

    private Optional<Instant> afterTheRows(Optional<Instant> created) {
        return created.filter(c -> window.notBefore().filter(c::isAfter).isPresent());
    }

    private String seen() {
        return window.notBefore().map(s -> "the rows were there at " + s).orElse("");
    }

    /** A base backup keeps the identifier of its cluster, so that only initdb makes a cluster young. */
    private Optional<Circumstance> youngCluster(DatabaseIdentity server) {
        return afterTheRows(server.clusterCreated())
                .map(created -> new Circumstance(
                        Circumstance.Kind.CLUSTER_YOUNGER_THAN_DATA,
                        "initdb made this cluster at " + created + ", and " + seen() + ": they were in another cluster",
                        Moment.at(created)));
    }

    /** A base backup and a standby have young directories too, but came to the counters and the timeline they show. */
    private Optional<Circumstance> youngDatabase(DatabaseIdentity server) {
        boolean copied = server.inRecovery() || server.timeline().orElse(1L) > 1;
        return afterTheRows(server.databaseCreated())
                .filter(created -> !copied
                        && stats.flatMap(DeletionStats::discarded)
                                .filter(created.plusSeconds(1)::isBefore)
                                .isEmpty())
                .map(created -> new Circumstance(
                        Circumstance.Kind.DATABASE_YOUNGER_THAN_DATA,
                        "the database " + server.database() + " was made at " + created + ", and " + seen()
                                + ": they were in another database",
                        Moment.at(created)));
    }

    private static Optional<Circumstance> restored(DatabaseIdentity server) {
        return server.timeline()
                .filter(timeline -> timeline > 1)
                .map(timeline -> new Circumstance(
                        Circumstance.Kind.RESTORED_OR_PROMOTED,
                        "the cluster is on timeline " + timeline
                                + ": it was promoted, or restored to a point in time, and lacks what was written after it",
                        Moment.unknown()));
    }

    private static Optional<Circumstance> standby(DatabaseIdentity server) {
        return server.inRecovery()
                ? Optional.of(new Circumstance(
                        Circumstance.Kind.STANDBY,
                        "the server is a standby: it shows the rows of the primary, and counts only what it did itself",
                        Moment.unknown()))
                : Optional.empty();
    }

    private Optional<Circumstance> youngCounters() {
        if (stats.isEmpty() || identity.filter(DatabaseIdentity::inRecovery).isPresent()) {
            return Optional.empty();
        }
        CounterReaches reaches = new CounterReaches(stats.get(), window, identity);
        return stats.get()
                .validSince()
                .filter(since -> !reaches.reachBackTo(since))
                .map(since -> new Circumstance(
                        Circumstance.Kind.COUNTERS_TOO_YOUNG,
                        "the counters begin at " + since + ": " + reaches.cause(),
                        Moment.at(since)));
    }
}
