package io.github.rowsleuth.postgres;

import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.evidence.Observation;
import io.github.rowsleuth.probe.Examination;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Since when the counters count, and what else limits them.
 *
 * @param validSince empty where they reach back to the beginning of the database
 * @param discarded when a crash, a restore or a promotion took all statistics, if one did
 * @param complete whether nothing limits them in the window of the incident
 */
record Horizon(Optional<Instant> validSince, Optional<Instant> discarded, boolean complete) {

    // Every kind of shared statistics is zeroed when a crash or a restore discards them, and only some of them by
    // pg_stat_reset_shared(): the earliest of their resets is the last time that all were lost.
    private static final Query FACTS = new Query(
            """
            select d.stats_reset as own, least(b.stats_reset, a.stats_reset, s.stats_reset) as shared,
                   current_setting('track_counts')::boolean as counting,
                   d.tup_deleted as deleted,
                   (select coalesce(sum(t.n_tup_del), 0)::bigint
                      from pg_stat_all_tables t join pg_class c on c.oid = t.relid and not c.relisshared) as accounted,
                   (select count(*) from pg_stat_activity p
                     where p.datid = d.datid and p.usesysid is not null and p.pid <> pg_backend_pid()) as others
              from pg_stat_database d, pg_stat_bgwriter b, pg_stat_archiver a,
                   (select min(stats_reset) as stats_reset from pg_stat_slru) s
             where d.datname = current_database()""",
            "pg_stat_database, pg_stat_bgwriter, pg_stat_archiver, pg_stat_slru, pg_stat_activity",
            "SELECT ON pg_catalog.pg_stat_database, pg_catalog.pg_stat_bgwriter, pg_catalog.pg_stat_archiver,"
                    + " pg_catalog.pg_stat_slru, pg_catalog.pg_stat_activity, pg_catalog.pg_stat_all_tables");

    /** How long initdb may take from the making of the system identifier to the first statistics. */
    private static final Duration INITDB = Duration.ofSeconds(30);

    /** From this version on a fresh database has no reset time, and idle sessions hand in their counts. */
    private static final int SHARED_MEMORY_STATISTICS = 15;

    /**
     * What the server says.
     *
     * @param own the last reset of the database, or of one of its tables
     * @param shared the last time that all shared statistics were new
     * @param counting whether {@code track_counts} is on
     * @param deleted the deletes that the database counted
     * @param accounted the deletes that its tables counted
     * @param others how many other sessions use the database
     */
    record Facts(
            Optional<Instant> own,
            Optional<Instant> shared,
            boolean counting,
            long deleted,
            long accounted,
            long others) {

        private static Facts of(Row row) throws SQLException {
            return new Facts(
                    row.instant("own"),
                    row.instant("shared"),
                    row.flag("counting"),
                    row.number("deleted"),
                    row.number("accounted"),
                    row.number("others"));
        }

        /** When a crash or a restore took the statistics, if one did. */
        Optional<Instant> discarded(int major, Optional<Instant> clusterCreated, Optional<Instant> started) {
            if (major < SHARED_MEMORY_STATISTICS) {
                return shared; // The statistics begin with the first start of the server, which looks the same.
            }
            return shared.filter(
                    at -> started.filter(start -> !at.isBefore(start)).isPresent()
                            || clusterCreated
                                    .filter(made -> !at.isAfter(made.plus(INITDB)))
                                    .isEmpty());
        }
    }

