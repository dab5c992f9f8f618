package io.github.rowsleuth.hypothesis;

import io.github.rowsleuth.incident.TableName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tables that are missing from a schema whose other tables were made anew went with them. */
final class Gone {

    private final Set<Optional<String>> kept = new HashSet<>();
    private final Map<Optional<String>, TableName> anew = new HashMap<>();

    private final World world;

    private Gone(List<TableFate> all, World world) {
        this.world = world;
        for (TableFate fate : all) {
            if (fate.spared()) {
                kept.add(fate.table().schema());
            }
            if (fate.fate() == Fate.RECREATED) {
                anew.putIfAbsent(fate.table().schema(), fate.table());
            }
        }
    }

    static List<TableFate> withTheirSchemas(List<TableFate> all, World world) {
        Gone gone = new Gone(all, world);
        return all.stream().map(gone::decided).toList();
    }

    private TableFate decided(TableFate fate) {
        boolean missing = fate.fate() == Fate.UNKNOWN
                && fate.partOfLoss()
                && fate.rowsNow().isEmpty();
        if (!missing) {
            return fate;
        }
        TableName name = world.inSearchPath(fate.table());
        return Optional.ofNullable(anew.get(name.schema()))
                .filter(other -> !kept.contains(name.schema()))
                .map(other -> dropped(fate, name, other))
                .orElse(fate);
    }

    private static TableFate dropped(TableFate fate, TableName name, TableName other) {
        return TableFate.builder()
                .from(fate)
                .table(name)
                .fate(Fate.DROPPED)
                .addDecidedBy("every other table of its schema was made anew, " + other + " among them")
                .build();
    }
}
