package io.github.rowsleuth.postgres;

import io.github.rowsleuth.postgres.heap.TupleGroup;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import io.github.rowsleuth.transaction.TransactionEnd;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** How the transactions ended that pages name; every question is asked once for all of them. */
final class XidStatuses {

    // The xmax of a snapshot is the id after the last that ended; running ones may lie beyond. age() counts from the
    // next id,
    // as it was when this transaction first asked.
    private static final Query NEXT = new Query(
            """
            select pg_snapshot_xmax(pg_current_snapshot())::text::bigint as ended, age('3'::xid)::bigint as given_out""",
            "pg_current_snapshot(), age()",
            "EXECUTE ON FUNCTION pg_catalog.pg_current_snapshot(), pg_catalog.pg_snapshot_xmax(pg_snapshot),"
                    + " pg_catalog.age(xid)");

    // A multixact older than the oldest that any database needs may be gone, and asking for it would be an error.
    private static final Query MEMBERS = new Query(
            """
            select k.id, m.xid::text::bigint as xid
              from (select a.id::bigint as id,
                           case when mxid_age(a.id::xid)
                                     between 1 and (select max(mxid_age(d.datminmxid)) from pg_database d)
                                then a.id::xid end as known
                      from unnest(string_to_array(?, ',')) as a(id)) k
              left join lateral pg_get_multixact_members(k.known) m on m.mode in ('upd', 'nokeyupd')
             where k.known is not null""",
            "pg_get_multixact_members()",
            "EXECUTE ON FUNCTION pg_catalog.pg_get_multixact_members(xid), pg_catalog.mxid_age(xid)");

    // Asking for the status of an id that was not given out yet would be an error.
    private static final Query STATUSES =
            new Query("""
            select s.id, s.status
              from (select a.id::bigint as id,
                           case when a.id::bigint < ?::bigint then pg_xact_status(a.id::xid8) end as status
                      from unnest(string_to_array(?, ',')) as a(id)) s
             where s.status is distinct from 'committed'""", "pg_xact_status()", "EXECUTE ON FUNCTION pg_catalog.pg_xact_status(xid8)");

    private static final String CONSEQUENCE = "rows without a hint of their own on the page can not be told apart";

    private final Session session;
    private final long next;
    private final Map<Long, Optional<Long>> updaters = new HashMap<>();
    private final Map<Long, TransactionEnd> ends = new HashMap<>();
    private boolean asked = true;

    private XidStatuses(Session session, long next) {
        this.session = session;
        this.next = next;
    }

    /** Asks for all that these groups leave open; later than their pages were read. */
    static XidStatuses of(Session session, Collection<TupleGroup> groups)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        XidStatuses statuses = new XidStatuses(
                session,
                session.rows(NEXT, row -> TransactionClock.next(row.number("ended"), row.number("given_out")))
                        .get(0));
        statuses.askForMembers(groups);
        statuses.askForEnds(groups);
        return statuses;
    }

    long next() {
        return next;
    }

    private void askForMembers(Collection<TupleGroup> groups)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        Set<Long> multis =
                groups.stream().filter(TupleGroup::multi).map(TupleGroup::xmax).collect(Collectors.toSet());
        if (!multis.isEmpty()) {
            session.rowsOrGap(
                    MEMBERS,
                    CONSEQUENCE,
                    // At most one member that updates can have committed, and no other is kept beside it.
                    row -> updaters.put(
                                    row.number("id"),
                                    Optional.of(row.number("xid")).filter(xid -> xid != 0))
                            == null,
                    list(multis));
        }
    }

    private void askForEnds(Collection<TupleGroup> groups)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        Set<Long> open = new HashSet<>();
        for (TupleGroup group : groups) {
            TransactionClock.withEpoch(group.xmin(), next).ifPresent(open::add);
            if (!group.hintedCommitted() && !group.hintedAborted()) {
                ender(group).ifPresent(open::add);
            }
        }
        if (!open.isEmpty()) {
            Optional<List<Boolean>> answer = session.rowsOrGap(
                    STATUSES,
                    CONSEQUENCE,
                    row -> ends.put(row.number("id"), end(row.optionalText("status"))) == null,
                    Long.toString(next),
                    list(open));
            asked = answer.isPresent();
        }
    }

    private static String list(Set<Long> ids) {
        return ids.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    private static TransactionEnd end(Optional<String> status) {
        return switch (status.orElse("")) {
            case "aborted" -> TransactionEnd.ABORTED;
            case "in progress" -> TransactionEnd.IN_PROGRESS;
            default -> TransactionEnd.UNKNOWN;
        };
    }

    /** The transaction that deleted or updated the tuples, with its epoch, if that can be told. */
    Optional<Long> ender(TupleGroup group) {
        Optional<Long> xmax = Optional.of(group.xmax()).filter(id -> id != 0);
        Optional<Long> raw = group.multi() ? xmax.flatMap(id -> updaters.getOrDefault(id, Optional.empty())) : xmax;
        return raw.flatMap(id -> TransactionClock.withEpoch(id, next));
    }

    /** Whether the multixact is one of lockers alone, though the tuple does not say so. */
    boolean lockedOnly(TupleGroup group) {
        return group.multi()
                && Optional.ofNullable(updaters.get(group.xmax()))
                        .filter(Optional::isEmpty)
                        .isPresent();
    }

    /** Whether nobody remembers the multixact. */
    boolean forgottenMultixact(TupleGroup group) {
        return group.multi() && !updaters.containsKey(group.xmax());
    }

    /** How the insertion of the tuples ended. */
    TransactionEnd insertion(TupleGroup group) {
        return group.xmin() == 0
                ? TransactionEnd.COMMITTED
                : TransactionClock.withEpoch(group.xmin(), next).map(this::end).orElse(TransactionEnd.UNKNOWN);
    }

    /** How their deletion or update ended; the word of the page counts most. */
    TransactionEnd ending(TupleGroup group) {
        if (group.hintedAborted()) {
            return TransactionEnd.ABORTED;
        }
        return group.hintedCommitted()
                ? TransactionEnd.COMMITTED
                : ender(group).map(this::end).orElse(TransactionEnd.UNKNOWN);
    }

    /**
     * How it ended. The server forgets only what no page needs any more, so a transaction whose record is gone is taken to
     * have committed: what was rolled back is removed or hinted before.
     */
    private TransactionEnd end(long xid) {
        if (!asked) {
            return TransactionEnd.UNKNOWN;
        }
        TransactionEnd end = ends.getOrDefault(xid, TransactionEnd.COMMITTED);
        return end == TransactionEnd.UNKNOWN ? TransactionEnd.COMMITTED : end;
    }

    /** How many transactions have no record any more. */
    long forgotten() {
        return ends.values().stream()
                .filter(end -> end == TransactionEnd.UNKNOWN)
                .count();
    }
}
