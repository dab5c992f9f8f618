package io.github.rowsleuth.postgres;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.evidence.Observation;
import io.github.rowsleuth.probe.Coverage;
import io.github.rowsleuth.probe.Examination;
import io.github.rowsleuth.probe.Probe;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import io.github.rowsleuth.probe.Volatility;
import io.github.rowsleuth.server.WriteAheadLog;
import io.github.rowsleuth.transaction.Lsn;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How much of the write-ahead log is there, and what keeps it. Reads no record of it. */
final class LogState implements Probe<WriteAheadLog> {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private static final Query CONTROL =
            new Query("""
            select redo_lsn::text as redo, checkpoint_time, next_xid, oldest_active_xid::text::bigint as oldest_active
              from pg_control_checkpoint()""", "pg_control_checkpoint()", "EXECUTE ON FUNCTION pg_catalog.pg_control_checkpoint()");

    private record Control(Lsn redo, TransactionClock.Checkpoint checkpoint) {

        static Control of(Row row) throws SQLException {
            return new Control(
                    Lsn.parse(row.text("redo")),
                    TransactionClock.Checkpoint.of(
                            row.instant("checkpoint_time")
                                    .orElseThrow(() -> new SQLException("expected the time of a checkpoint")),
                            row.text("next_xid"),
                            row.number("oldest_active")));
        }
    }

    private final Sessions sessions;

    LogState(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public Class<WriteAheadLog> answerType() {
        return WriteAheadLog.class;
    }

    @Override
    public String id() {
        return "postgres.wal-state";
    }

    @Override
    public Volatility volatility() {
        return Volatility.COUNTERS;
    }

    @Override
    public WriteAheadLog examine(Examination examination) throws ProbeUnavailableException, InterruptedException {
        return sessions.examine(examination, LogState::read);
    }

    private static WriteAheadLog read(Session session)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        LogSettings settings = LogSettings.read(session);
        Optional<Control> control = session.rowsOrGap(
                        CONTROL, "which files of the write-ahead log may go next is unknown", Control::of)
                .map(rows -> rows.get(0));
        Lsn now = settings.position().or(() -> control.map(Control::redo)).orElse(new Lsn(0));
        Optional<LogFiles> files = LogFiles.read(session, now, settings.segmentSize());
        WriteAheadLog.Archiver archiver = LogArchiver.read(session);
        List<EvidenceId> evidence = record(session, settings, now, control, files);
        evidence.addAll(LogArchiver.judge(session, archiver, settings.standby()));
        cover(session.examination(), settings, control.isPresent(), now, files);
        return WriteAheadLog.builder()
                .level(settings.level())
                .now(now)
                .oldest(files.map(LogFiles::oldest))
                .oldestWritten(files.map(LogFiles::oldestWritten))
                .redo(control.map(Control::redo))
                .segmentSize(settings.segmentSize())
                .maxSize(settings.maxSize())
                .keepSize(settings.keepSize())
                .slotKeepSize(settings.slotKeepSize() < 0 ? Optional.empty() : Optional.of(settings.slotKeepSize()))
                .checkpointSeconds(settings.checkpointSeconds())
                .archiver(archiver)
                .summarized(settings.summarized())
                .anchors(LogAnchors.together(
                        control.map(c -> LogAnchors.of(c.checkpoint())).orElse(List.of()),
                        LogAnchors.lastCommitted(session, settings)))
                .evidence(evidence)
                .build();
    }

    private static List<EvidenceId> record(
            Session session, LogSettings settings, Lsn now, Optional<Control> control, Optional<LogFiles> files) {
        List<EvidenceId> evidence = new ArrayList<>();
        evidence.add(fact(
                session,
                "the write-ahead log is " + (settings.standby() ? "replayed up to " : "written up to ") + now
                        + ", wal_level = " + settings.level(),
                Moment.unknown(),
                settings.standby() ? "pg_last_wal_replay_lsn()" : "pg_current_wal_lsn()"));
        files.ifPresent(f -> evidence.add(fact(
                session,
                "the write-ahead log in pg_wal begins at " + f.oldest() + "; the oldest of its " + f.count()
                        + " files was last written then",
                Moment.at(f.oldestWritten(), SECOND),
                "pg_ls_waldir()")));
        control.ifPresent(c -> evidence.add(fact(
                session,
                "the last checkpoint began; files before its redo position " + c.redo()
                        + " may go at the next, unless something keeps them",
                Moment.between(c.checkpoint().time(), c.checkpoint().time().plus(SECOND)),
                "pg_control_checkpoint()")));
        return evidence;
    }

    static EvidenceId fact(Session session, String summary, Moment moment, String location) {
        return session.examination().record(new Observation.ServerFact(summary), moment, session.at(location));
    }

    private static void cover(
            Examination examination, LogSettings settings, boolean control, Lsn now, Optional<LogFiles> files) {
        if (settings.level().equals("minimal")) {
            examination.gap(
                    "wal_level = minimal",
                    "the log does not hold enough to restore to a point in time, nor the rows that were loaded into new"
                            + " tables",
                    "copy the data directory while the server is stopped, or look for a dump; for the future, ALTER"
                            + " SYSTEM SET wal_level = replica, and restart");
        }
        String read = "the state of the write-ahead log"
                + files.map(f -> ", whose files reach from " + f.oldest() + " to " + now)
                        .orElse(" at " + now);
        examination.coverage(
                control && files.isPresent() ? Coverage.complete(read) : Coverage.partial(read + "; see the gaps"));
    }
}
