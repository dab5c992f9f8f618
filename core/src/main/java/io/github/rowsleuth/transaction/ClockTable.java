package io.github.rowsleuth.transaction;

import io.github.rowsleuth.incident.TableName;
import java.util.List;

/**
 * A table that only grows, whose rows tell when the transactions that inserted them began. It dates ids where neither the
 * log nor commit timestamps reach.
 *
 * @param table the table
 * @param column the column that holds the time of the insertion
 * @param anchors the ids that inserted its rows, with their times, by id
 */
public record ClockTable(TableName table, String column, List<XidAnchor> anchors) implements TransactionSource {

    /** Copies the list. */
    public ClockTable {
        anchors = List.copyOf(anchors);
    }

    @Override
    public String sourceName() {
        return "the rows of " + table;
    }

    /** {@return none: it only dates ids} */
    @Override
    public List<ObservedTransaction> transactions() {
        return List.of();
    }
}
