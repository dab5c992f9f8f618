package io.github.rowsleuth.postgres;

import io.github.rowsleuth.probe.ProbeUnavailableException;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which transactions are not finished, and whose subtransactions they are: every transaction and subtransaction that wrote
 * holds a lock on its own id until the end, through a prepared transaction too (src/backend/storage/lmgr/lmgr.c,
 * XactLockTableInsert; twophase.c).
 *
 * @param byXid by the id that pages name, with epoch
 */
record RunningXids(Map<Long, Running> byXid) {

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
             where l.locktype = 'transactionid' and l.mode = 'ExclusiveLock' and l.granted
             union
            select p.transaction::text::bigint, p.gid, p.transaction::text::bigint
              from pg_prepared_xacts p""", "pg_locks, pg_prepared_xacts", "SELECT ON pg_catalog.pg_locks, pg_catalog.pg_prepared_xacts");

    static RunningXids of(Session session, long next)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        Map<Long, Running> byXid = new HashMap<>();
        session.rowsOrGap(
                RUNNING,
                "whether unfinished transactions still run or were prepared is unknown",
                row -> add(byXid, row, next));
        return new RunningXids(byXid);
    }

    private static boolean add(Map<Long, Running> byXid, Row row, long next) throws SQLException {
        Optional<Long> xid = TransactionClock.withEpoch(row.number("xid"), next);
        Optional<Long> top = TransactionClock.withEpoch(row.number("top"), next);
        Optional<String> gid = row.optionalText("gid");
        if (xid.isPresent() && top.isPresent()) {
            byXid.merge(
                    xid.get(),
                    new Running(top.get(), gid),
                    (one, other) -> one.gid().isPresent() ? one : other);
        }
        return true;
    }

    Optional<Running> of(long xid) {
        return Optional.ofNullable(byXid.get(xid));
    }
}
