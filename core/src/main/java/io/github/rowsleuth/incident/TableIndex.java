package io.github.rowsleuth.incident;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Finds what belongs to a table by a name that may lack its schema, at a cost that does not grow with the number of tables.
 *
 * @param <T> what belongs to a table
 */
public final class TableIndex<T> {

    private final Map<String, List<T>> byName;
    private final Function<T, TableName> table;

    private TableIndex(Map<String, List<T>> byName, Function<T, TableName> table) {
        this.byName = byName;
        this.table = table;
    }

    /**
     * {@return an index of these}
     *
     * @param all what is looked for
     * @param table the table that each of them belongs to
     * @param <T> what belongs to a table
     */
    public static <T> TableIndex<T> of(Collection<T> all, Function<T, TableName> table) {
        Function<T, String> name = one -> table.apply(one).name();
        return new TableIndex<>(all.stream().collect(Collectors.groupingBy(name)), table);
    }

    /**
     * {@return those whose table this name can mean, in their order}
     *
     * @param named a table, with or without its schema
     * @see TableName#matches(TableName)
     */
    public List<T> matching(TableName named) {
        return byName.getOrDefault(named.name(), List.of()).stream()
                .filter(one -> named.matches(table.apply(one)))
                .toList();
    }

    /**
     * {@return the first whose table has exactly this name}
     *
     * @param named a table, with its schema if the tables have theirs
     */
    public Optional<T> exactly(TableName named) {
        return byName.getOrDefault(named.name(), List.of()).stream()
                .filter(one -> named.equals(table.apply(one)))
                .findFirst();
    }
}
