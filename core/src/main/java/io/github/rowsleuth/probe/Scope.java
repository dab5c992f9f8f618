package io.github.rowsleuth.probe;

import io.github.rowsleuth.incident.TableName;
import java.util.List;
import java.util.LongSummaryStatistics;
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

    /**
     * In which transactions the tables of a database were created. Tables that were loaded together, by a restore or a
     * script, were created in a short run of transactions; where it begins later than the data, they are not the tables
     * that held them.
     *
     * @param first the first of {@link TableScope#creationTransaction()}
     * @param last the last of them
     * @param tables how many tables tell
     */
    public record Creation(long first, long last, int tables) {}

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

    /** {@return in which transactions its tables were created, if any tells} */
    public Optional<Creation> creation() {
        LongSummaryStatistics created = tables.stream()
                .flatMap(t -> t.creationTransaction().stream())
                .mapToLong(Long::longValue)
                .summaryStatistics();
        return created.getCount() == 0
                ? Optional.empty()
                : Optional.of(new Creation(created.getMin(), created.getMax(), (int) created.getCount()));
    }
}
