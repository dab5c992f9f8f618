package io.github.rowsleuth.probe;

import io.github.rowsleuth.incident.TableName;
import java.util.List;
import java.util.Optional;

/**
 * The tables of a database as its catalogs describe them, and how they hang together.
 *
 * @param database which database, on which cluster
 * @param tables every user table, by name; the survivors count as much as the lost ones
 * @param foreignKeys the foreign keys among them
 * @param unknown the tables of the incident that are not there
 */
public record Scope(
        DatabaseIdentity database, List<TableScope> tables, ForeignKeys foreignKeys, List<UnknownTable> unknown) {

    /** Copies the lists. */
    public Scope {
        tables = List.copyOf(tables);
        unknown = List.copyOf(unknown);
    }

    /**
     * {@return what the catalogs say of that table, if it is there}
     *
     * @param table a table with its schema
     */
    public Optional<TableScope> of(TableName table) {
        return tables.stream().filter(t -> t.table().equals(table)).findFirst();
    }
}
