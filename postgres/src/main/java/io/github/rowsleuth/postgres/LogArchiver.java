package io.github.rowsleuth.postgres;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.probe.Examination;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import io.github.rowsleuth.server.WriteAheadLog.Archiver;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What the archiver did, and what that means for the log. */
final class LogArchiver {

    private static final String VIEW = "pg_stat_archiver";

    private static final Query STATE = new Query("""
            select current_setting('archive_mode') as mode, archived_count, last_archived_wal, last_archived_time,
                   failed_count, last_failed_wal, last_failed_time
              from pg_stat_archiver""", VIEW, "SELECT ON pg_catalog." + VIEW);

    private LogArchiver() {}

    static Archiver read(Session session) throws SQLException, ProbeUnavailableException, InterruptedException {
        return session.rows(
                        STATE,
                        row -> new Archiver(
                                row.text("mode"),
                                row.number("archived_count"),
                                row.optionalText("last_archived_wal"),
                                row.instant("last_archived_time"),
                                row.number("failed_count"),
                                row.optionalText("last_failed_wal"),
                                row.instant("last_failed_time")))
                .get(0);
    }

    /** Records what it did last, and says where the archive can not be relied on. */
    static List<EvidenceId> judge(Session session, Archiver archiver, boolean standby) {
        List<EvidenceId> evidence = new ArrayList<>();
        archiver.lastArchivedAt()
                .ifPresent(at -> evidence.add(LogState.fact(
                        session,
                        "the newest archived file of the write-ahead log is "
                                + archiver.lastArchived().orElse("unknown"),
                        Moment.at(at),
                        VIEW)));
        archiver.lastFailedAt()
                .ifPresent(at -> evidence.add(LogState.fact(
                        session,
                        "archiving " + archiver.lastFailed().orElse("a file") + " failed, " + archiver.failed()
                                + " failures in all",
                        Moment.at(at),
                        VIEW)));
        boolean archives = archiver.mode().equals("always") || (archiver.mode().equals("on") && !standby);
        if (!archives) {
            noArchive(session.examination(), archiver.mode());
        } else if (failing(archiver)) {
            failing(session.examination(), archiver);
        }
        return evidence;
    }

    private static boolean failing(Archiver archiver) {
        Instant failed = archiver.lastFailedAt().orElse(Instant.MIN);
        return failed.isAfter(archiver.lastArchivedAt().orElse(Instant.MIN));
    }

    private static void noArchive(Examination examination, String mode) {
        examination.gap(
                mode.equals("off") ? "archive_mode = off" : "archive_mode = on, which on a standby does nothing",
                "this server keeps its write-ahead log in pg_wal alone, and removes it with its next checkpoints",
                "copy pg_wal now; ask whether another server or pg_receivewal archives; for the future, ALTER SYSTEM SET"
                        + " archive_mode = on with an archive_command");
    }

    private static void failing(Examination examination, Archiver archiver) {
        examination.gap(
                "the archiver fails: its newest file is "
                        + archiver.lastArchived().orElse("none") + ", and "
                        + archiver.lastFailed().orElse("a file") + " could not be archived",
                "the archive ends there; everything after it lies in pg_wal alone, where the server keeps it until it is"
                        + " archived or the disk is full",
                "copy pg_wal before the archiving is mended, because the server then removes these files; watch the free"
                        + " space meanwhile");
    }
}
