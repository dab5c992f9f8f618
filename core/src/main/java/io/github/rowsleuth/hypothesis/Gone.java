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

    private Gone(List<TableFate> all) {
        for (TableFate fate : all) {
            if (fate.spared()) {
                kept.add(fate.table().schema());
            }
            if (fate.fate() == Fate.RECREATED) {
                anew.putIfAbsent(fate.table().schema(), fate.table());
            }
        }
    }

    static List<TableFate> withTheirSchemas(List<TableFate> all) {
        Gone gone = new Gone(all);
        return all.stream().map(gone::decided).toList();
    }

    private TableFate decided(TableFate fate) {
        boolean missing = fate.fate() == Fate.UNKNOWN
                && fate.partOfLoss()
                && fate.rowsNow().isEmpty();
        Optional<TableName> other = missing && !kept.contains(fate.table().schema())
                ? Optional.ofNullable(anew.get(fate.table().schema()))
                : Optional.empty();
        return other.map(o -> dropped(fate, o)).orElse(fate);
    }

    private static TableFate dropped(TableFate fate, TableName other) {
        return TableFate.builder()
                .from(fate)
                .fate(Fate.DROPPED)
                .addDecidedBy("every other table of its schema was made anew, " + other + " among them")
                .build();
    }
}
