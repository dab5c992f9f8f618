package io.github.rowsleuth.postgres;

import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import io.github.rowsleuth.server.ReplicationSlot;
import io.github.rowsleuth.transaction.Lsn;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What keeps rows or log without a session, and what removes rows.
 *
 * @param prepared transactions that wait for the second phase of their commit
 * @param slots the replication slots
 * @param vacuums the vacuums at work
 * @param complete whether all of them could be read
 */
record Holders(List<Prepared> prepared, List<ReplicationSlot> slots, List<Vacuum> vacuums, boolean complete) {

    private static final Query PREPARED = new Query("""
            select p.transaction::text::bigint as xid, p.gid, p.prepared, coalesce(p.owner::text, 'a dropped role') as owner,
                   coalesce(p.database::text, '') as database,
                   pg_snapshot_xmax(pg_current_snapshot())::text::bigint as next
              from pg_prepared_xacts p
             order by p.prepared, p.gid collate "C"\
            """, "pg_prepared_xacts", "SELECT ON pg_catalog.pg_prepared_xacts");

    // Newer versions tell more of a slot: since when it is idle (17), and why it is not served any more (16 only that).
    private static final Query SLOTS =
            new Query("""
            select s.slot_name::text as name, s.slot_type = 'logical' as logical, s.database::text as database, s.active,
                   s.xmin::text::bigint as xmin, s.catalog_xmin::text::bigint as catalog_xmin,
                   s.restart_lsn::text as restart, s.wal_status,
                   (to_jsonb(s) ->> 'inactive_since')::timestamptz as inactive_since,
                   coalesce(to_jsonb(s) ->> 'invalidation_reason',
                            case when to_jsonb(s) ->> 'conflicting' = 'true' then 'conflict with recovery' end) as invalid,
                   pg_snapshot_xmax(pg_current_snapshot())::text::bigint as next
              from pg_replication_slots s
             order by s.slot_name::text collate "C"\
            """, "pg_replication_slots", "SELECT ON pg_catalog.pg_replication_slots");

    // What it works on is hidden from those who may not see the session; the toast table stands for its table.
    private static final Query VACUUMS = new Query(
            """
            select v.pid, v.phase, n.nspname::text as schema, c.relname::text as name,
                   a.backend_type = 'autovacuum worker' or a.usesysid is null as automatic
              from pg_stat_progress_vacuum v
              left join pg_stat_activity a on a.pid = v.pid
              left join pg_class c on v.datname = current_database() and (c.oid = v.relid or c.reltoastrelid = v.relid)
              left join pg_namespace n on n.oid = c.relnamespace
             where v.phase is null or n.nspname is distinct from 'pg_toast'
             order by v.pid\
            """,
            "pg_stat_progress_vacuum",
            "SELECT ON pg_catalog.pg_stat_progress_vacuum, pg_catalog.pg_stat_activity, pg_catalog.pg_class,"
                    + " pg_catalog.pg_namespace");

    /** A transaction that waits for the second phase of its commit. */
    record Prepared(String gid, long transaction, Instant since, String owner, String database) {}

    /** A vacuum at work; of one that is hidden only its process id is known. */
    record Vacuum(int pid, Optional<TableName> table, Optional<String> phase, boolean automatic) {
        boolean hidden() {
            return phase.isEmpty();
        }
    }

    static Holders read(Session session) throws SQLException, ProbeUnavailableException, InterruptedException {
        Optional<List<Prepared>> prepared = session.rowsOrGap(
                PREPARED, "whether a prepared transaction keeps deleted rows is unknown", Holders::preparedOf);
        Optional<List<ReplicationSlot>> slots =
                session.rowsOrGap(SLOTS, "whether a replication slot keeps rows or log is unknown", Holders::slot);
        Optional<List<Vacuum>> vacuums = session.rowsOrGap(
                VACUUMS, "whether a vacuum removes deleted rows right now is unknown", Holders::vacuum);
        return new Holders(
                prepared.orElse(List.of()),
                slots.orElse(List.of()),
                vacuums.orElse(List.of()),
                prepared.isPresent() && slots.isPresent() && vacuums.isPresent());
    }

    private static Prepared preparedOf(Row row) throws SQLException {
        long raw = row.number("xid");
        return new Prepared(
                row.text("gid"),
                TransactionClock.near(raw, row.number("next")).orElse(raw),
                row.instant("prepared").orElse(Instant.EPOCH),
                row.text("owner"),
                row.text("database"));
    }

    private static ReplicationSlot slot(Row row) throws SQLException {
        long next = row.number("next");
        return ReplicationSlot.builder()
                .name(row.text("name"))
                .logical(row.flag("logical"))
                .database(row.optionalText("database"))
                .active(row.flag("active"))
                .inactiveSince(row.instant("inactive_since"))
                .oldestSeen(TransactionClock.near(row.number("xmin"), next))
                .oldestSeenOfCatalogs(TransactionClock.near(row.number("catalog_xmin"), next))
                .restart(row.optionalText("restart").map(Lsn::parse))
                .walStatus(row.optionalText("wal_status"))
                .invalidated(row.optionalText("invalid"))
                .build();
    }

    private static Vacuum vacuum(Row row) throws SQLException {
        Optional<String> name = row.optionalText("name");
        return new Vacuum(
                (int) row.number("pid"),
                name.isEmpty() ? Optional.empty() : Optional.of(TableName.of(row.text("schema"), name.get())),
                row.optionalText("phase"),
                row.flag("automatic"));
    }
}
