package io.github.rowsleuth.hypothesis;

import io.github.rowsleuth.incident.TableName;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The traces that an act would leave, table by table, foreign keys followed.
 *
 * @param marks the tables it would touch, by name
 * @param unnamed what it does to tables that are only known at run time; empty where its text names every table. A table
 *     missing from the marks proves nothing then, unless something else befell it
 */
public record Footprint(List<Mark> marks, Set<Fate> unnamed) {

    /** What an act leaves that touches no rows. */
    public static final Footprint NONE = new Footprint(List.of(), Set.of());

    /**
     * The traces in one table.
     *
     * @param table the table
     * @param fate what the act does to its rows
     * @param everyRow whether it asks for all of them
     */
    public record Mark(TableName table, Fate fate, boolean everyRow) {}

    /** Copies the collections. */
    public Footprint {
        marks = List.copyOf(marks);
        unnamed = Set.copyOf(unnamed);
    }

    /** {@return whether it also touches tables that are only known at run time} */
    public boolean dynamic() {
        return !unnamed.isEmpty();
    }

    /** {@return whether it removes no row of any table} */
    public boolean harmless() {
        return marks.isEmpty() && unnamed.isEmpty();
    }

    /**
     * {@return the traces in that table}
     *
     * @param table a table with its schema
     */
    public Optional<Mark> of(TableName table) {
        return marks.stream().filter(m -> m.table().equals(table)).findFirst();
    }
}
