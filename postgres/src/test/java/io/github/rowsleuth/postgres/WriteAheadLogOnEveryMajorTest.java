package io.github.rowsleuth.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.postgres.fixture.PostgresFixture;
import io.github.rowsleuth.postgres.fixture.PostgresServer;
import io.github.rowsleuth.probe.Coverage;
import io.github.rowsleuth.probe.Gap;
import io.github.rowsleuth.server.WriteAheadLog;
import io.github.rowsleuth.transaction.Lsn;
import io.github.rowsleuth.transaction.XidAnchor;
import io.github.rowsleuth.transaction.XidClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WriteAheadLogOnEveryMajorTest {

    private static final long SEGMENT = 16L << 20;
    private static final long MEGABYTE = 1L << 20;

    static List<Integer> majors() {
        return PostgresFixture.majors();
    }

    @ParameterizedTest
    @MethodSource("majors")
    void its_extent_and_its_settings_are_told(int major) throws Exception {
        Database database = Database.on(major);
        Notebook notebook = Notebook.on("public.t");
        Lsn before = Lsn.parse(database.value("select pg_current_wal_lsn()"));

        WriteAheadLog log = Postgres.at(database.url()).writeAheadLog().examine(notebook);

        Lsn after = Lsn.parse(database.value("select pg_current_wal_lsn()"));
        assertThat(log.now()).isBetween(before, after);
        assertThat(log.level()).isEqualTo("logical");
        assertThat(log.segmentSize()).isEqualTo(SEGMENT);
        assertThat(log.maxSize()).isEqualTo(1024 * MEGABYTE);
        assertThat(log.keepSize()).isZero();
        assertThat(log.slotKeepSize()).isEmpty();
        assertThat(log.checkpointSeconds()).isEqualTo(300);
        assertThat(log.summarized()).isFalse();
        assertThat(log.archiver().mode()).isEqualTo("off");
        assertThat(log.redo()).contains(Lsn.parse(database.value("select redo_lsn from pg_control_checkpoint()")));
        assertThat(log.oldest().orElseThrow()).isLessThanOrEqualTo(log.redo().orElseThrow());
        assertThat(log.oldest().orElseThrow().position() % SEGMENT).isZero();
        assertThat(log.oldestWritten().orElseThrow()).isBeforeOrEqualTo(Instant.now());
        assertThat(log.evidence()).hasSize(notebook.evidence.size());
        assertThat(notebook.coverage().extent()).isEqualTo(Coverage.Extent.COMPLETE);
        assertThat(notebook.gaps).extracting(Gap::missing).containsExactly("archive_mode = off");
    }

    @ParameterizedTest
    @MethodSource("majors")
    void the_last_checkpoint_dates_ids(int major) throws Exception {
        Database database = Database.on(major);
        Instant before = Instant.now();
        database.run("create table first(id int)", "checkpoint");
        Instant between = Instant.now();
        long first = Long.parseLong(database.value("select xmin from pg_class where relname = 'first'"));
        database.run("create table second(id int)");
        long second = Long.parseLong(database.value("select xmin from pg_class where relname = 'second'"));

        WriteAheadLog log = Postgres.at(database.url()).writeAheadLog().examine(Notebook.on("public.t"));

        XidClock clock = XidClock.of(log.anchors());
        assertThat(clock.assigned(first).latest().orElseThrow()).isBetween(before, between.plusSeconds(3));
        assertThat(clock.assigned(second).earliest().orElseThrow())
                .isBetween(before.minus(Duration.ofSeconds(1)), between);
        assertThat(log.transactions()).isEmpty();
        assertThat(log.sourceName()).isEqualTo("the control file");
    }

    @ParameterizedTest
    @MethodSource("majors")
    void without_pg_monitor_its_beginning_is_a_gap(int major) throws Exception {
        Database database = Database.on(major);
        String plain = database.name() + "_plain";
        String monitor = database.name() + "_monitor";
        database.run("create role " + plain + " login", "create role " + monitor + " login in role pg_monitor");
        Notebook less = Notebook.on("public.t");
        Notebook all = Notebook.on("public.t");

        WriteAheadLog partly =
                Postgres.at(database.bareUrl(), plain, "").writeAheadLog().examine(less);
        WriteAheadLog whole =
                Postgres.at(database.bareUrl(), monitor, "").writeAheadLog().examine(all);

        assertThat(partly.oldest()).isEmpty();
        assertThat(partly.redo()).isPresent();
        assertThat(partly.anchors()).hasSize(2);
        assertThat(less.coverage().extent()).isEqualTo(Coverage.Extent.PARTIAL);
        assertThat(less.gaps).extracting(Gap::remedy).contains("GRANT pg_monitor TO " + plain);
        assertThat(whole.oldest()).isPresent();
        assertThat(all.coverage().extent()).isEqualTo(Coverage.Extent.COMPLETE);
    }

    /** Two states of the archiver, summaries, timestamps and recycled files, on one server of the newest major. */
    @Test
    void an_archiver_that_fails_and_one_that_works() throws Exception {
        int major = majors().get(majors().size() - 1);
        Map<String, String> settings = Map.of(
                "archive_mode", "on",
                "archive_command", "false",
                "track_commit_timestamp", "on",
                "max_slot_wal_keep_size", "100MB",
                "wal_keep_size", "64MB",
                "checkpoint_timeout", "1h",
                "autovacuum", "off");
        try (PostgresServer server = PostgresFixture.start(major, settings)) {
            Database database = Database.on(server).run("create table t(id int)", "select pg_switch_wal()");
            String failed = eventually(database, "select last_failed_wal from pg_stat_archiver");
            Notebook failing = Notebook.on("public.t");
            WriteAheadLog log = Postgres.at(database.url()).writeAheadLog().examine(failing);
            assertThat(log.archiver().lastFailed()).contains(failed);
            assertThat(log.archiver().failed()).isPositive();
            assertThat(log.slotKeepSize()).contains(100 * MEGABYTE);
            assertThat(log.keepSize()).isEqualTo(64 * MEGABYTE);
            assertThat(failing.gaps)
                    .extracting(Gap::missing)
                    .containsExactly(
                            "the archiver fails: its newest file is none, and " + failed + " could not be archived");
            assertThat(failing.coverage().extent()).isEqualTo(Coverage.Extent.COMPLETE);
            lastCommitIsDated(database, log);

            database.run("alter system set archive_command = 'true'", "select pg_reload_conf()");
            eventually(database, "select last_archived_wal from pg_stat_archiver");
            Notebook working = Notebook.on("public.t");
            log = Postgres.at(database.url()).writeAheadLog().examine(working);
            assertThat(log.archiver().lastArchived()).isPresent();
            assertThat(working.gaps).isEmpty();
            assertThat(working.summaries()).anyMatch(s -> s.startsWith("the newest archived file"));

            recycledFilesDoNotCount(database);
        }
    }

    private static void lastCommitIsDated(Database database, WriteAheadLog log) throws Exception {
        long xid = Long.parseLong(database.value("select xid from pg_last_committed_xact()"));
        Instant at = Instant.parse(
                database.value("select to_char(timestamp at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"
                        + " from pg_last_committed_xact()"));
        assertThat(log.anchors()).contains(new XidAnchor(xid, Moment.notAfter(at), "pg_last_committed_xact()"));
    }

    private static void recycledFilesDoNotCount(Database database) throws Exception {
        for (int i : IntStream.range(0, 8).toArray()) {
            database.run("create table filler" + i + "(id int)", "select pg_switch_wal()");
        }
        database.run("alter system set wal_keep_size = 0", "select pg_reload_conf()");
        eventually(
                database,
                "select nullif(last_archived_wal < pg_walfile_name(pg_current_wal_lsn() - 20000000), true)"
                        + " from pg_stat_archiver");
        database.run("checkpoint", "checkpoint");
        String current = database.value("select pg_walfile_name(pg_current_wal_lsn())");
        assertThat(database.value("select count(*) > 0 from pg_ls_waldir() where name > '" + current
                        + "' and name ~ '^[0-9A-F]{24}$'"))
                .as("there are recycled files")
                .isEqualTo("t");
        String files = database.value(
                "select count(*) from pg_ls_waldir() where name <= '" + current + "' and name ~ '^[0-9A-F]{24}$'");
        Notebook notebook = Notebook.on("public.t");
        WriteAheadLog log = Postgres.at(database.url()).writeAheadLog().examine(notebook);
        assertThat(notebook.summaries()).anyMatch(s -> s.contains("; the oldest of its " + files + " files "));
        assertThat(log.oldest().orElseThrow()).isLessThanOrEqualTo(log.now());
        assertThat(log.oldest().orElseThrow()).isGreaterThan(new Lsn(SEGMENT));
    }

    private static String eventually(Database database, String sql) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        String value = database.value(sql);
        while (value.equals("null") && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(50);
            value = database.value(sql);
        }
        return value;
    }
}
