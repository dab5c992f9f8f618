package io.github.rowsleuth.hypothesis;

import io.github.rowsleuth.incident.TableName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A child whose parent lost rows by DELETE, under ON DELETE CASCADE, lost its own with it. */
final class Cascades {

    private final Map<TableName, List<TableFate>> parents = new HashMap<>();

    Cascades(Closures closures, List<TableFate> all) {
        all.stream()
                .filter(Cascades::deleted)
                .forEach(parent -> closures.delete(List.of(parent.table())).stream()
                        .filter(reached -> !reached.equals(parent.table()))
                        .forEach(reached -> parents.computeIfAbsent(reached, r -> new ArrayList<>())
                                .add(parent)));
    }

    private static boolean deleted(TableFate fate) {
        return fate.fate() == Fate.DELETED && !fate.ofPartitions();
    }

    TableFate cascaded(TableFate fate) {
        if (!deleted(fate)) {
            return fate;
        }
        return parents.getOrDefault(fate.table(), List.of()).stream()
                .filter(parent -> together(parent, fate))
                .findFirst()
                .map(parent -> cascaded(fate, parent))
                .orElse(fate);
    }

    /** A cascade runs in the transaction of the statement that set it off. */
    private static boolean together(TableFate parent, TableFate child) {
        return parent.transactions().isEmpty()
                || child.transactions().isEmpty()
                || !Collections.disjoint(parent.transactions(), child.transactions());
    }

    private static TableFate cascaded(TableFate fate, TableFate parent) {
        Optional<Long> shared = fate.transactions().stream()
                .filter(parent.transactions()::contains)
                .findFirst();
        return TableFate.builder()
                .from(fate)
                .fate(Fate.CASCADED)
                .addDecidedBy("a foreign key with ON DELETE CASCADE leads to it from " + parent.table()
                        + ", which also lost rows by DELETE"
                        + shared.map(t -> " in transaction " + t).orElse(""))
                .addAmbiguities("a DELETE of this table itself counts the same")
                .build();
    }
}
