package io.github.rowsleuth.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.incident.TimeWindow;
import io.github.rowsleuth.postgres.fixture.PostgresFixture;
import io.github.rowsleuth.postgres.fixture.PostgresServer;
import io.github.rowsleuth.probe.Autovacuum;
import io.github.rowsleuth.probe.Coverage;
import io.github.rowsleuth.probe.DeletionStats;
import io.github.rowsleuth.probe.TableCounters;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CountersOnEveryMajorTest {

    static List<Integer> majors() {
        return PostgresFixture.majors();
    }

    private static Database filled(int major) throws Exception {
        Database database = fill(Database.on(major));
        when(database, 0, 10); // Sessions that end at the same time hand in their counts in any order.
        return database;
    }

    private static Database fill(Database database) throws Exception {
        database.run(
                "create table t(id int) with (autovacuum_enabled = off)",
                "insert into t select generate_series(1, 10)");
        return database;
    }

    private static TableCounters counters(DeletionStats stats, String table) {
        return stats.of(TableName.parse("public." + table)).orElseThrow();
    }

    private static TableCounters when(Database database, long deleted, long live) throws Exception {
        return counters(
                database.stats(stats -> counters(stats, "t").deleted() == deleted
                        && counters(stats, "t").live() == live),
                "t");
    }

    @ParameterizedTest
    @MethodSource("majors")
    void a_delete_is_counted(int major) throws Exception {
        TableCounters t = when(filled(major).run("delete from t where id <= 4"), 4, 6);

        assertThat(t.inserted()).isEqualTo(10);
        assertThat(t.deleted()).isEqualTo(4);
        assertThat(t.live()).isEqualTo(6);
        assertThat(t.dead()).isEqualTo(4);
        assertThat(t.modifiedSinceAnalyze()).isEqualTo(14);
        assertThat(t.insertedSinceVacuum()).isEqualTo(10);
        assertThat(t.lastMaintenance()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("majors")
    void a_delete_that_was_rolled_back_is_counted_too(int major) throws Exception {
        TableCounters t = when(filled(major).run("begin", "delete from t where id <= 4", "rollback"), 4, 10);

        assertThat(t.deleted()).isEqualTo(4);
        assertThat(t.live()).isEqualTo(10);
        assertThat(t.modifiedSinceAnalyze()).isEqualTo(10);
    }

    @ParameterizedTest
    @MethodSource("majors")
    void a_truncate_counts_no_delete(int major) throws Exception {
        TableCounters t = when(filled(major).run("truncate t"), 0, 0);

        assertThat(t.inserted()).isEqualTo(10);
        assertThat(t.deleted()).isZero();
        assertThat(t.live()).isZero();
        assertThat(t.insertedSinceVacuum()).isZero();
    }

    @ParameterizedTest
    @MethodSource("majors")
    void a_cascade_is_counted_at_the_child(int major) throws Exception {
        Database database = Database.on(major)
                .run(
                        "create table t(id int primary key)",
                        "create table child(t int references t on delete cascade)",
                        "insert into t select generate_series(1, 10)",
                        "insert into child select 1 + i % 10 from generate_series(1, 50) i",
                        "delete from t where id <= 2");

        DeletionStats stats = database.stats(s -> counters(s, "child").deleted() == 10);

        assertThat(counters(stats, "t").deleted()).isEqualTo(2);
        assertThat(counters(stats, "child").deleted()).isEqualTo(10);
    }

    @ParameterizedTest
    @MethodSource("majors")
    void settings_of_the_server_and_of_the_table_tell_when_autovacuum_comes(int major) throws Exception {
        Database database = Database.on(major)
                .run(
                        "create table plain(id int)",
                        "create table own(id int) with (fillfactor = 70, autovacuum_vacuum_threshold = 7,"
                                + " autovacuum_vacuum_scale_factor = 0.5, autovacuum_vacuum_insert_threshold = -1)",
                        "create table never(id int) with (autovacuum_enabled = false)");

        DeletionStats stats = Postgres.at(database.url()).deletionStats().examine(Notebook.on("public.plain"));

        Autovacuum plain = counters(stats, "plain").autovacuum().orElseThrow();
        assertThat(plain.enabled()).isEqualTo(database.value("show autovacuum").equals("on"));
        assertThat(plain.deadRowsSpared(100)).isEqualTo(50 + 20);
        assertThat(plain.deadRowsSpared(-1)).isEqualTo(50);
        assertThat(plain.insertsSpared(100)).contains(1_000L + 20);
        assertThat(plain.naptime()).isEqualTo(Duration.ofMinutes(1));
        assertThat(plain.mostThreshold()).isEqualTo(major >= 18 ? Optional.of(100_000_000L) : Optional.empty());
        Autovacuum own = counters(stats, "own").autovacuum().orElseThrow();
        assertThat(own.deadRowsSpared(100)).isEqualTo(7 + 50);
        assertThat(own.insertsSpared(100)).isEmpty();
        assertThat(counters(stats, "never").autovacuum().orElseThrow().enabled())
                .isFalse();
    }

    @ParameterizedTest
    @MethodSource("majors")
    void counters_become_evidence_and_say_where_they_stand(int major) throws Exception {
        Database database = filled(major).run("delete from t where id <= 4");
        when(database, 4, 6);
        Notebook notebook = Notebook.on("public.t");

        DeletionStats stats = Postgres.at(database.url()).deletionStats().examine(notebook);

        assertThat(notebook.evidence)
                .filteredOn(e -> counters(stats, "t").evidence().contains(e.id()))
                .singleElement()
                .satisfies(e -> {
                    assertThat(e.observation().summary())
                            .isEqualTo("public.t counts 10 inserted, 0 updated, 4 deleted, 6 live, 4 dead");
                    assertThat(e.provenance().location()).isEqualTo("pg_stat_all_tables");
                });
    }

    @ParameterizedTest
    @MethodSource("majors")
    void a_fresh_database_says_how_far_back_it_counts(int major) throws Exception {
        Instant before = Instant.now();
        Database database = filled(major);
        Notebook notebook = Notebook.on("public.t");

        DeletionStats stats = Postgres.at(database.url()).deletionStats().examine(notebook);

        if (major >= 15) {
            assertThat(stats.validSince()).isEmpty();
            assertThat(notebook.gaps).isEmpty();
            assertThat(notebook.coverage())
                    .isEqualTo(Coverage.complete("counters of 1 tables, valid from the beginning of the database"));
        } else {
            assertThat(stats.validSince().orElseThrow()).isAfter(before.minusSeconds(1));
            assertThat(notebook.gaps)
                    .singleElement()
                    .satisfies(gap -> assertThat(gap.missing())
                            .isEqualTo("statistics valid since "
                                    + stats.validSince().orElseThrow()));
        }
    }

    @ParameterizedTest
    @MethodSource("majors")
    void a_horizon_before_the_window_is_no_gap(int major) throws Exception {
        Database database = filled(major);
        when(database, 0, 10);
        Instant later = Instant.now();
        Notebook notebook = Notebook.on(TimeWindow.between(later, later.plusSeconds(60)), "public.t");

        Postgres.at(database.url()).deletionStats().examine(notebook);

        assertThat(notebook.gaps).isEmpty();
        assertThat(notebook.coverage().extent()).isEqualTo(Coverage.Extent.COMPLETE);
    }

    @ParameterizedTest
    @MethodSource("majors")
    void a_reset_moves_the_horizon(int major) throws Exception {
        Database database = filled(major).run("delete from t");
        when(database, 10, 0);
        Instant before = Instant.now();

        database.run("select pg_stat_reset()");

        DeletionStats stats = database.stats(
                s -> s.validSince().filter(since -> !since.isBefore(before)).isPresent());
        assertThat(stats.validSince().orElseThrow()).isBetween(before, Instant.now());
        Notebook notebook = Notebook.on("public.t");
        Postgres.at(database.url()).deletionStats().examine(notebook);
        assertThat(notebook.gaps)
                .extracting(gap -> gap.missing())
                .contains("statistics valid since " + stats.validSince().orElseThrow());
        assertThat(notebook.coverage().extent()).isEqualTo(Coverage.Extent.PARTIAL);
    }

    @ParameterizedTest
    @MethodSource("majors")
    void a_crash_zeroes_the_counters_and_moves_the_horizon_and_a_restart_does_not(int major) throws Exception {
        try (PostgresServer server = PostgresFixture.start(major, Map.of("autovacuum", "off"))) {
            Database database = fill(Database.on(server));
            when(database, 0, 10);
            database.run("delete from t where id <= 4");
            when(database, 4, 6);
            Optional<Instant> begin = database.stats(s -> true).validSince();

            server.restart();
            assertThat(when(database, 4, 6).deleted()).isEqualTo(4);
            assertThat(database.stats(s -> true).validSince()).isEqualTo(begin);

            Instant started = database.scope("t").database().serverStarted().orElseThrow();
            Instant beforeKill = Instant.now();
            killABackend(database);
            assertThat(database.scope("t").database().serverStarted()).hasValue(started);
            assertThat(database.stats(s -> true).validSince().orElseThrow()).isBetween(beforeKill, Instant.now());

            Instant before = Instant.now();
            server.crash();
            Notebook notebook = Notebook.on("public.t");
            DeletionStats stats = Postgres.at(database.url()).deletionStats().examine(notebook);
            assertThat(stats.of(TableName.parse("public.t"))
                            .map(TableCounters::deleted)
                            .orElse(0L))
                    .isZero();
            assertThat(stats.validSince().orElseThrow()).isBetween(before, Instant.now());
            assertThat(notebook.gaps)
                    .extracting(gap -> gap.missing())
                    .contains("statistics valid since " + stats.validSince().orElseThrow());
        }
    }

    /** As the kernel does when memory runs out; the server lives on and recovers. */
    private static void killABackend(Database database) throws Exception {
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute(
                    "do $$ begin execute format('copy (select 1) to program %L', 'kill -9 ' || pg_backend_pid());"
                            + " end $$");
        } catch (SQLException expected) {
            assertThat(expected.getSQLState()).startsWith("08");
        }
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        boolean back = false;
        while (!back && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(50);
            try {
                back = database.value("select 1").equals("1");
            } catch (SQLException recovering) {
                assertThat(recovering.getSQLState()).matches("57P0.|08.*");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("majors")
    void deletes_of_a_dropped_table_stay_in_the_sum(int major) throws Exception {
        Database database = filled(major)
                .run(
                        "create table gone(id int)",
                        "insert into gone select generate_series(1, 1000)",
                        "delete from gone");
        database.stats(s -> counters(s, "gone").deleted() == 1000);

        database.run("drop table gone");

        database.stats(s -> s.of(TableName.parse("public.gone")).isEmpty());
        Notebook notebook = Notebook.on("public.t");
        Postgres.at(database.url()).deletionStats().examine(notebook);
        assertThat(notebook.summaries())
                .anyMatch(s -> s.matches(
                        "the database counts \\d+ deletes, 10\\d\\d of them in tables that are gone or were reset.*"));
    }

    @ParameterizedTest
    @MethodSource("majors")
    void a_role_without_privileges_sees_as_much(int major) throws Exception {
        Database database = filled(major).run("delete from t where id <= 4");
        when(database, 4, 6);
        String role = database.name() + "_weak";
        database.run("create role " + role + " login");

        DeletionStats stats =
                Postgres.at(database.bareUrl(), role, "").deletionStats().examine(Notebook.on("public.t"));

        assertThat(counters(stats, "t").deleted()).isEqualTo(4);
        assertThat(stats.validSince()).isEqualTo(database.stats(s -> true).validSince());
    }

    @ParameterizedTest
    @MethodSource("majors")
    void another_session_is_a_gap_only_where_it_may_hold_back_its_counts(int major) throws Exception {
        Database database = filled(major);
        when(database, 0, 10);
        Instant now = Instant.now();
        Notebook notebook = Notebook.on(TimeWindow.between(now, now), "public.t");

        try (var other = database.connect()) {
            assertThat(other.isValid(1)).isTrue();
            Postgres.at(database.url()).deletionStats().examine(notebook);
        }

        assertThat(notebook.gaps.stream().filter(g -> g.missing().contains("other sessions")))
                .hasSize(major < 15 ? 1 : 0);
    }
}
