package io.github.rowsleuth.logs;

import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.probe.DeletionCluster;
import io.github.rowsleuth.probe.ObservedStatement;
import io.github.rowsleuth.probe.StatementEnd;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gathers the deletions of one session that follow each other closely. What removed nothing is left out. */
final class Clusters {

    static final Duration PAUSE = Duration.ofSeconds(5);

    private final Map<Long, List<List<ObservedStatement>>> bySession = new LinkedHashMap<>();

    /** Adds a statement; those of one session come in the order of time. */
    void add(long session, ObservedStatement statement) {
        boolean removes = statement.statement().kind().removesRows()
                || statement.statement().kind().dropsTables();
        if (!removes || statement.end() == StatementEnd.FAILED || statement.end() == StatementEnd.ROLLED_BACK) {
            return;
        }
        List<List<ObservedStatement>> runs = bySession.computeIfAbsent(session, s -> new ArrayList<>());
        if (runs.isEmpty() || !follows(last(last(runs)).moment(), statement.moment())) {
            runs.add(new ArrayList<>());
        }
        last(runs).add(statement);
    }

    private static <T> T last(List<T> list) {
        return list.get(list.size() - 1);
    }

    private static boolean follows(Moment before, Moment after) {
        return before.latest().isPresent()
                && after.latest().isPresent()
                && !after.latest().get().isAfter(before.latest().get().plus(PAUSE));
    }

    /** {@return the groups of two and more, in the order of time} */
    List<DeletionCluster> all() {
        return bySession.values().stream()
                .flatMap(Collection::stream)
                .filter(run -> run.size() > 1)
                .map(Clusters::cluster)
                .sorted(Comparator.comparing(DeletionCluster::span))
                .toList();
    }

    private static DeletionCluster cluster(List<ObservedStatement> run) {
        Instant from = run.get(0).moment().earliest().orElse(Instant.MIN);
        Instant to = last(run).moment().latest().orElse(Instant.MAX);
        List<TableName> tables = run.stream()
                .flatMap(s -> s.statement().tables().stream())
                .distinct()
                .sorted()
                .toList();
        return new DeletionCluster(Moment.between(from, to), tables, run);
    }
}
