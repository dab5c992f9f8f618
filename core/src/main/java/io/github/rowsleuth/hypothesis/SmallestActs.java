package io.github.rowsleuth.hypothesis;

import io.github.rowsleuth.incident.TableName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Finds the fewest tables that statements must have named so that foreign keys explain all others. A table must have
 * been named if no other table hit reaches it; of tables that reach each other, one is enough. A partitioned table only
 * counts where all of its partitions were hit.
 */
final class SmallestActs {

    private final Closures closures;

    /** The schemas that still hold a table. */
    private final Set<String> schemas = new HashSet<>();

    /** Tables without a row of their own, before and after: whatever reached them left nothing to see. */
    private final Set<TableName> empty = new HashSet<>();

    private final List<TableFate> fates;

    SmallestActs(Closures closures, Collection<TableName> present, List<TableFate> fates) {
        this.closures = closures;
        this.fates = fates;
        present.forEach(t -> t.schema().ifPresent(schemas::add));
        fates.stream()
                .filter(f -> f.fate() == Fate.INTACT
                        && f.rowsNow().filter(n -> n == 0).isPresent())
                .forEach(f -> empty.add(f.table()));
        fates.stream().filter(TableFate::ofPartitions).forEach(f -> empty.add(f.table()));
    }

    List<Act> all() {
        Set<TableName> lost = new TreeSet<>();
        fates.stream().filter(TableFate::hit).forEach(f -> lost.add(f.table()));
        List<TableFate> hit = fates.stream()
                .filter(TableFate::hit)
                .filter(f -> !f.ofPartitions() || lost.containsAll(closures.partitions(List.of(f.table()))))
                .toList();
        List<Act> acts = new ArrayList<>();
        byTransaction(with(hit, Fate.TRUNCATED)).forEach(group -> acts.add(truncation(group)));
        Map<Boolean, List<TableFate>> made =
                with(hit, Fate.RECREATED, Fate.DROPPED).stream().collect(Collectors.partitioningBy(madeAnew(hit)));
        byTransaction(made.getOrDefault(false, List.of())).forEach(group -> acts.addAll(drops(group)));
        acts.addAll(resets(made.getOrDefault(true, List.of())));
        deletions(with(hit, Fate.DELETED, Fate.CASCADED))
                .forEach(group -> acts.add(act(Fate.DELETED, group, closures::delete)));
        return acts;
    }

    /** What is missing from a schema whose other tables were made anew went with them. */
    private static Predicate<TableFate> madeAnew(List<TableFate> hit) {
        Set<Optional<String>> anew = new HashSet<>();
        with(hit, Fate.RECREATED).forEach(f -> anew.add(f.table().schema()));
        return f -> anew.contains(f.table().schema());
    }

    /** All tables of a schema at once, or as many of them as somebody knew of. */
    private List<Act> resets(List<TableFate> hit) {
        Map<Optional<String>, Set<TableName>> groups = new HashMap<>();
        hit.forEach(f ->
                groups.computeIfAbsent(f.table().schema(), s -> new TreeSet<>()).add(f.table()));
        return groups.entrySet().stream()
                .map(group -> {
                    List<TableName> tables = List.copyOf(group.getValue());
                    boolean whole = tables.size() > 1
                            && fates.stream()
                                    .noneMatch(f ->
                                            f.spared() && f.table().schema().equals(group.getKey()));
                    return new Act(
                            Fate.RECREATED,
                            tables,
                            whole,
                            tables,
                            List.of(),
                            whole ? group.getKey() : Optional.empty());
                })
                .sorted(Comparator.comparing(act -> act.roots().get(0)))
                .toList();
    }

    private static List<TableFate> with(List<TableFate> hit, Fate... fates) {
        return hit.stream().filter(f -> List.of(fates).contains(f.fate())).toList();
    }

