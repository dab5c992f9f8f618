package io.github.rowsleuth.postgres;

import java.sql.SQLException;
import java.util.Optional;

/** Why one statement gave no rows, where a person can mend it. */
record Trouble(String missing, String remedy) {

    /** Nothing, where the error is of another kind: a lost connection, a mistake of ours. */
    static Optional<Trouble> of(Query query, SQLException error, Limits limits, String user) {
        String reads = query.reads();
        return switch (Optional.ofNullable(error.getSQLState()).orElse("")) {
            case "42501" ->
                Optional.of(new Trouble(
                        "the role " + user + " may not read " + reads,
                        "GRANT " + query.privilege() + " TO " + quoted(user)));
            case "57014" ->
                Optional.of(new Trouble(
                        reads + " could not be read within the statement timeout of "
                                + limits.statement().toMillis() + " ms, or the statement was cancelled",
                        "allow more with Postgres.withStatementTimeout(…), and look at the load of the server"));
            case "55P03" ->
                Optional.of(
                        new Trouble(
                                "another session held a lock on " + reads + " for more than "
                                        + limits.lock().toMillis() + " ms",
                                "ask again when its transaction has ended; do not end it by force, its snapshot may keep deleted rows"));
            case "42883", "42P01", "42703" ->
                Optional.of(new Trouble(
                        "the server has no " + reads + " as PostgreSQL has it",
                        "check whether this is PostgreSQL or a relative of it, and ask its vendor"));
            default -> Optional.empty();
        };
    }

    private static String quoted(String role) {
        return role.matches("[a-z_][a-z0-9_]*") ? role : '"' + role.replace("\"", "\"\"") + '"';
    }
}
