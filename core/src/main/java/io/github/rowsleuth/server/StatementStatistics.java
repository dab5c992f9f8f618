package io.github.rowsleuth.server;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The destructive statements that {@code pg_stat_statements} counted in the examined database.
 *
 * @param validSince what was counted before was discarded; empty where the server does not tell (13)
 * @param evicted how often statements were thrown out to make room: those are not here
 * @param tracked {@code pg_stat_statements.track}: with {@code top} what functions, {@code DO} blocks, triggers and foreign
 *     keys ran is not here, with {@code none} nothing new is; empty where nobody can tell
 * @param hidden how many counted statements keep their text from the examining role; any of them may be destructive
 * @param statements the destructive ones, in a stable order
 */
public record StatementStatistics(
        Optional<Instant> validSince,
        long evicted,
        Optional<String> tracked,
        long hidden,
        List<CountedStatement> statements) {

    /** Copies the list. */
    public StatementStatistics {
        statements = List.copyOf(statements);
    }

    /**
     * Statistics of which nothing is hidden.
     *
     * @param validSince what was counted before was discarded; empty where the server does not tell (13)
     * @param evicted how often statements were thrown out to make room: those are not here
     * @param statements the destructive ones, in a stable order
     */
    public StatementStatistics(Optional<Instant> validSince, long evicted, List<CountedStatement> statements) {
        this(validSince, evicted, Optional.empty(), 0, statements);
    }
}
