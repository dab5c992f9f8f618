package io.github.rowsleuth.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowsleuth.postgres.fixture.PostgresFixture;
import io.github.rowsleuth.probe.Coverage;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HarmlessTest {
    static final String DELETED_ROWS = """
            select count(*)
              from generate_series(0, pg_relation_size('orders') / 8192 - 1) b,
                   lateral heap_page_items(get_raw_page('orders', 'main', b::int)) i
             where i.lp_flags = 1 and i.t_xmax::text <> '0'""";

    static List<Integer> majors() {
        return PostgresFixture.majors();
    }

    private static Database damaged(int major) throws Exception {
        return Database.on(major).run(Database.DAMAGED_ORDERS);
    }

    private static void examine(Database database) throws Exception {
        Postgres postgres = Postgres.at(database.url());
        postgres.deletionStats().examine(Notebook.on("public.orders"));
        postgres.scope().examine(Notebook.on("public.orders"));
    }

    @ParameterizedTest
    @MethodSource("majors")
    void deleted_rows_stay_on_their_pages(int major) throws Exception {
        Database database = damaged(major);
        String before = database.value(DELETED_ROWS);
        String bytes = database.value(Database.FINGERPRINT);

        examine(database);

        assertThat(before).isEqualTo("2500");
        assertThat(database.value(DELETED_ROWS)).isEqualTo(before);
        assertThat(database.value(Database.FINGERPRINT)).as("not a byte").isEqualTo(bytes);
        database.run("select count(*) from orders");
        assertThat(database.value(DELETED_ROWS)).as("the same would show harm").isNotEqualTo(before);
    }

    /** Those that have pg_walinspect. */
    static List<Integer> majorsThatShowTheirLog() {
        return majors().stream().filter(major -> major >= 15).toList();
    }

    @ParameterizedTest
    @MethodSource("majorsThatShowTheirLog")
    void nothing_is_written_about_a_user_table(int major) throws Exception {
        Database database = damaged(major).run("create extension pg_walinspect", "checkpoint");
        String from = database.value("select pg_current_wal_flush_lsn()");
        String next = database.value("select pg_snapshot_xmax(pg_current_snapshot())");

        examine(database);

        assertThat(database.value("select pg_snapshot_xmax(pg_current_snapshot())"))
                .as("no transaction id was taken")
                .isEqualTo(next);
        database.run("create table after(id int)");
        assertThat(
                        database.value(
                                "select count(*) from pg_get_wal_records_info('" + from
                                        + "', pg_current_wal_flush_lsn()) where block_ref ~ ('/' || pg_relation_filenode('orders') || ' ')"))
                .isEqualTo("0");
    }

    @ParameterizedTest
    @MethodSource("majors")
    void a_table_that_somebody_locked_does_not_keep_the_answer_waiting(int major) throws Exception {
        Database database = damaged(major);
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("lock table orders in access exclusive mode");
            Notebook scope = Notebook.on(Duration.ofSeconds(10), "public.orders");
            Notebook counters = Notebook.on(Duration.ofSeconds(10), "public.orders");

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
