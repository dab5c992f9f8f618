package io.github.rowsleuth.hypothesis;

import io.github.rowsleuth.incident.TableIndex;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.probe.TableKind;
import io.github.rowsleuth.probe.TableScope;
import io.github.rowsleuth.transaction.RemovingTransaction;
import io.github.rowsleuth.transaction.TableEffect;
import io.github.rowsleuth.transaction.TransactionEnd;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Partitions that were dropped, and with them the rows of their tables. The catalogs forget that they were partitions; a
 * transaction that dropped a table, and how the table was called, give them away.
 */
final class DroppedPartitions {

    private final Map<TableName, TableName> parents = new HashMap<>();
    private final Map<TableName, TableFate> fates = new LinkedHashMap<>();
    private final TableIndex<TableName> names;
    private boolean allNamed = true;

    DroppedPartitions(Collection<TableScope> tables, List<RemovingTransaction> transactions) {
        Set<TableName> present = new HashSet<>();
        Map<TableName, TableName> partitioned = new HashMap<>();
        for (TableScope table : tables) {
            present.add(table.table());
            table.partitionOf().ifPresent(parent -> partitioned.putIfAbsent(shape(table.table()), parent));
            if (table.kind() == TableKind.PARTITIONED) {
                partitioned.putIfAbsent(shape(table.table(), "_#"), table.table());
                partitioned.putIfAbsent(shape(table.table(), "_p#"), table.table());
            }
        }
        for (RemovingTransaction transaction : transactions) {
            if (transaction.end() == TransactionEnd.COMMITTED) {
                transaction.effects().stream()
                        .filter(e -> e.kind() == TableEffect.Kind.DROPPED)
                        .forEach(e -> take(transaction, e.table(), present, partitioned));
            }
        }
        this.names = TableIndex.of(parents.keySet(), name -> name);
    }

    /** The name with numbers left open: {@code events_2024_05} and {@code events_2024_06} have the same. */
    private static TableName shape(TableName table) {
        return shape(table, "");
    }

    private static TableName shape(TableName table, String more) {
        return new TableName(table.schema(), table.name().replaceAll("\\d+", "#") + more);
    }

    private void take(
            RemovingTransaction transaction,
            Optional<TableName> dropped,
            Set<TableName> present,
            Map<TableName, TableName> partitioned) {
        allNamed &= dropped.isPresent();
        dropped.filter(name -> !present.contains(name)).ifPresent(name -> {
            TableName parent = partitioned.get(shape(name));
            if (parent != null) {
                parents.put(name, parent);
                fates.put(name, fate(name, parent, transaction));
            }
        });
    }

    private static TableFate fate(TableName table, TableName parent, RemovingTransaction transaction) {
        return MissingTable.droppedBy(transaction, TableFate.builder().table(table))
                .addDecidedBy(
                        MissingTable.shownToDrop(transaction) + "; it was called like the partitions of " + parent)
                .addAmbiguities("it only was called so, and never was a partition of " + parent)
                .build();
    }

    /** One for each of them. */
    Collection<TableFate> fates() {
        return fates.values();
    }

    /** The table whose partition it was. */
    Optional<TableName> parent(TableName partition) {
        return Optional.ofNullable(parents.get(partition));
    }

    /** Whether this is one of them, by a name that may lack its schema. */
    boolean include(TableName named) {
        return !names.matching(named).isEmpty();
    }

    /** Whether the name of every dropped table is known. */
    boolean allNamed() {
        return allNamed;
    }
}
