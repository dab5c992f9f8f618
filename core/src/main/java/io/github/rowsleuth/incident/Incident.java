package io.github.rowsleuth.incident;

import java.util.List;

/**
 * What is believed lost, and when.
 *
 * @param tables the tables whose rows are missing; never empty
 * @param window when it is believed to have happened
 */
public record Incident(List<TableName> tables, TimeWindow window) {

    /** Copies the list and refuses an empty one. */
    public Incident {
        tables = List.copyOf(tables);
        if (tables.isEmpty()) {
            throw new IllegalArgumentException("an incident names at least one table whose rows are missing");
        }
    }

    /**
     * {@return whether the incident names this table}
     *
     * @param table a table as the catalogs name it
     */
    public boolean names(TableName table) {
        return tables.stream().anyMatch(table::matches);
    }
}