    static Horizon read(Session session, Server server)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        Examination examination = session.examination();
        Optional<Facts> facts = session.rowsOrGap(
                        FACTS,
                        "since when the counters are valid is unknown; only what they count from now on is sure",
                        Facts::of)
                .map(rows -> rows.get(0));
        if (facts.isEmpty()) {
            return new Horizon(Optional.of(examination.clock().instant()), Optional.empty(), false);
        }
        Optional<Instant> discarded = facts.get()
                .discarded(
                        session.major(),
                        server.identity().clusterCreated(),
                        server.identity().serverStarted());
        record(session, facts.get(), discarded);
        Optional<Instant> since = later(facts.get().own(), discarded);
        boolean reaches = since.isEmpty() || reachesBack(examination, since.get());
        boolean unlimited = limits(session, server, facts.get());
        return new Horizon(since, discarded, reaches && unlimited);
    }

    private static Optional<Instant> later(Optional<Instant> a, Optional<Instant> b) {
        return a.isPresent() && b.isPresent() ? (a.get().isAfter(b.get()) ? a : b) : a.or(() -> b);
    }

    private static void record(Session session, Facts facts, Optional<Instant> discarded) {
        discarded.ifPresent(at -> fact(
                session,
                session.major() < SHARED_MEMORY_STATISTICS
                        ? "the statistics of the cluster begin: its first start, a crash or a restore"
                        : "the statistics of the cluster were discarded: a crash, a restore or a reset",
                Moment.at(at),
                "pg_stat_bgwriter, pg_stat_archiver, pg_stat_slru"));
        facts.own()
                .ifPresent(at -> fact(
                        session,
                        session.major() < SHARED_MEMORY_STATISTICS
                                ? "the statistics of the database begin: its creation, a crash, or a reset of it or of one of its tables"
                                : "the statistics of the database, or of one of its tables, were reset",
                        Moment.at(at),
                        "pg_stat_database"));
        long missing = facts.deleted() - facts.accounted();
        if (missing > 0) {
            fact(
                    session,
                    "the database counts " + facts.deleted() + " deletes, " + missing
                            + " of them in tables that are gone or were reset; dropping a table itself takes about 40 in"
                            + " the catalogs",
                    Moment.unknown(),
                    "pg_stat_database");
        }
    }

    private static void fact(Session session, String summary, Moment moment, String location) {
        session.examination().record(new Observation.ServerFact(summary), moment, session.at(location));
    }

    private static boolean reachesBack(Examination examination, Instant since) {
        boolean reaches = examination
                .incident()
                .window()
                .notBefore()
                .filter(from -> !from.isBefore(since))
                .isPresent();
        if (!reaches) {
            examination.gap(
                    "statistics valid since " + since,
                    "deletes before that are not in the counters, and a 0 in them says nothing about that time",
                    "say with lostBetween(…) since when the rows were missing, if that was later; else look into logs,"
                            + " write-ahead log and backups of the time before");
        }
        return reaches;
    }

    private static boolean limits(Session session, Server server, Facts facts) {
        Examination examination = session.examination();
        boolean standby = server.identity().inRecovery();
        boolean lagging = session.major() < SHARED_MEMORY_STATISTICS && facts.others() > 0;
        if (!facts.counting()) {
            examination.gap(
                    "track_counts = off",
                    "the server counts no deletes at all",
                    "look into logs and write-ahead log; for the future, ALTER SYSTEM SET track_counts = on");
        }
        if (standby) {
            examination.gap(
                    "the server is a standby",
                    "its counters do not hold what was done on the primary",
                    "ask the primary for its counters");
        }
        if (lagging) {
            examination.gap(
                    facts.others() + " other sessions use the database",
                    "before PostgreSQL 15 an idle session hands in its counts only with its next command or at its end,"
                            + " so deletes of theirs may be missing",
                    "ask again when they have ended; do not end them by force, their snapshots may keep deleted rows");
        }
        boolean promoted = !standby && promoted(examination, server);
        return facts.counting() && !standby && !lagging && !promoted;
    }

    private static boolean promoted(Examination examination, Server server) {
        Optional<Long> timeline = server.control().map(Server.Control::timeline).filter(number -> number > 1);
        timeline.ifPresent(number -> examination.gap(
                "the cluster is on timeline " + number,
                "what was counted before its last promotion or restore stayed on the former primary",
                "if the former primary still exists, ask it, and do not restart it"));
        return timeline.isPresent();
    }
}
