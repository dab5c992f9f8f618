package io.github.rowsleuth.hypothesis;

import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.probe.TableScope;
import io.github.rowsleuth.transaction.ObservedTransaction;
import io.github.rowsleuth.transaction.TableEffect;
import io.github.rowsleuth.transaction.WalTransactions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Gives files in the write-ahead log the names of their tables: the first file of a table has the number of its oid
 * (src/backend/catalog/heap.c, heap_create), whatever files came after it.
 */
final class FirstFiles {

    private static final Pattern FILE = Pattern.compile("file \\d+/\\d+/(\\d+)");

    private final Map<Long, TableName> tables = new HashMap<>();

    FirstFiles(List<TableScope> all) {
        all.stream().filter(TableScope::newFile).forEach(t -> tables.put(t.oid(), t.table()));
    }

    WalTransactions named(WalTransactions log) {
        return new WalTransactions(
                log.from(),
                log.to(),
                log.transactions().stream().map(this::named).toList(),
                log.anchors());
    }

    private ObservedTransaction named(ObservedTransaction transaction) {
        return ObservedTransaction.builder()
                .from(transaction)
                .effects(transaction.effects().stream().map(this::named).toList())
                .build();
    }

    private TableEffect named(TableEffect effect) {
        Matcher file = FILE.matcher(effect.relation());
        return effect.table().isEmpty() && file.matches()
                ? Optional.ofNullable(tables.get(Long.parseLong(file.group(1))))
                        .map(t -> TableEffect.on(t, effect.kind(), effect.rows()))
                        .orElse(effect)
                : effect;
    }
}
