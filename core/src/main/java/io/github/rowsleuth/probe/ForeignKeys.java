package io.github.rowsleuth.probe;

import io.github.rowsleuth.incident.TableName;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The foreign keys of a database as a graph.
 *
 * @param all every foreign key, in a stable order
 */
public record ForeignKeys(List<ForeignKey> all) {

    /** No foreign keys. */
    public static final ForeignKeys NONE = new ForeignKeys(List.of());

    /** Copies the list. */
    public ForeignKeys {
        all = List.copyOf(all);
    }

    /**
     * {@return every table that {@code TRUNCATE roots CASCADE} empties, the roots included}: it follows every foreign key,
     * whatever its {@code ON DELETE} says (PostgreSQL documentation, "TRUNCATE"; src/backend/commands/tablecmds.c,
     * ExecuteTruncate)
     *
     * @param roots the tables that the statement names
     */
    public Set<TableName> truncateClosure(Collection<TableName> roots) {
        return closure(roots, key -> true);
    }

    /**
     * {@return every table from which {@code DELETE FROM roots} can remove rows, the roots included}: it follows foreign
     * keys with {@code ON DELETE CASCADE}
     *
     * @param roots the tables that the statement names
     */
    public Set<TableName> deleteClosure(Collection<TableName> roots) {
        return closure(roots, key -> key.onDelete() == ForeignKey.OnDelete.CASCADE);
    }

    private Set<TableName> closure(Collection<TableName> roots, Predicate<ForeignKey> follows) {
        Map<TableName, List<ForeignKey>> byParent =
                all.stream().filter(follows).collect(Collectors.groupingBy(ForeignKey::parent));
        Set<TableName> reached = new TreeSet<>(roots);
        Deque<TableName> open = new ArrayDeque<>(roots);
        while (!open.isEmpty()) {
            for (ForeignKey key : byParent.getOrDefault(open.pop(), List.of())) {
                if (reached.add(key.child())) {
                    open.push(key.child());
                }
            }
        }
        return reached;
    }
}
