package io.github.rowsleuth.transaction;

import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.transaction.RemovingTransaction.Count;
import io.github.rowsleuth.transaction.RemovingTransaction.Effect;
import io.github.rowsleuth.transaction.TableEffect.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

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

    /** Relation, kind, source; rows of several subtransactions add up within their source. */
    private Map<String, Map<Kind, Map<TransactionSource, TableEffect>>> byRelation() {
        Map<String, Map<Kind, Map<TransactionSource, TableEffect>>> relations = new TreeMap<>();
        for (Sighting sighting : sightings) {
            for (TableEffect effect : sighting.transaction().effects()) {
                String name = effect.table().map(TableName::toString).orElse(effect.relation());
                relations
                        .computeIfAbsent(name, n -> new EnumMap<>(Kind.class))
                        .computeIfAbsent(effect.kind(), k -> new LinkedHashMap<>())
                        .merge(sighting.source(), effect, JoinedEffects::sum);
            }
        }
        return relations;
    }

    private static TableEffect sum(TableEffect a, TableEffect b) {
        Optional<Long> rows = a.rows().isPresent() && b.rows().isPresent()
                ? Optional.of(a.rows().get() + b.rows().get())
                : a.rows().or(b::rows);
        return new TableEffect(a.table(), a.relation(), a.kind(), rows);
    }

    private void join(String relation, Map<Kind, Map<TransactionSource, TableEffect>> kinds) {
        Optional<Kind> known =
                BEHIND_ALTERED.stream().filter(kinds::containsKey).findFirst();
        Map<TransactionSource, TableEffect> altered = known.isPresent()
                ? Optional.ofNullable(kinds.remove(Kind.ALTERED)).orElse(Map.of())
                : Map.of();
        contradictory(relation, kinds);
        kinds.forEach((kind, shown) -> {
            Map<TransactionSource, TableEffect> merged = new LinkedHashMap<>(shown);
            if (known.filter(k -> k == kind).isPresent()) {
                altered.forEach(merged::putIfAbsent);
            }
            if (kind == Kind.ROWS_DELETED) {
                compare(relation, merged);
            }
            all.add(effect(relation, kind, merged));
        });
    }

    private static Effect effect(String relation, Kind kind, Map<TransactionSource, TableEffect> shown) {
        List<Count> counts = shown.entrySet().stream()
                .map(e -> new Count(e.getKey().sourceName(), e.getValue().rows()))
                .toList();
        Optional<TableName> table =
                shown.values().stream().flatMap(e -> e.table().stream()).findFirst();
        return new Effect(table, relation, kind, counts);
    }

    /** Of two sources, one that sees a new file empty and one that sees it filled contradict each other. */
    private void contradictory(String relation, Map<Kind, Map<TransactionSource, TableEffect>> kinds) {
        Map<TransactionSource, TableEffect> truncated = kinds.getOrDefault(Kind.TRUNCATED, Map.of());
        Map<TransactionSource, TableEffect> rewritten = kinds.getOrDefault(Kind.REWRITTEN, Map.of());
        for (TransactionSource one : truncated.keySet()) {
            rewritten.keySet().stream()
                    .filter(other -> !other.equals(one))
                    .forEach(other -> disagreements.add("by " + one.sourceName() + " it truncated " + relation + ", by "
                            + other.sourceName() + " it wrote its rows anew"));
        }
    }

    private void compare(String relation, Map<TransactionSource, TableEffect> shown) {
        Optional<Map.Entry<TransactionSource, TableEffect>> most = shown.entrySet().stream()
                .filter(e -> e.getValue().rows().isPresent())
                .max(Comparator.comparingLong(e -> rows(e.getValue())));
        most.ifPresent(full -> shown.forEach((source, effect) -> {
            if (effect.rows().isPresent() && rows(effect) < rows(full.getValue())) {
                fewer(relation, source, effect, full);
            }
        }));
    }

    private static long rows(TableEffect effect) {
        return effect.rows().orElse(0L);
    }

    private void fewer(
            String relation,
            TransactionSource source,
            TableEffect effect,
            Map.Entry<TransactionSource, TableEffect> full) {
        long own = rows(effect);
        long most = rows(full.getValue());
        Optional<String> reason = source instanceof DeadRows pages ? goneFrom(pages, effect) : Optional.empty();
        if (reason.isPresent()) {
            remarks.add(own + " of the " + most + " rows that it deleted from " + relation + " are left on the pages: "
                    + reason.get());
        } else {
            disagreements.add("by " + source.sourceName() + " it deleted " + own + " rows of " + relation + ", by "
                    + full.getKey().sourceName() + " " + most);
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
