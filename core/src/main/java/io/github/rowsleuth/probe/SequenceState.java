package io.github.rowsleuth.probe;

import io.github.rowsleuth.incident.TableName;
import java.util.Optional;

/**
 * A sequence that a column of a table owns. It counts on when rows are deleted, and so betrays rows that once existed.
 *
 * @param name the sequence
 * @param column the column that owns it
 * @param lastValue the last value it gave out; empty if it gave none, or the role may not see it
 * @param increment its step
 * @param restarted whether it has another file than the one it was created with: {@code TRUNCATE … RESTART IDENTITY}
 */
public record SequenceState(
        TableName name, String column, Optional<Long> lastValue, long increment, boolean restarted) {}
