package io.github.rowsleuth.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowsleuth.Findings;
import io.github.rowsleuth.Investigation;
import io.github.rowsleuth.postgres.fixture.PostgresFixture;
import io.github.rowsleuth.postgres.fixture.PostgresServer;
import io.github.rowsleuth.probe.Coverage;
import io.github.rowsleuth.probe.DeletionStats;
import io.github.rowsleuth.probe.ProbeOutcome;
import io.github.rowsleuth.probe.ProbeSet;
import io.github.rowsleuth.probe.RowCounts;
import io.github.rowsleuth.probe.Scope;
import io.github.rowsleuth.transaction.DeadRows;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The proof that an investigation destroys nothing: what there was before is there after it, to the byte. */
class HarmlessTest {
    static final String DELETED_ROWS = """
            select count(*)
              from generate_series(0, pg_relation_size('orders') / 8192 - 1) b,
                   lateral heap_page_items(get_raw_page('orders', 'main', b::int)) i
             where i.lp_flags = 1 and i.t_xmax::text <> '0'""";

    /** On which nobody else takes transaction ids, as autovacuum does when it analyzes; they end with the JVM. */
    private static final Map<Integer, PostgresServer> SERVERS = new ConcurrentHashMap<>();

    private static final int SHOWS_ITS_LOG = 15;

    private static final String COUNTERS = "select t::text from pg_stat_all_tables t where relname = 'orders'";

    static List<Integer> majors() {
        return PostgresFixture.majors();
    }

    /** With every extension, so that every probe has something to read. */
    private static Database damaged(int major) throws Exception {
        PostgresServer server =
                SERVERS.computeIfAbsent(major, key -> PostgresFixture.start(key, Map.of("autovacuum", "off")));
        Database database = Database.on(server).run(Database.DAMAGED_ORDERS);
        database.run("create extension pg_stat_statements");
        return major < SHOWS_ITS_LOG ? database : database.run("create extension pg_walinspect");
    }

    /** Everything that is read unless somebody asks for more. */
    private static Findings investigate(ProbeSet probes) {
        Findings findings = Investigation.of("public.orders").probes(probes).run();
        boolean showsItsLog =
                findings.scope().map(scope -> scope.database().major()).orElse(SHOWS_ITS_LOG) >= SHOWS_ITS_LOG;
        assertThat(findings.outcomes())
                .filteredOn(o -> showsItsLog || !o.probe().equals("postgres.wal"))
                .extracting(ProbeOutcome::status)
                .containsOnly(ProbeOutcome.Status.ANSWERED);
        assertThat(findings.answer(DeadRows.class).orElseThrow().pages().get(0).complete())
                .isTrue();
        return findings;
    }

    /**
     * What could be harmed.
     *
     * @param deletedRows rows on the pages that a transaction deleted
     * @param bytes of the pages
     * @param counters of the table
     * @param nextTransaction the next transaction id
     */
    private record State(String deletedRows, String bytes, String counters, String nextTransaction) {

        static State of(Database database) throws Exception {
            waitForStatistics(database);
            return new State(
                    database.value(DELETED_ROWS),
                    database.value(Database.FINGERPRINT),
                    database.value(COUNTERS),
                    database.value("select pg_snapshot_xmax(pg_current_snapshot())"));
        }

        /** Sessions hand in their counts when they end, in order. */
        private static void waitForStatistics(Database database) throws Exception {
            nobodyIsLeft(database);
            String scans = "select coalesce(seq_scan, 0) from pg_stat_all_tables where relname = 'sentinel'";
            String before = database.value(scans);
            database.run("select count(*) from sentinel");
            assertThat(database.eventually(scans, now -> !now.equals(before)))
                    .as("the statistics arrive")
                    .isNotEqualTo(before);
        }
    }

    private static void nobodyIsLeft(Database database) throws Exception {
        String sessions = "select count(*) from pg_stat_activity where application_name = 'rowsleuth' and datname = '"
                + database.name() + "'";
        assertThat(database.eventually(sessions, "0"::equals)).as("sessions").isEqualTo("0");
    }

    private static State state(Database database) throws Exception {
        return State.of(database);
    }

    @ParameterizedTest
    @MethodSource("majors")
    void a_complete_investigation_leaves_bytes_counters_and_log_as_they_were_and_no_session(int major)
            throws Exception {
        Database database = damaged(major).run("create table sentinel()");
        WalOfTable log = WalOfTable.from(database, "orders");
        State before = state(database);

        investigate(Postgres.at(database.url()));

        assertThat(before.deletedRows()).isEqualTo("2500");
        assertThat(state(database)).isEqualTo(before);
        assertThat(log.records()).as("records about the table or its index").isZero();
    }

    @ParameterizedTest
    @MethodSource("majors")
    void counting_rows_shows_that_this_proof_can_fail(int major, @TempDir Path folder) throws Exception {
        Database database = damaged(major).run("create table sentinel()");
        Postgres postgres = Postgres.at(database.url()).keepingPagesIn(folder);
        WalOfTable log = WalOfTable.from(database, "orders");
        State before = state(database);

        Findings findings = investigate(() -> List.of(postgres.deadRows(), postgres.countRows()));

        assertThat(findings.answer(RowCounts.class)
                        .orElseThrow()
                        .counts()
                        .get(0)
                        .rows())
                .isEqualTo(2_500);
        State after = state(database);
        assertThat(after.bytes()).isNotEqualTo(before.bytes());
        assertThat(Long.parseLong(after.deletedRows())).isLessThan(100);
        assertThat(after.counters()).isNotEqualTo(before.counters());
        assertThat(log.records()).isPositive();
    }

    /** A lock that lets nobody lock the table but in ACCESS SHARE mode. */
    @ParameterizedTest
    @MethodSource("majors")
    void no_lock_is_needed_but_the_weakest(int major) throws Exception {
        Database database = damaged(major);
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("lock table orders in exclusive mode");

            Findings findings = investigate(Postgres.at(database.url()));

            assertThat(findings.gaps()).noneMatch(gap -> gap.missing().contains("lock"));
            assertThat(findings.outcomes())
                    .filteredOn(o -> o.probe().equals("postgres.dead-rows"))
                    .allMatch(o -> o.notes().coverage().orElseThrow().extent() == Coverage.Extent.COMPLETE);
        }
    }

    @ParameterizedTest
    @MethodSource("majors")
    void a_table_that_somebody_locked_does_not_keep_the_answer_waiting(int major) throws Exception {
        Database database = damaged(major);
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("lock table orders in access exclusive mode");

            Findings findings = Investigation.of("public.orders")
                    .probes(Postgres.at(database.url()))
                    .probeDeadline(Duration.ofSeconds(20))
                    .run();

            boolean showsItsLog =
                    findings.scope().map(scope -> scope.database().major()).orElse(SHOWS_ITS_LOG) >= SHOWS_ITS_LOG;
            assertThat(findings.outcomes())
                    .filteredOn(o -> showsItsLog || !o.probe().equals("postgres.wal"))
                    .extracting(ProbeOutcome::status)
                    .containsOnly(ProbeOutcome.Status.ANSWERED);
            assertThat(findings.answer(Scope.class).orElseThrow().tables()).hasSize(1);
            assertThat(findings.answer(DeletionStats.class).orElseThrow().tables())
                    .hasSize(1);
        }
    }
}
