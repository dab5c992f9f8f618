package io.github.rowsleuth.postgres;

import io.github.rowsleuth.probe.ProbeUnavailableException;
import io.github.rowsleuth.transaction.Lsn;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Up to where the log can be read, and from which database it is read.
 *
 * @param end records that end before it can be read
 * @param redo where the last checkpoint began; its file is surely there
 * @param database the oid of the database
 * @param tablespace the tablespace of the database
 */
record LogPosition(Lsn end, Lsn redo, long database, long tablespace) {

    private static final Query POSITION = new Query(
            """
            select case when pg_is_in_recovery() then pg_last_wal_replay_lsn()
                        else pg_current_wal_flush_lsn() end::text as "end",
                   case when pg_is_in_recovery() then pg_last_wal_replay_lsn()
                        else pg_current_wal_insert_lsn() end::text as written,
                   (select redo_lsn from pg_control_checkpoint())::text as redo,
                   d.oid::bigint as database, d.dattablespace::bigint as tablespace
              from pg_database d
             where d.datname = current_database()""",
            "pg_current_wal_flush_lsn(), pg_control_checkpoint()",
            "EXECUTE ON FUNCTION pg_catalog.pg_current_wal_flush_lsn(), pg_catalog.pg_current_wal_insert_lsn(),"
                    + " pg_catalog.pg_last_wal_replay_lsn(), pg_catalog.pg_control_checkpoint()");

    /**
     * Rollbacks, and commits without synchronous_commit, reach the disk within three rounds of the WAL writer, of 200 ms
     * each unless set otherwise. What mere readers write can take far longer, and does not matter.
     */
    private static final int PAUSES = 14;

    private static final Duration PAUSE = Duration.ofMillis(50);
    /** The end of one page and the beginning of the next differ by its header. */
    private static final long PAGE_HEADER = 40;

    private record Now(LogPosition position, Lsn written) {

        private static Now of(Row row) throws SQLException {
            Lsn redo = Lsn.parse(row.text("redo"));
            Lsn end = row.optionalText("end").map(Lsn::parse).orElse(redo);
            return new Now(
                    new LogPosition(end, redo, row.number("database"), row.number("tablespace")),
                    row.optionalText("written").map(Lsn::parse).orElse(end));
        }
    }

    /** Waits a little for what is written already to become readable. */
    static LogPosition read(Session session) throws SQLException, ProbeUnavailableException, InterruptedException {
        Now first = session.rows(POSITION, Now::of).get(0);
        LogPosition position = first.position();
        for (int pause = 0;
                pause < PAUSES
                        && first.written().position() - position.end().position() > PAGE_HEADER
                        && session.examination().remaining().compareTo(PAUSE.multipliedBy(PAUSES)) > 0;
                pause++) {
            TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
            position = session.rows(POSITION, Now::of).get(0).position();
        }
        return position;
    }
}
