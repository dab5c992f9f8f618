package io.github.rowsleuth.postgres.watch;

import io.github.rowsleuth.evidence.Excerpt;
import java.time.Instant;
import java.util.Optional;

/**
 * Who deleted, and by which statement.
 *
 * @param application the {@code application_name} of the session, often empty
 * @param role the role that logged in
 * @param pid the process id of the session's backend
 * @param transaction the id of the transaction, epoch included
 * @param at when, by the server's clock
 * @param statement what the client sent, literals redacted; empty where the server did not say
 * @param routine the function, procedure or block through which the statement came to delete; empty if it did so itself
 */
public record Author(
        String application,
        String role,
        int pid,
        long transaction,
        Instant at,
        Optional<Excerpt> statement,
        Optional<String> routine) {

    /** {@return such as {@code OrderServiceIT (role app, pid 26289)}} */
    @Override
    public String toString() {
        return (application.isEmpty() ? "an application without a name" : application) + " (role " + role + ", pid "
                + pid + ")";
    }
}
