package io.github.rowsleuth.probe;

import java.time.Instant;
import java.util.Optional;

/**
 * A column that was dropped. Its values stay on the pages until their rows are written anew.
 *
 * @param position {@code attnum}, from 1
 * @param transaction the transaction that dropped it, epoch included: {@code xmin} of its row in {@code pg_attribute}
 * @param committed when that committed, where {@code track_commit_timestamp} is on
 */
public record DroppedColumn(int position, Optional<Long> transaction, Optional<Instant> committed) {}
