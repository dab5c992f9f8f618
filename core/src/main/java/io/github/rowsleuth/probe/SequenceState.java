package io.github.rowsleuth.probe;

import io.github.rowsleuth.incident.TableName;
import java.util.Optional;

/**
 * A sequence that a column of a table owns. It counts on when rows are deleted, and so betrays rows that once existed.
 *
 * @param name the sequence
 * @param column the column that owns it
 * @param lastValue the last value it gave out; empty if it gave none, or was not read
 * @param increment its step
 * @param restarted whether it has another file than the one it was created with: {@code TRUNCATE … RESTART IDENTITY}, or
 *     {@code ALTER SEQUENCE}
 * @param read whether its last value was read: reading takes a lock on the sequence, so it is done for the tables of the
 *     incident and for truncated ones, where the role may and nobody else has locked it
 */
public record SequenceState(
        TableName name, String column, Optional<Long> lastValue, long increment, boolean restarted, boolean read) {

    /**
     * A sequence that was read.
     *
     * @param name the sequence
     * @param column the column that owns it
     * @param lastValue the last value it gave out; empty if it gave none
     * @param increment its step
     * @param restarted whether it has another file than the one it was created with
     */
    public SequenceState(TableName name, String column, Optional<Long> lastValue, long increment, boolean restarted) {
        this(name, column, lastValue, increment, restarted, true);
    }
}
