package io.github.rowsleuth.postgres.watch;

import java.sql.SQLException;
import java.util.List;

/**
 * One watch at a time in a database: of two, each would see the other's deletions. Held by an advisory lock of the
 * session, which ends with it, so that a test that crashes blocks nobody.
 */
final class Turn {

    // "rowsleuth" and "watch" as two numbers that nobody else is likely to use.
    static final String KEY = "1382184812, 2002874211";

    static final String HELD = "locktype = 'advisory' and classid = 1382184812 and objid = 2002874211 and granted"
            + " and database = (select oid from pg_database where datname = current_database())";

    private static final String HOLDERS = "select coalesce((select a.application_name from pg_stat_activity a"
            + " where a.pid = l.pid), ''), l.pid from pg_locks l where " + HELD;

    private Turn() {}

    /** Until the session closes. */
    static void take(WatchSession session) throws SQLException {
        if (!session.flag("select pg_try_advisory_lock(" + KEY + ")")) {
            throw taken(session.rows(HOLDERS, row -> "'" + row.getString(1) + "' (pid " + row.getInt(2) + ")"));
        }
    }

    private static WatchException taken(List<String> holders) {
        return new WatchException("expected to be the only watch in this database, found another one open"
                + (holders.isEmpty() ? "" : ": " + String.join(", ", holders))
                + ". Of two at once, neither could tell whose deletions it sees. Run these tests one after the other"
                + " (@ResourceLock, or @Execution(SAME_THREAD)), give each its own database, or close the other watch");
    }
}
