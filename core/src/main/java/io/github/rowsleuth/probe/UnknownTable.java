package io.github.rowsleuth.probe;

import io.github.rowsleuth.incident.TableName;
import java.util.List;

/**
 * A table of the incident that the database does not have, or no longer has.
 *
 * @param table the name that was asked for
 * @param nearNames existing tables with a similar name, the nearest first
 */
public record UnknownTable(TableName table, List<TableName> nearNames) {

    /** Copies the list. */
    public UnknownTable {
        nearNames = List.copyOf(nearNames);
    }
}
