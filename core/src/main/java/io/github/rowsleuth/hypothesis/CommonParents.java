package io.github.rowsleuth.hypothesis;

import io.github.rowsleuth.incident.TableName;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Where nothing knows of transactions: a table that nobody missed rows of, from which a DELETE reaches several that lost
 * some, none of which reaches another. One DELETE of it is a smaller act than one of each. For a single child it would be no
 * smaller, and its parent can have lost rows at any time.
 */
final class CommonParents {

    private CommonParents() {}

    static Set<TableName> of(Closures closures, List<TableFate> all, List<TableFate> named) {
        Set<TableName> cascaded = new HashSet<>();
        named.stream()
                .filter(f -> f.fate() == Fate.CASCADED && f.transactions().isEmpty())
                .forEach(f -> cascaded.add(f.table()));
        Set<TableName> parents = new HashSet<>();
        if (cascaded.size() > 1) {
            all.stream()
                    .filter(f -> f.fate() == Fate.DELETED && f.transactions().isEmpty())
                    .filter(f -> !f.ofPartitions() && several(closures, f.table(), cascaded))
                    .forEach(f -> parents.add(f.table()));
        }
        return parents;
    }

    private static boolean several(Closures closures, TableName parent, Set<TableName> cascaded) {
        Set<TableName> reached = new HashSet<>(closures.delete(List.of(parent)));
        reached.remove(parent);
        reached.retainAll(cascaded);
        return reached.stream()
                        .filter(t -> reached.stream()
                                .noneMatch(o -> !o.equals(t)
                                        && closures.delete(List.of(o)).contains(t)))
                        .count()
                > 1;
    }
}
