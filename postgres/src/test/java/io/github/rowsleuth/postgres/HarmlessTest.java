package io.github.rowsleuth.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowsleuth.postgres.fixture.PostgresFixture;
import io.github.rowsleuth.probe.Coverage;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HarmlessTest {
    private static final String DELETED_ROWS = """
            select count(*)
              from generate_series(0, pg_relation_size('t') / 8192 - 1) b,
                   lateral heap_page_items(get_raw_page('t', 'main', b::int)) i
             where i.lp_flags = 1 and i.t_xmax::text <> '0'""";

    static List<Integer> majors() {
        return PostgresFixture.majors();
    }

    /** Rows deleted from pages so full that any ordinary read would prune them. */
    private static Database damaged(int major) throws Exception {
        return Database.on(major)
                .run(
                        "create extension pageinspect",
                        "create table t(id int primary key, text text) with (autovacuum_enabled = off)",
                        "insert into t select i, repeat('x', 100) from generate_series(1, 5000) i",
                        "delete from t where id % 2 = 0");
    }

    private static void examine(Database database) throws Exception {
        Postgres postgres = Postgres.at(database.url());
        postgres.deletionStats().examine(Notebook.on("public.t"));
        postgres.scope().examine(Notebook.on("public.t"));
    }

    @ParameterizedTest
    @MethodSource("majors")
    void deleted_rows_stay_on_their_pages(int major) throws Exception {
        Database database = damaged(major);
        String before = database.value(DELETED_ROWS);

        examine(database);

        assertThat(before).isEqualTo("2500");
        assertThat(database.value(DELETED_ROWS)).isEqualTo(before);
        database.run("select count(*) from t");
        assertThat(database.value(DELETED_ROWS)).as("the same would show harm").isNotEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("majors")
    void nothing_is_written_about_a_user_table(int major) throws Exception {
        if (major < 15) {
            return; // pg_walinspect begins with 15.
        }
        Database database = damaged(major).run("create extension pg_walinspect", "checkpoint");
        String from = database.value("select pg_current_wal_flush_lsn()");
        String next = database.value("select pg_snapshot_xmax(pg_current_snapshot())");

        examine(database);

        assertThat(database.value("select pg_snapshot_xmax(pg_current_snapshot())"))
                .as("no transaction id was taken")
                .isEqualTo(next);
        database.run("create table after(id int)");
        assertThat(database.value("select count(*) from pg_get_wal_records_info('" + from
                        + "', pg_current_wal_flush_lsn()) where block_ref ~ ('/' || pg_relation_filenode('t') || ' ')"))
                .isEqualTo("0");
    }

    @ParameterizedTest
    @MethodSource("majors")
    void a_table_that_somebody_locked_does_not_keep_the_answer_waiting(int major) throws Exception {
        Database database = damaged(major);
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("lock table t in access exclusive mode");
            Notebook scope = Notebook.on(Duration.ofSeconds(10), "public.t");
            Notebook counters = Notebook.on(Duration.ofSeconds(10), "public.t");

            Postgres.at(database.url()).scope().examine(scope);
            var stats = Postgres.at(database.url()).deletionStats().examine(counters);

            assertThat(scope.coverage().extent()).isEqualTo(Coverage.Extent.COMPLETE);
            assertThat(stats.tables()).hasSize(1);
        }
    }

    @ParameterizedTest
    @MethodSource("majors")
    void no_session_and_no_setting_stays_behind(int major) throws Exception {
        Database database = damaged(major);

        examine(database);

        String sessions = "select count(*) from pg_stat_activity where application_name = 'rowsleuth' and datname = '"
                + database.name() + "'";
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!database.value(sessions).equals("0") && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(database.value(sessions)).isEqualTo("0");
    }
}
