package io.github.rowsleuth.postgres.watch;

import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.probe.Gap;
import java.util.List;
import java.util.TreeSet;

/** The tables of which the write-ahead log knows nothing. */
final class Unlogged {

    private Unlogged() {}

    static List<BlindSpot> blindSpots(Catalog before, Catalog after) {
        TreeSet<TableName> unlogged = new TreeSet<>();
        List.of(before, after)
                .forEach(catalog -> catalog.relations().values().stream()
                        .filter(Relation::unlogged)
                        .forEach(relation -> unlogged.add(relation.name())));
        return unlogged.stream()
                .map(table -> new BlindSpot(
                        new Gap(
                                "watch.wal",
                                "the table " + table + " is unlogged",
                                "the write-ahead log does not show deletions in it",
                                "watch with triggers, or ALTER TABLE … SET LOGGED"),
                        true))
                .toList();
    }
}
