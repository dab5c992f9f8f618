package io.github.rowsleuth.imports;

import io.github.rowsleuth.incident.TableName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds the tables that the name of a file, of its folder or of a sheet speaks of, at a cost that does not grow with them. */
final class NameMatch {

    private static final int MOST_WORDS = 40;

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
     * The longest subject counts: {@code order_items.csv} is not of the orders where there are order items.
     *
     * @return for each, whether the name is about nothing else
     */
    Map<TableName, Boolean> of(List<String> names) {
        Map<TableName, Boolean> found = new LinkedHashMap<>();
        names.forEach(name -> add(name, found));
        return found;
    }

    private void add(String name, Map<TableName, Boolean> found) {
        List<String> all = Words.subject(name);
        List<String> words = all.subList(0, Math.min(MOST_WORDS, all.size()));
        for (int length = words.size(); length > 0; length--) {
            for (int from = 0; from + length <= words.size(); from++) {
                List<TableName> tables = bySubject.getOrDefault(words.subList(from, from + length), List.of());
                boolean whole = length == words.size();
                tables.forEach(table -> found.merge(table, whole, Boolean::logicalOr));
                if (!tables.isEmpty()) {
                    return;
                }
            }
        }
    }
}
