package io.github.rowsleuth.transaction;

import io.github.rowsleuth.incident.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Joins what several sources show of the same transactions. A pure function: equal sources give equal transactions. A
 * source that shows a subtransaction by itself is folded into its parent where another source knows the two belong
 * together.
 */
public final class TransactionJoin {

    private final List<TransactionSource> sources;
    private final Map<TableName, PageRemovals> removals;
    private final XidClock clock;

    private TransactionJoin(List<TransactionSource> sources, XidClock clock, Map<TableName, PageRemovals> removals) {
        this.sources = sources;
        this.clock = clock;
        this.removals = removals;
    }

    /**
     * {@return every transaction that a source shows, by id}
     *
     * @param sources the sources, the most trusted first
     * @param clock dates what no source dates; mostly made of the anchors of the same sources
     * @param removals what may have taken deleted rows off the pages, by table
     */
    public static List<RemovingTransaction> of(
            List<TransactionSource> sources, XidClock clock, Map<TableName, PageRemovals> removals) {
        return new TransactionJoin(sources, clock, removals).joined();
    }

    private List<RemovingTransaction> joined() {
        Families families = new Families(sources);
        Map<Long, List<Sighting>> groups = new TreeMap<>();
        for (int rank = 0; rank < sources.size(); rank++) {
            for (ObservedTransaction transaction : sources.get(rank).transactions()) {
                groups.computeIfAbsent(families.topOf(transaction.xid()), top -> new ArrayList<>())
                        .add(new Sighting(rank, sources.get(rank), transaction));
            }
        }
        List<RemovingTransaction> joined = new ArrayList<>(groups.size());
        groups.forEach((top, sightings) -> joined.add(join(top, sightings)));
        return joined;
    }

    private RemovingTransaction join(long xid, List<Sighting> sightings) {
        JoinedEnd end = new JoinedEnd(sightings);
        JoinedTimes times = new JoinedTimes(xid, sightings, clock.assigned(xid));
        JoinedEffects effects = new JoinedEffects(xid, sightings, times.ended(), removals);
        return RemovingTransaction.builder()
                .xid(xid)
                .subtransactions(subtransactions(xid, sightings))
                .end(end.end())
                .effects(effects.all())
                .started(times.started())
                .ended(times.ended())
                .datedBy(times.datedBy())
                .firstLsn(first(sightings, ObservedTransaction::firstLsn))
                .endLsn(ends(xid, sightings))
                .gid(any(sightings, ObservedTransaction::gid))
                .sources(sightings.stream()
                        .map(s -> s.source().sourceName())
                        .distinct()
                        .toList())
                .addAllDisagreements(end.disagreements())
                .addAllDisagreements(times.disagreements())
                .addAllDisagreements(effects.disagreements())
                .remarks(effects.remarks())
                .evidence(sightings.stream()
                        .flatMap(s -> s.transaction().evidence().stream())
                        .distinct()
                        .toList())
                .build();
    }

    private static List<Long> subtransactions(long xid, List<Sighting> sightings) {
        TreeSet<Long> subs = new TreeSet<>();
        for (Sighting sighting : sightings) {
            subs.add(sighting.transaction().xid());
            subs.addAll(sighting.transaction().subtransactions());
        }
        subs.remove(xid);
        return List.copyOf(subs);
    }

    private static <T extends Comparable<T>> Optional<T> first(
            List<Sighting> sightings, Function<ObservedTransaction, Optional<T>> value) {
        return sightings.stream()
                .flatMap(s -> value.apply(s.transaction()).stream())
                .min(Comparable::compareTo);
    }

    /** A subtransaction that a source shows by itself has no record of the end of its parent. */
    private static Optional<Lsn> ends(long xid, List<Sighting> sightings) {
        return any(sightings.stream().filter(s -> s.transaction().xid() == xid).toList(), ObservedTransaction::endLsn);
    }

    private static <T> Optional<T> any(List<Sighting> sightings, Function<ObservedTransaction, Optional<T>> value) {
        return sightings.stream()
                .map(s -> value.apply(s.transaction()))
                .flatMap(Optional::stream)
                .findFirst();
    }
}
