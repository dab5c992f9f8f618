package io.github.rowsleuth.postgres.watch;

import java.sql.SQLException;
import java.util.List;

/**
 * One watch at a time in a database: of two, each would see the other's deletions. Held by an advisory lock of the
 * session, which ends with it, so that a test that crashes blocks nobody.
 */
final class Turn {

    // "rowsleuth" and "watch" as two numbers that nobody else is likely to use.
    private static final String KEY = "1382184812, 2002874211";

    private static final String HOLDERS = """
            select coalesce(a.application_name, ''), l.pid
              from pg_locks l left join pg_stat_activity a using (pid)
             where l.locktype = 'advisory' and l.classid = 1382184812 and l.objid = 2002874211 and l.granted
               and l.database = (select oid from pg_database where datname = current_database())""";

    private Turn() {}

    static void take(WatchSession session) throws SQLException {
        session.inTransaction(() -> {
            if (!session.flag("select pg_try_advisory_lock(" + KEY + ")")) {
                throw taken(session.rows(HOLDERS, row -> "'" + row.getString(1) + "' (pid " + row.getInt(2) + ")"));
            }
            return true;
        });
    }

    private static WatchException taken(List<String> holders) {
        return new WatchException("expected to be the only watch in this database, found another one open"
                + (holders.isEmpty() ? "" : ": " + String.join(", ", holders))
                + ". Of two at once, neither could tell whose deletions it sees. Run these tests one after the other"
                + " (@ResourceLock, or @Execution(SAME_THREAD)), give each its own database, or close the other watch");
    }

    static void giveBack(WatchSession session) throws SQLException {
        session.inTransaction(() -> session.flag("select pg_advisory_unlock(" + KEY + ")"));
    }
}
