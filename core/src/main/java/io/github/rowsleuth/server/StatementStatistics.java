package io.github.rowsleuth.server;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The destructive statements that {@code pg_stat_statements} counted.
 *
 * @param validSince what was counted before was discarded; empty where the server does not tell (13)
 * @param evicted how often statements were thrown out to make room: those are not here
 * @param statements the destructive ones, in a stable order
 */
public record StatementStatistics(Optional<Instant> validSince, long evicted, List<CountedStatement> statements) {

    /** Copies the list. */
    public StatementStatistics {
        statements = List.copyOf(statements);
    }
}
