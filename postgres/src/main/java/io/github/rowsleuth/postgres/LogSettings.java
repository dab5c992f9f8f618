package io.github.rowsleuth.postgres;

import io.github.rowsleuth.probe.ProbeUnavailableException;
import io.github.rowsleuth.transaction.Lsn;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Where the write-ahead log is, and how it is set up.
 *
 * @param level {@code wal_level}
 * @param standby whether it is replayed, not written
 * @param position where writing is now, or replay; empty on a standby that replayed nothing yet
 * @param segmentSize of a file, in bytes
 * @param maxSize {@code max_wal_size}, in bytes
 * @param keepSize {@code wal_keep_size}, in bytes
 * @param slotKeepSize {@code max_slot_wal_keep_size}, in bytes; negative for no limit
 * @param checkpointSeconds {@code checkpoint_timeout}
 * @param summarized {@code summarize_wal}
 * @param next the next transaction id, epoch included
 * @param timestamped whether the server keeps commit timestamps
 */
record LogSettings(
        String level,
        boolean standby,
        Optional<Lsn> position,
        long segmentSize,
        long maxSize,
        long keepSize,
        long slotKeepSize,
        long checkpointSeconds,
        boolean summarized,
        long next,
        boolean timestamped) {

    private static final Query SETTINGS = new Query(
            """
            select current_setting('wal_level') as level,
                   pg_is_in_recovery() as standby,
                   case when pg_is_in_recovery() then pg_last_wal_replay_lsn() else pg_current_wal_lsn() end::text
                       as position,
                   pg_size_bytes(current_setting('wal_segment_size')) as segment_size,
                   pg_size_bytes(current_setting('max_wal_size')) as max_size,
                   pg_size_bytes(current_setting('wal_keep_size')) as keep_size,
                   pg_size_bytes(current_setting('max_slot_wal_keep_size')) as slot_keep_size,
                   extract(epoch from current_setting('checkpoint_timeout')::interval)::bigint as checkpoint_seconds,
                   coalesce(current_setting('summarize_wal', true), 'off')::boolean as summarized,
                   pg_snapshot_xmax(pg_current_snapshot())::text::bigint as next,
                   current_setting('track_commit_timestamp')::boolean as timestamped""",
            "pg_current_wal_lsn(), pg_last_wal_replay_lsn()",
            "EXECUTE ON FUNCTION pg_catalog.pg_current_wal_lsn(), pg_catalog.pg_last_wal_replay_lsn()");

    static LogSettings read(Session session) throws SQLException, ProbeUnavailableException, InterruptedException {
        return session.rows(SETTINGS, LogSettings::of).get(0);
    }

    private static LogSettings of(Row row) throws SQLException {
        return new LogSettings(
                row.text("level"),
                row.flag("standby"),
                row.optionalText("position").map(Lsn::parse),
                row.number("segment_size"),
                row.number("max_size"),
                row.number("keep_size"),
                row.number("slot_keep_size"),
                row.number("checkpoint_seconds"),
                row.flag("summarized"),
                row.number("next"),
                row.flag("timestamped"));
    }
}
