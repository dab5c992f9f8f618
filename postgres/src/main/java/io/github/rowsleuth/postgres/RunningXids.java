package io.github.rowsleuth.postgres;

import io.github.rowsleuth.probe.ProbeUnavailableException;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which transactions of this database are not finished, and whose subtransactions they are. A transaction that wrote holds
 * a lock on its own id until the end, also when it is prepared; a subtransaction only while its savepoint is open
 * (src/backend/access/transam/xact.c, CommitSubTransaction).
 */
final class RunningXids {

    /**
     * One that is not finished.
     *
     * @param top the top-level transaction
     * @param gid the name under which it was prepared, if it was
     */
    record Running(long top, Optional<String> gid) {}

    private static final Query RUNNING = new Query(
            """
            select l.transactionid::text::bigint as xid, p.gid,
                   coalesce(p.transaction, first_value(l.transactionid)
                            over (partition by l.virtualtransaction order by age(l.transactionid) desc))::text::bigint as top
              from pg_locks l
              left join pg_prepared_xacts p on l.virtualtransaction = '-1/' || p.transaction::text
              left join pg_stat_activity a on a.pid = l.pid
             where l.locktype = 'transactionid' and l.mode = 'ExclusiveLock' and l.granted
               and coalesce(p.database, a.datname) = current_database()
             union
            select p.transaction::text::bigint, p.gid, p.transaction::text::bigint
              from pg_prepared_xacts p
             where p.database = current_database()""",
            "pg_locks, pg_prepared_xacts, pg_stat_activity",
            "SELECT ON pg_catalog.pg_locks, pg_catalog.pg_prepared_xacts, pg_catalog.pg_stat_activity");

    static final RunningXids NONE = new RunningXids();

    private final Map<Long, Running> byXid = new HashMap<>();
    private final TreeMap<Long, Running> tops = new TreeMap<>();

    private RunningXids() {}

    static RunningXids of(Session session, long next)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        RunningXids running = new RunningXids();
        session.rowsOrGap(
                RUNNING,
                "whether unfinished transactions still run or were prepared is unknown",
                row -> running.add(row, next));
        return running;
    }

    private boolean add(Row row, long next) throws SQLException {
        Optional<Long> xid = TransactionClock.withEpoch(row.number("xid"), next);
        Optional<Long> top = TransactionClock.withEpoch(row.number("top"), next);
        if (xid.isPresent() && top.isPresent()) {
            Running one = new Running(top.get(), row.optionalText("gid"));
            byXid.merge(xid.get(), one, RunningXids::prepared);
            tops.merge(top.get(), one, RunningXids::prepared);
        }
        return true;
    }

    private static Running prepared(Running one, Running other) {
        return one.gid().isPresent() ? one : other;
    }

    /**
     * What is known of an id that is not finished. One without a lock is a subtransaction whose savepoint was released: its
     * top-level transaction is older, and told where only one of those still runs.
     */
    Optional<Running> of(long xid) {
        List<Running> older = List.copyOf(tops.headMap(xid).values());
        return Optional.ofNullable(byXid.get(xid))
                .or(() -> older.size() == 1 ? Optional.of(older.get(0)) : Optional.empty());
    }
}
