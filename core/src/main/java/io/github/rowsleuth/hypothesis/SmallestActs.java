package io.github.rowsleuth.hypothesis;

import io.github.rowsleuth.incident.TableName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Finds the fewest tables that statements must have named so that foreign keys explain all others. A table must have
 * been named if no other table hit reaches it; of tables that reach each other, one is enough. A partitioned table only
 * counts where all of its partitions were hit.
 */
final class SmallestActs {

    private final Closures closures;

    SmallestActs(Closures closures) {
        this.closures = closures;
    }

    List<Act> explaining(List<TableFate> fates) {
        Set<TableName> lost = new TreeSet<>();
        fates.stream().filter(TableFate::hit).forEach(f -> lost.add(f.table()));
        List<TableFate> hit = fates.stream()
                .filter(TableFate::hit)
                .filter(f -> !f.ofPartitions() || lost.containsAll(closures.partitions(List.of(f.table()))))
                .toList();
        List<Act> acts = new ArrayList<>();
        truncations(hit).values().forEach(group -> acts.add(truncation(group)));
        Set<TableName> deleted = new TreeSet<>();
        hit.stream()
                .filter(f -> f.fate() == Fate.DELETED || f.fate() == Fate.CASCADED)
                .forEach(f -> deleted.add(f.table()));
        if (!deleted.isEmpty()) {
            acts.add(act(Fate.DELETED, deleted, closures::delete));
        }
        return acts;
    }

    private static Map<Long, Set<TableName>> truncations(List<TableFate> hit) {
        Map<Long, Set<TableName>> groups = new TreeMap<>();
        hit.stream()
                .filter(f -> f.fate() == Fate.TRUNCATED)
                .forEach(f -> groups.computeIfAbsent(f.transaction().orElse(0L), t -> new TreeSet<>())
                        .add(f.table()));
        return groups;
    }

    private Act truncation(Set<TableName> hit) {
        return act(Fate.TRUNCATED, hit, closures::truncate);
    }

    private Act act(Fate fate, Set<TableName> hit, Function<Collection<TableName>, Set<TableName>> closure) {
        Map<TableName, Set<TableName>> reach = new HashMap<>();
        hit.forEach(t -> reach.put(t, closure.apply(List.of(t))));
        Set<TableName> explained = reachedOneWay(hit, reach);
        List<TableName> roots = new ArrayList<>();
        Set<TableName> twins = new TreeSet<>();
        for (TableName table : hit) {
            Set<TableName> reached = reach.getOrDefault(table, Set.of());
            boolean spares = hit.containsAll(reached);
            if (!twins.contains(table) && !(spares && explained.contains(table))) {
                roots.add(table);
                reached.stream().filter(t -> reachesBack(t, table, reach)).forEach(twins::add);
            }
        }
        boolean cascade = !closures.partitions(roots).containsAll(hit);
        return new Act(fate, roots, cascade, List.copyOf(hit), List.copyOf(twins));
    }

    private static boolean reachesBack(TableName from, TableName to, Map<TableName, Set<TableName>> reach) {
        return !from.equals(to) && reach.getOrDefault(from, Set.of()).contains(to);
    }

    /** What a table that spares every survivor reaches, without being reached from there. */
    private static Set<TableName> reachedOneWay(Set<TableName> hit, Map<TableName, Set<TableName>> reach) {
        Set<TableName> explained = new HashSet<>();
        reach.forEach((from, reached) -> {
            if (hit.containsAll(reached)) {
                reached.stream()
                        .filter(to -> !to.equals(from) && !reachesBack(to, from, reach))
                        .forEach(explained::add);
            }
        });
        return explained;
    }
}
