package io.github.rowsleuth.hypothesis;

import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.probe.ForeignKey;
import io.github.rowsleuth.probe.ForeignKeys;
import io.github.rowsleuth.probe.Scope;
import io.github.rowsleuth.probe.TableScope;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How far a statement reaches beyond the tables it names: along foreign keys, and down to partitions and to tables that
 * inherit, which TRUNCATE and DELETE take along unless they say ONLY (PostgreSQL documentation, "Inheritance").
 */
final class Closures {

    private final Map<TableName, List<ForeignKey>> keys;
    private final Map<TableName, List<TableName>> partitions;

    Closures(ForeignKeys keys, List<TableScope> tables) {
        this.keys = keys.all().stream().collect(Collectors.groupingBy(ForeignKey::parent));
        this.partitions = new HashMap<>();
        for (TableScope table : tables) {
            Stream.concat(table.partitionOf().stream(), table.inheritsFrom().stream())
                    .forEach(up -> partitions
                            .computeIfAbsent(up, u -> new ArrayList<>())
                            .add(table.table()));
        }
    }

    static Closures of(Optional<Scope> scope) {
        return new Closures(
                scope.map(Scope::foreignKeys).orElse(ForeignKeys.NONE),
                scope.map(Scope::tables).orElse(List.of()));
    }

    /** Every table that TRUNCATE … CASCADE empties, whatever the foreign keys do on DELETE. */
    Set<TableName> truncate(Collection<TableName> roots) {
        return closure(roots, key -> true);
    }

    /** Every table from which a DELETE can remove rows. */
    Set<TableName> delete(Collection<TableName> roots) {
        return closure(roots, key -> key.onDelete() == ForeignKey.OnDelete.CASCADE);
    }

    /** The tables themselves, their partitions and what inherits from them. */
    Set<TableName> partitions(Collection<TableName> roots) {
        return closure(roots, key -> false);
    }

    private Set<TableName> closure(Collection<TableName> roots, Predicate<ForeignKey> follows) {
        Set<TableName> reached = new TreeSet<>(roots);
        Deque<TableName> open = new ArrayDeque<>(roots);
        while (!open.isEmpty()) {
            next(open.pop(), follows).filter(reached::add).forEach(open::push);
        }
        return reached;
    }

    private Stream<TableName> next(TableName table, Predicate<ForeignKey> follows) {
        return Stream.concat(
                keys.getOrDefault(table, List.of()).stream().filter(follows).map(ForeignKey::child),
                partitions.getOrDefault(table, List.of()).stream());
    }
}
