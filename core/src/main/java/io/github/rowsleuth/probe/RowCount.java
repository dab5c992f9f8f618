package io.github.rowsleuth.probe;

import io.github.rowsleuth.incident.TableName;
import java.time.Instant;

/**
 * How many rows a table has, counted by the server.
 *
 * @param table the table; a partition counts by itself
 * @param rows how many rows a snapshot taken at that instant sees. Row-level security hid none: where it would have, the
 *     server refuses to count
 * @param counted when the counting began
 * @param place on what kind of server
 */
public record RowCount(TableName table, long rows, Instant counted, Place place) {

    /** Where it was counted, which decides what the counting destroyed. */
    public enum Place {
        /** Counting pruned deleted rows off the pages it read. */
        PRIMARY,
        /** Reading never prunes there. The count is of what the standby has replayed. */
        STANDBY
    }
}
