package io.github.rowsleuth.probe;

import io.github.rowsleuth.incident.TableName;
import java.util.List;
import java.util.Optional;

/**
 * Exact counts of tables, made by reading them.
 *
 * @param counts those that could be counted, by table
 */
public record RowCounts(List<RowCount> counts) {

    /** Copies the list. */
    public RowCounts {
        counts = List.copyOf(counts);
    }

    /**
     * {@return the count of that table, if it was counted}
     *
     * @param table a table with its schema
     */
    public Optional<RowCount> of(TableName table) {
        return counts.stream().filter(c -> c.table().equals(table)).findFirst();
    }
}
