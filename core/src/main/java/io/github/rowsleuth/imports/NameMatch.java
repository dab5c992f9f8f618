package io.github.rowsleuth.imports;

import io.github.rowsleuth.incident.TableName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds the tables that the name of a file, of its folder or of a sheet speaks of, at a cost that does not grow with them. */
final class NameMatch {

    private final Map<List<String>, List<TableName>> bySubject = new HashMap<>();

    NameMatch(Collection<TableName> tables) {
        for (TableName table : tables) {
            List<String> subject = Words.subject(table.name());
            // A table that is called by an idle word only, such as "data", is meant by no file.
            if (!subject.isEmpty()) {
                bySubject.computeIfAbsent(subject, s -> new ArrayList<>()).add(table);
            }
        }
    }

    /**
     * Those that one of the names is about: all words of the table stand in it side by side, dates and idle words left out.
     * The longest subject counts: {@code order_items.csv} is not of the orders.
     */
    Set<TableName> of(List<String> names) {
        Set<TableName> found = new LinkedHashSet<>();
        names.forEach(name -> found.addAll(of(name)));
        return found;
    }

    private List<TableName> of(String name) {
        List<String> words = Words.subject(name);
        for (int length = words.size(); length > 0; length--) {
            for (int from = 0; from + length <= words.size(); from++) {
                List<TableName> tables = bySubject.getOrDefault(words.subList(from, from + length), List.of());
                if (!tables.isEmpty()) {
                    return tables;
                }
            }
        }
        return List.of();
    }
}
