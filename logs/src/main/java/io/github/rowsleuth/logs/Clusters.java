package io.github.rowsleuth.logs;

import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.probe.DeletionCluster;
import io.github.rowsleuth.probe.ObservedStatement;
import io.github.rowsleuth.probe.StatementEnd;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Gathers deletions that belong together: of one session or one transaction that follow each other closely, and of the
 * same text that one user sends through a connection each. What removed nothing is left out.
 *
 * <p>The order of the log counts, not that of its clock, which can jump.
 */
final class Clusters {

    static final Duration PAUSE = Duration.ofSeconds(5);

    private final IdentityHashMap<Object, List<List<ObservedStatement>>> bySession = new IdentityHashMap<>();
    private final List<List<ObservedStatement>> runs = new ArrayList<>();

    /**
     * Adds a statement; all come in the order of the log.
     *
     * @param session tells the session from others
     * @param statement the statement
     */
    void add(Object session, ObservedStatement statement) {
        boolean removes = statement.statement().kind().removesRows()
                || statement.statement().kind().dropsTables();
        if (!removes || statement.end() == StatementEnd.FAILED || statement.end() == StatementEnd.ROLLED_BACK) {
            return;
        }
        List<List<ObservedStatement>> own = bySession.computeIfAbsent(session, s -> new ArrayList<>());
        if (own.isEmpty() || !follows(last(last(own)), statement)) {
            List<ObservedStatement> run = new ArrayList<>();
            own.add(run);
            runs.add(run);
        }
        last(own).add(statement);
    }

    private static <T> T last(List<T> list) {
        return list.get(list.size() - 1);
    }

    private static boolean follows(ObservedStatement before, ObservedStatement after) {
        return sameTransaction(before, after) || isClose(before.moment(), after.moment());
    }

    private static boolean sameTransaction(ObservedStatement before, ObservedStatement after) {
        boolean real = before.transaction().isPresent() && before.transaction().equals(after.transaction());
        boolean virtual = before.virtualTransaction().isPresent()
                && before.virtualTransaction().equals(after.virtualTransaction());
        return real || virtual;
    }

    private static boolean isClose(Moment before, Moment after) {
        Optional<Instant> a = before.latest();
        Optional<Instant> b = after.latest();
        return a.isPresent()
                && b.isPresent()
                && Duration.between(a.get(), b.get()).abs().compareTo(PAUSE) <= 0;
    }

    /** {@return the groups of two and more, in the order of time} */
    List<DeletionCluster> all() {
        Stream<List<ObservedStatement>> ofSessions = runs.stream().filter(run -> run.size() > 1);
        return Stream.concat(ofSessions, pooled().stream())
                .map(Clusters::cluster)
                .sorted(Comparator.comparing(DeletionCluster::span))
                .toList();
    }

    /** One text from many connections: a pool, or a program that connects anew for every row. */
    private List<List<ObservedStatement>> pooled() {
        Map<Object, List<List<ObservedStatement>>> byText = new LinkedHashMap<>();
        for (List<ObservedStatement> run : runs) {
            if (run.size() == 1) {
                ObservedStatement single = run.get(0);
                Object key = List.of(
                        single.user(),
                        single.database(),
                        single.application(),
                        single.text().text());
                List<List<ObservedStatement>> same = byText.computeIfAbsent(key, k -> new ArrayList<>());
                if (same.isEmpty() || !isClose(last(last(same)).moment(), single.moment())) {
                    same.add(new ArrayList<>());
                }
                last(same).add(single);
            }
        }
        return byText.values().stream()
                .flatMap(List::stream)
                .filter(run -> run.size() > 1)
                .toList();
    }

    private static DeletionCluster cluster(List<ObservedStatement> run) {
        List<ObservedStatement> inTime = run.stream()
                .sorted(Comparator.comparing(ObservedStatement::moment))
                .toList();
        List<TableName> tables = run.stream()
                .flatMap(s -> s.statement().tables().stream())
                .distinct()
                .sorted()
                .toList();
        return new DeletionCluster(span(inTime), tables, inTime);
    }

    private static Moment span(List<ObservedStatement> run) {
        Optional<Instant> from = run.stream()
                .map(s -> s.moment().earliest().orElse(null))
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder());
        Optional<Instant> to = run.stream()
                .map(s -> s.moment().latest().orElse(null))
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder());
        return from.isPresent() && to.isPresent() ? Moment.between(from.get(), to.get()) : Moment.unknown();
    }
}
