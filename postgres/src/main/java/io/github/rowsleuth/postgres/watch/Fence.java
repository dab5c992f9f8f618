package io.github.rowsleuth.postgres.watch;

import java.sql.SQLException;

/**
 * A record that is written to the log and flushed. With {@code synchronous_commit = off} a reader of the log would
 * otherwise miss what was committed a moment ago.
 */
final class Fence {

    private Fence() {}

    /** The position behind it. */
    static String raise(WatchSession session) throws SQLException {
        return session.text("select pg_logical_emit_message(true, 'rowsleuth', 'fence')::text");
    }
}
