package io.github.rowsleuth.incident;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What is believed lost, and when. */
public final class Incident {

    private final List<TableName> tables;
    private final TimeWindow window;

    /** The same tables to look up, and their names without schema: every table of a database is asked for. */
    private final Set<TableName> named;

    private final Set<String> names;

    /**
     * What is believed lost, and when.
     *
     * @param tables the tables whose rows are missing; never empty
     * @param window when it is believed to have happened
     */
    public Incident(List<TableName> tables, TimeWindow window) {
        this.tables = List.copyOf(tables);
        this.window = Objects.requireNonNull(window, "window");
        if (tables.isEmpty()) {
            throw new IllegalArgumentException("an incident names at least one table whose rows are missing");
        }
        this.named = Set.copyOf(tables);
        this.names = tables.stream().map(TableName::name).collect(Collectors.toUnmodifiableSet());
    }

    /** {@return the tables whose rows are missing, as they were named; never empty} */
    public List<TableName> tables() {
        return tables;
    }

    /** {@return when it is believed to have happened} */
    public TimeWindow window() {
        return window;
    }

    /**
     * {@return whether the incident names this table}
     *
     * @param table a table as the catalogs name it
     */
    public boolean names(TableName table) {
        return table.schema().isEmpty()
                ? names.contains(table.name())
                : named.contains(table) || named.contains(new TableName(Optional.empty(), table.name()));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Incident incident && tables.equals(incident.tables) && window.equals(incident.window);
    }

    @Override
    public int hashCode() {
        return Objects.hash(tables, window);
    }

    @Override
    public String toString() {
        return "Incident[tables=" + tables + ", window=" + window + "]";
    }
}
