package io.github.rowsleuth.transaction;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.transaction.RemovingTransaction.Count;
import io.github.rowsleuth.transaction.RemovingTransaction.Effect;
import io.github.rowsleuth.transaction.TableEffect.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What a transaction did to each table, by all that saw it, and where their counts differ. */
final class JoinedEffects {

    /** What {@code pg_class} can not tell apart; another source says which it was. */
    private static final List<Kind> BEHIND_ALTERED =
            List.of(Kind.TRUNCATED, Kind.DROPPED, Kind.REWRITTEN, Kind.CREATED, Kind.COLUMN_DROPPED);

    private final long xid;
    private final List<Sighting> sightings;
    private final Moment ended;
    private final Map<TableName, PageRemovals> removals;
    private final List<Effect> all = new ArrayList<>();
    private final List<String> disagreements = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();

    JoinedEffects(long xid, List<Sighting> sightings, Moment ended, Map<TableName, PageRemovals> removals) {
        this.xid = xid;
        this.sightings = sightings;
        this.ended = ended;
        this.removals = removals;
        byRelation().forEach(this::join);
    }

    List<Effect> all() {
        return all;
    }

    List<String> disagreements() {
        return disagreements;
    }

    List<String> remarks() {
        return remarks;
    }

    /** An effect with the source that shows it, and where. */
    private record Shown(TransactionSource source, TableEffect effect, List<EvidenceId> evidence) {

        /** Rows of several subtransactions add up within their source. */
        Shown and(Shown other) {
            Optional<Long> rows =
                    effect.rows().isPresent() && other.effect.rows().isPresent()
                            ? Optional.of(rows() + other.rows())
                            : effect.rows().or(other.effect::rows);
            return new Shown(
                    source,
                    new TableEffect(effect.table(), effect.relation(), effect.kind(), rows),
                    Stream.concat(evidence.stream(), other.evidence.stream())
                            .distinct()
                            .toList());
        }

        long rows() {
            return effect.rows().orElse(0L);
        }
    }

    /** By relation, kind and rank of the source. */
    private Map<String, Map<Kind, Map<Integer, Shown>>> byRelation() {
        Map<String, Map<Kind, Map<Integer, Shown>>> relations = new TreeMap<>();
        for (Sighting sighting : sightings) {
            for (TableEffect effect : sighting.transaction().effects()) {
                String name = effect.table().map(TableName::toString).orElse(effect.relation());
                relations
                        .computeIfAbsent(name, n -> new EnumMap<>(Kind.class))
                        .computeIfAbsent(effect.kind(), k -> new TreeMap<>())
                        .merge(
                                sighting.rank(),
                                new Shown(
                                        sighting.source(),
                                        effect,
                                        sighting.transaction().evidence()),
                                Shown::and);
            }
        }
        return relations;
    }

    private void join(String relation, Map<Kind, Map<Integer, Shown>> kinds) {
        Optional<Kind> known =
                BEHIND_ALTERED.stream().filter(kinds::containsKey).findFirst();
        Map<Integer, Shown> altered = known.isPresent()
                ? Optional.ofNullable(kinds.remove(Kind.ALTERED)).orElse(Map.of())
                : Map.of();
        contradictory(relation, kinds);
        kinds.forEach((kind, shown) -> {
            if (known.filter(k -> k == kind).isPresent()) {
                altered.forEach(shown::putIfAbsent);
            }
            if (kind == Kind.ROWS_DELETED) {
                compare(relation, shown.values());
            }
            all.add(effect(relation, kind, shown.values()));
        });
    }

    private static Effect effect(String relation, Kind kind, Collection<Shown> shown) {
        List<Count> counts = shown.stream()
                .map(s -> new Count(s.source().sourceName(), s.effect().rows(), s.evidence()))
                .toList();
        Optional<TableName> table =
                shown.stream().flatMap(s -> s.effect().table().stream()).findFirst();
        return new Effect(table, relation, kind, counts);
    }

    /** Of two sources, one that sees a new file empty and one that sees it filled contradict each other. */
    private void contradictory(String relation, Map<Kind, Map<Integer, Shown>> kinds) {
        Map<Integer, Shown> truncated = kinds.getOrDefault(Kind.TRUNCATED, Map.of());
        Map<Integer, Shown> rewritten = kinds.getOrDefault(Kind.REWRITTEN, Map.of());
        truncated.forEach((rank, one) -> rewritten.forEach((otherRank, other) -> {
            if (!rank.equals(otherRank)) {
                disagreements.add("by " + one.source().sourceName() + " it truncated " + relation + ", by "
                        + other.source().sourceName() + " it wrote its rows anew");
            }
        }));
    }

    private void compare(String relation, Collection<Shown> shown) {
        List<Shown> counted =
                shown.stream().filter(s -> s.effect().rows().isPresent()).toList();
        counted.stream()
                .max(Comparator.comparingLong(Shown::rows))
                .ifPresent(full ->
                        counted.stream().filter(s -> s.rows() < full.rows()).forEach(s -> fewer(relation, s, full)));
    }

    private void fewer(String relation, Shown some, Shown full) {
        Optional<String> reason =
                some.source() instanceof DeadRows pages ? goneFrom(pages, some.effect()) : Optional.empty();
        if (reason.isPresent()) {
            remarks.add(some.rows() + " of the " + full.rows() + " rows that it deleted from " + relation
                    + " are left on the pages: " + reason.get());
        } else {
            disagreements.add("by " + some.source().sourceName() + " it deleted " + some.rows() + " rows of " + relation
                    + ", by " + full.source().sourceName() + " " + full.rows());
        }
    }

    private Optional<String> goneFrom(DeadRows pages, TableEffect effect) {
        Optional<TablePages> read = effect.table().flatMap(pages::of);
        if (read.filter(p -> !p.complete()).isPresent()) {
            return read.map(p -> p.pagesRead() + " of its " + p.pages() + " pages were read");
        }
        if (read.filter(p -> p.pruned() > 0).isPresent()) {
            return read.map(p -> p.pruned() + " rows were pruned off its pages");
        }
        return effect.table()
                .map(t -> removals.getOrDefault(t, PageRemovals.UNKNOWN))
                .flatMap(r -> r.since(xid, ended));
    }
}
