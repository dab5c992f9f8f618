package io.github.rowsleuth.recovery;

import io.github.rowsleuth.incident.TableName;
import java.util.Optional;

/**
 * A table in a backup.
 *
 * @param table its name
 * @param withData whether its rows are in it, not only its definition
 * @param rows how many, where they were counted
 */
public record BackedUpTable(TableName table, boolean withData, Optional<Long> rows) {}
