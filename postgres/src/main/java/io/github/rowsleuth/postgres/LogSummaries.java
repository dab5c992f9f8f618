package io.github.rowsleuth.postgres;

import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import io.github.rowsleuth.server.Tombstone;
import io.github.rowsleuth.transaction.Lsn;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the summaries of the write-ahead log say of files that were created, cut to nothing or removed. They are kept for
 * {@code wal_summary_keep_time}, ten days unless set, and open to everybody (PostgreSQL documentation, "WAL
 * Summarization Information Functions").
 *
 * @param marks one for each file and summary, the newest first
 * @param summaries how many were read
 * @param from where the oldest of them begins
 * @param complete whether all were read
 */
record LogSummaries(List<RemovedFiles.Mark> marks, int summaries, Optional<Lsn> from, boolean complete) {

    /** How many summaries are read by one statement. */
    private static final int BATCH = 50;

    private static final String FUNCTIONS = "pg_available_wal_summaries(), pg_wal_summary_contents()";
    private static final String PRIVILEGE = "EXECUTE ON FUNCTION pg_catalog.pg_available_wal_summaries(),"
            + " pg_catalog.pg_wal_summary_contents(bigint, pg_lsn, pg_lsn)";

    private static final Query ENABLED =
            new Query("select current_setting('summarize_wal')::boolean as enabled", "pg_settings", "pg_monitor");

    private static final Query AVAILABLE = new Query("""
            select tli, start_lsn::text as "from", end_lsn::text as "to"
              from pg_available_wal_summaries()
             order by tli desc, end_lsn desc, start_lsn desc""", FUNCTIONS, PRIVILEGE);

    private static final Query CONTENTS = new Query("""
            select s.tli, s.start_lsn::text as "from", s.end_lsn::text as "to", c.relfilenode::bigint as file
              from (select tli, start_lsn, end_lsn
                      from pg_available_wal_summaries()
                     order by tli desc, end_lsn desc, start_lsn desc
                    offset ?::bigint limit ?::bigint) s,
                   lateral pg_wal_summary_contents(s.tli, s.start_lsn, s.end_lsn) c
             where c.is_limit_block and c.relforknumber = 0 and c.relblocknumber = 0 and c.relfilenode >= 16384
               and c.reldatabase = (select oid from pg_database where datname = current_database())
             order by s.tli desc, s.end_lsn desc, s.start_lsn desc, c.relfilenode""", FUNCTIONS, PRIVILEGE);

    /** What one summary covers. */
    record Range(long timeline, Lsn from, Lsn to) {

        private static Range of(Row row) throws SQLException {
            return new Range(row.number("tli"), Lsn.parse(row.text("from")), Lsn.parse(row.text("to")));
        }

        /** {@return the end of a sentence} */
        @Override
        public String toString() {
            return " between " + from + " and " + to + (timeline == 1 ? "" : " of timeline " + timeline);
        }
    }

    static Optional<LogSummaries> read(Session session)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        if (!session.rows(ENABLED, row -> row.flag("enabled")).get(0)) {
            session.examination()
                    .gap(
                            "summarize_wal = off",
                            "no summary of the write-ahead log tells which files were truncated or dropped once the log"
                                    + " itself is gone",
                            "for the future, ALTER SYSTEM SET summarize_wal = on; it keeps them for ten days");
            return Optional.empty();
        }
        Optional<List<Range>> available = session.rowsOrGap(
                AVAILABLE, "which files were truncated or dropped in the last days is unknown", Range::of);
        return available.isEmpty() ? Optional.empty() : Optional.of(read(session, available.get()));
    }

    private static LogSummaries read(Session session, List<Range> available)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        List<RemovedFiles.Mark> marks = new ArrayList<>();
        int read = 0;
        while (read < available.size()
                && marks.size() < RemovedFiles.MOST
                && session.examination().remaining().toMillis() > 0) {
            marks.addAll(session.rows(CONTENTS, LogSummaries::mark, Integer.toString(read), Integer.toString(BATCH)));
            read = Math.min(available.size(), read + BATCH);
        }
        boolean complete = read == available.size();
        if (!complete) {
            session.examination()
                    .gap(
                            "only the newest " + read + " of " + available.size()
                                    + " summaries of the write-ahead log were read",
                            "files that were truncated or dropped before are not among the marks",
                            "allow more time with probeDeadline(…)");
        }
        return new LogSummaries(
                marks, read, available.stream().limit(read).map(Range::from).min(Lsn::compareTo), complete);
    }

    private static RemovedFiles.Mark mark(Row row) throws SQLException {
        return new RemovedFiles.Mark(
                Tombstone.Kind.WAL_SUMMARY,
                row.number("file"),
                Moment.unknown(),
                Optional.of(Range.of(row)),
                "pg_wal_summary_contents()");
    }

    String coverage() {
        return summaries + " summaries of the write-ahead log"
                + from.map(lsn -> " from " + lsn + " on").orElse("");
    }
}
