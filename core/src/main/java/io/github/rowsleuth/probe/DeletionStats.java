package io.github.rowsleuth.probe;

import io.github.rowsleuth.incident.TableName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the server counted.
 *
 * @param validSince the counters hold what happened from this instant on: a reset or a crash before it took the rest;
 *     empty where they reach back to the beginning of the database
 * @param discarded when the server last began with empty counters for all databases: a crash, a restore or a promotion,
 *     and before 15 also its first start; empty where it never did. What is not explained by that was a reset, of the
 *     database or of one of its tables
 * @param tables the counters by table
 */
public record DeletionStats(Optional<Instant> validSince, Optional<Instant> discarded, List<TableCounters> tables) {

    /** Copies the list. */
    public DeletionStats {
        tables = List.copyOf(tables);
    }

    /**
     * Counters of which nothing tells why they begin when they do.
     *
     * @param validSince since when they are valid; empty for the beginning of the database
     * @param tables the counters by table
     */
    public DeletionStats(Optional<Instant> validSince, List<TableCounters> tables) {
        this(validSince, Optional.empty(), tables);
    }

    /**
     * {@return the counters of that table, if it has any}
     *
     * @param table a table with its schema
     */
    public Optional<TableCounters> of(TableName table) {
        return tables.stream().filter(t -> t.table().equals(table)).findFirst();
    }
}
