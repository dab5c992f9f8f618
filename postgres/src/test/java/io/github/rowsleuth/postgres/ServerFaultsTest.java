package io.github.rowsleuth.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowsleuth.InvestigationListener;
import io.github.rowsleuth.postgres.fixture.PostgresFixture;
import io.github.rowsleuth.postgres.fixture.PostgresServer;
import io.github.rowsleuth.probe.ProbeOutcome;
import io.github.rowsleuth.probe.Scope;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What befalls a server while it is examined. */
class ServerFaultsTest {
    private static final int MAJOR = 16;

    private static PostgresServer server;

    @BeforeAll
    static void start() {
        server = PostgresFixture.start(MAJOR, Map.of());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Database orders() throws SQLException {
        return Database.on(server)
                .run("create table orders(id int primary key)", "insert into orders select generate_series(1, 100)");
    }

    private static String others(String application) {
        return "from pg_stat_activity where application_name = '" + application + "' and datname = current_database()";
    }

    /** Does something once, when the first probe has ended. */
    private static InvestigationListener afterTheFirstProbe(Act act) {
        AtomicBoolean done = new AtomicBoolean();
        return new InvestigationListener() {
            @Override
            public void ended(ProbeOutcome<?> outcome, Duration elapsed) {
                if (done.compareAndSet(false, true)) {
                    act.quietly();
                }
            }
        };
    }

    @FunctionalInterface
    private interface Act {
        void run() throws Exception;

        default void quietly() {
            try {
                run();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }

    @Test
    void an_exclusive_lock_on_the_damaged_table_holds_up_nothing_that_does_not_read_it() throws Exception {
        Database database = orders();
        try (Connection holder = database.connect();
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("lock table orders in access exclusive mode");

            Investigated.of(Postgres.at(database.url()), "orders")
                    .allAnsweredBut()
                    .leavesNothingOn(server);
        }
    }

    @Test
    void an_exclusive_lock_on_a_catalog_silences_only_who_reads_it() throws Exception {
        Database database = orders();
        try (Connection holder = database.connect();
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("lock table pg_catalog.pg_inherits in access exclusive mode");

            Investigated.of(Postgres.at(database.url()), "orders")
                    .silent("postgres.scope")
                    .allAnsweredBut("postgres.scope")
                    .names("another session held a lock")
                    .leavesNothingOn(server);
        }
    }

    @Test
    void a_statement_that_takes_too_long_silences_only_its_probe() throws Exception {
        Database database = orders();
        try (Connection holder = database.connect();
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("lock table pg_catalog.pg_inherits in access exclusive mode");

            Investigated.of(
                            Postgres.at(database.url())
                                    .withStatementTimeout(Duration.ofMillis(400))
                                    .withLockTimeout(Duration.ofSeconds(10)),
                            "orders")
                    .silent("postgres.scope")
                    .names("within the statement timeout of 400 ms")
                    .leavesNothingOn(server);
        }
    }

    private static Investigated whileWaitingForALock(Database database, String act) throws Exception {
        Postgres patient = Postgres.at(database.url())
                .withStatementTimeout(Duration.ofSeconds(15))
                .withLockTimeout(Duration.ofSeconds(15));
        try (Connection holder = database.connect();
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("lock table pg_catalog.pg_inherits in access exclusive mode");
            FutureTask<Investigated> run = new FutureTask<>(() -> Investigated.of(patient, "orders"));
            new Thread(run).start();
            while (Long.parseLong(
                            database.value("select count(*) " + others("rowsleuth") + " and wait_event_type = 'Lock'"))
                    == 0) {
                Thread.onSpinWait();
            }
            database.run(act);
            holder.rollback();
            return run.get();
        }
    }

    @Test
    void a_backend_that_is_terminated_silences_only_its_probe() throws Exception {
        Database database = orders();

        whileWaitingForALock(
                        database,
                        "select pg_terminate_backend(pid) " + others("rowsleuth") + " and wait_event_type = 'Lock'")
                .silent("postgres.scope")
                .allAnsweredBut("postgres.scope")
                .names("the connection to")
                .leavesNothingOn(server);
    }

    @Test
    void a_statement_that_somebody_cancels_is_told_as_such() throws Exception {
        Database database = orders();

        whileWaitingForALock(
                        database,
                        "select pg_cancel_backend(pid) " + others("rowsleuth") + " and wait_event_type = 'Lock'")
                .silent("postgres.scope")
                .allAnsweredBut("postgres.scope")
                .names("cancelled")
                .leavesNothingOn(server);
    }

    @Test
    void a_server_that_stops_between_two_probes_takes_only_the_later_answers() throws Exception {
        try (PostgresServer mortal = PostgresFixture.start(MAJOR, Map.of())) {
            Database database = Database.on(mortal).run("create table orders(id int)");

            Investigated run = Investigated.of(Postgres.at(database.url()), afterTheFirstProbe(mortal::stop), "orders");

            assertThat(run.findings().outcomes().get(0).status()).isEqualTo(ProbeOutcome.Status.ANSWERED);
            run.silent("postgres.scope").names("nothing that listens there");
        }
    }

    @Test
    void a_server_that_crashes_between_two_probes_is_told_by_its_counters() throws Exception {
        try (PostgresServer mortal = PostgresFixture.start(MAJOR, Map.of())) {
            Database database = Database.on(mortal).run("create table orders(id int)");

            Investigated.of(Postgres.at(database.url()), afterTheFirstProbe(mortal::crash), "orders")
                    .allAnsweredBut()
                    .leavesNothingOn(mortal);
        }
    }

    @Test
    void a_backend_killed_the_hard_way_restarts_the_server_and_zeroes_what_was_counted() throws Exception {
        try (PostgresServer mortal = PostgresFixture.start(MAJOR, Map.of())) {
            Database database = Database.on(mortal).run("create table orders(id int)");
            String pid;
            try (Connection victim = database.connect();
                    Statement statement = victim.createStatement();
                    var result = statement.executeQuery("select pg_backend_pid()")) {
                result.next();
                pid = result.getString(1);
                new ProcessBuilder("kill", "-9", pid).start().waitFor();
            } catch (SQLException e) {
                assertThat(e.getSQLState()).isIn("08006", "57P02");
            }
            awaitConnections(database);

            Investigated.of(Postgres.at(database.url()), "orders")
                    .allAnsweredBut()
                    .names("the counters")
                    .leavesNothingOn(mortal);
        }
    }

    private static void awaitConnections(Database database) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (System.nanoTime() < end) {
            try (Connection connection = database.connect()) {
                if (connection.isValid(1)) {
                    return;
                }
            } catch (SQLException e) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void counters_that_are_reset_in_the_middle_are_seen_to_be_young() throws Exception {
        Database database = orders();

        Investigated.of(
                        Postgres.at(database.url()),
                        afterTheFirstProbe(() -> database.run("select pg_stat_reset()")),
                        "orders")
                .allAnsweredBut()
                .leavesNothingOn(server);
    }

    @Test
    void a_table_that_is_dropped_in_the_middle() throws Exception {
        Database database = orders();

        Investigated.of(
                        Postgres.at(database.url()),
                        afterTheFirstProbe(() -> database.run("drop table orders")),
                        "orders")
                .allAnsweredBut()
                .names("there is no table orders")
                .leavesNothingOn(server);
    }

    @Test
    void a_standby_answers_and_says_that_it_is_one() throws Exception {
        try (PostgresServer primary = PostgresFixture.start(MAJOR, Map.of())) {
            Database database = Database.on(primary).run("create table orders(id int)");
            try (PostgresServer standby = primary.standby()) {
                Database copy = new Database(standby, database.name());

                Investigated run =
                        Investigated.of(Postgres.at(copy.url()), "orders").allAnsweredBut();

                assertThat(run.findings()
                                .answer(Scope.class)
                                .orElseThrow()
                                .database()
                                .inRecovery())
                        .isTrue();
                run.leavesNothingOn(standby);

                copy.run("select pg_wal_replay_pause()");
                Investigated.of(Postgres.at(copy.url()), "orders")
                        .allAnsweredBut()
                        .leavesNothingOn(standby);
            }
        }
    }

    @Test
    void an_interrupt_ends_the_run_with_what_is_known() throws Exception {
        Database database = orders();
        CountDownLatch begun = new CountDownLatch(1);
        FutureTask<Investigated> run = new FutureTask<>(() -> Investigated.of(
                Postgres.at(database.url()).withLockTimeout(Duration.ofSeconds(15)),
                new InvestigationListener() {
                    @Override
                    public void ended(ProbeOutcome<?> outcome, Duration elapsed) {
                        begun.countDown();
                    }
                },
                "orders"));
        try (Connection holder = database.connect();
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("lock table pg_catalog.pg_inherits in access exclusive mode");
            Thread investigation = new Thread(run);
            investigation.start();
            begun.await();
            investigation.interrupt();
            investigation.join();
            holder.rollback();
        }

        run.get().names("interrupted").leavesNothingOn(server);
        assertThat(run.get().took()).isLessThan(Duration.ofSeconds(10));
    }
}