    private static Collection<Set<TableName>> byTransaction(List<TableFate> fates) {
        Map<Long, Set<TableName>> groups = new TreeMap<>();
        fates.forEach(f -> groups.computeIfAbsent(f.transaction().orElse(0L), t -> new TreeSet<>())
                .add(f.table()));
        return groups.values();
    }

    /** One act for each transaction, where each table knows of one; a table that several hit ties them together. */
    private static Collection<Set<TableName>> deletions(List<TableFate> fates) {
        if (fates.stream().allMatch(f -> f.transactions().size() == 1)) {
            return byTransaction(fates);
        }
        Set<TableName> together = new TreeSet<>();
        fates.forEach(f -> together.add(f.table()));
        return List.of(together);
    }

    private Act truncation(Set<TableName> hit) {
        return act(Fate.TRUNCATED, hit, closures::truncate);
    }

    /** Tables of a schema that holds none any more went with it; of one table alone nobody can say so. */
    private List<Act> drops(Set<TableName> hit) {
        Map<Optional<String>, Set<TableName>> groups = new HashMap<>();
        hit.forEach(
                t -> groups.computeIfAbsent(emptied(t), s -> new TreeSet<>()).add(t));
        return groups.entrySet().stream()
                .map(group -> drop(group.getKey().filter(s -> group.getValue().size() > 1), group.getValue()))
                .sorted(Comparator.comparing(act -> act.roots().get(0)))
                .toList();
    }

    private Optional<String> emptied(TableName table) {
        return table.schema().filter(s -> !schemas.contains(s));
    }

    private static Act drop(Optional<String> schema, Set<TableName> hit) {
        List<TableName> tables = List.copyOf(hit);
        return new Act(Fate.DROPPED, tables, schema.isPresent(), tables, List.of(), schema);
    }

    /**
     * A DELETE can leave out rows of whatever it reaches; a TRUNCATE takes all of them, so that nothing that kept its rows can
     * have been reached.
     */
    private Act act(Fate fate, Set<TableName> hit, Function<Collection<TableName>, Set<TableName>> closure) {
        Map<TableName, Set<TableName>> reach = new HashMap<>();
        hit.forEach(t -> reach.put(t, closure.apply(List.of(t))));
        Predicate<Set<TableName>> fits = reached -> fate == Fate.DELETED || spares(hit, reached);
        Set<TableName> explained = reachedOneWay(reach, fits);
        List<TableName> roots = new ArrayList<>();
        Set<TableName> twins = new TreeSet<>();
        for (TableName table : hit) {
            Set<TableName> reached = reach.getOrDefault(table, Set.of());
            if (!twins.contains(table) && !(fits.test(reached) && explained.contains(table))) {
                roots.add(table);
                reached.stream().filter(t -> reachesBack(t, table, reach)).forEach(twins::add);
            }
        }
        boolean cascade = !closures.partitions(roots).containsAll(hit);
        return new Act(fate, roots, cascade, List.copyOf(hit), List.copyOf(twins), Optional.empty());
    }

    /** Whether it reaches no table that kept its rows. */
    private boolean spares(Set<TableName> hit, Set<TableName> reached) {
        return reached.stream().allMatch(t -> hit.contains(t) || empty.contains(t));
    }

    private static boolean reachesBack(TableName from, TableName to, Map<TableName, Set<TableName>> reach) {
        return !from.equals(to) && reach.getOrDefault(from, Set.of()).contains(to);
    }

    /** What a table that can have been the root reaches, without being reached from there. */
    private static Set<TableName> reachedOneWay(Map<TableName, Set<TableName>> reach, Predicate<Set<TableName>> fits) {
        Set<TableName> explained = new HashSet<>();
        reach.forEach((from, reached) -> {
            if (fits.test(reached)) {
                reached.stream()
                        .filter(to -> !to.equals(from) && !reachesBack(to, from, reach))
                        .forEach(explained::add);
            }
        });
        return explained;
    }
}
