package io.github.rowsleuth.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.postgres.fixture.PostgresFixture;
import io.github.rowsleuth.postgres.fixture.PostgresServer;
import io.github.rowsleuth.probe.Coverage;
import io.github.rowsleuth.probe.Gap;
import io.github.rowsleuth.server.PreparedTransaction;
import io.github.rowsleuth.server.ReplicationSlot;
import io.github.rowsleuth.server.RunningVacuum;
import io.github.rowsleuth.server.ServerActivity;
import io.github.rowsleuth.server.ServerSession;
import io.github.rowsleuth.sql.StatementKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ActivityOnEveryMajorTest {
    private static final TableName ORDERS = TableName.of("public", "orders");
    private static final TableName HOSTILE = TableName.of("public", "a;b\"'\n? \u202e");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    static List<Integer> majors() {
        return PostgresFixture.majors();
    }

    /** Everything that can keep rows, at work at once. */
    private static final class Scene implements AutoCloseable {
        private final Database database;
        private final String name;
        private final Connection reader;
        private final Connection deleter;
        private final Connection elsewhere;
        private final Connection vacuumer;
        private final CompletableFuture<Void> vacuum;
        final long readerPid;
        final long deleterPid;
        final long elsewherePid;
        final long deletion;
        final long preparation;

        Scene(int major) throws Exception {
            database = Database.on(major)
                    .run(
                            "create table orders(id int primary key)",
                            "create table " + HOSTILE + "(id int)",
                            "create table big(id int, filler text) with (autovacuum_enabled = off)",
                            "insert into orders select generate_series(1, 20)",
                            "insert into big select i, repeat('x', 500) from generate_series(1, 2000) i",
                            "delete from big");
            name = database.name();
            database.run(
                    "create role \"" + name + "_;plain\" login",
                    "create role " + name + "_watch login in role pg_monitor",
                    "select pg_create_logical_replication_slot('" + name + "_l', 'pgoutput')",
                    "select pg_create_physical_replication_slot('" + name + "_p', true)");
            reader = open(
                    "set application_name = 'the \"reader\"'", "begin isolation level repeatable read", "select 1");
            readerPid = number(reader, "select pg_backend_pid()");
            deleter = open("begin", "select 1");
            deletion = number(deleter, "select pg_current_xact_id()::text::bigint");
            deleterPid = number(deleter, "select pg_backend_pid()");
            execute(deleter, "delete from " + HOSTILE, "delete from orders where id <= 2 and 'canary' <> ''");
            elsewhere = database.server().connect("postgres");
            execute(elsewhere, "begin", "select pg_current_xact_id()");
            elsewherePid = number(elsewhere, "select pg_backend_pid()");
            try (Connection preparer = open("begin", "delete from orders where id = 3")) {
                preparation = number(preparer, "select pg_current_xact_id()::text::bigint");
                execute(preparer, "prepare transaction 'it''s " + name + "'");
            }
            vacuumer = open("set vacuum_cost_delay = '100ms'", "set vacuum_cost_limit = 1");
            vacuum = CompletableFuture.runAsync(this::vacuumUntilTerminated);
            await("select count(*) from pg_stat_progress_vacuum where datname = current_database()", "1");
        }

        private void vacuumUntilTerminated() {
            try {
                execute(vacuumer, "vacuum big");
            } catch (SQLException e) {
                assertThat(e.getSQLState()).isEqualTo("57P01");
            }
        }

        private Connection open(String... statements) throws SQLException {
            Connection connection = database.connect();
            execute(connection, statements);
            return connection;
        }

        void await(String sql, String value) throws SQLException {
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (!database.value(sql).equals(value) && System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            assertThat(database.value(sql)).isEqualTo(value);
        }

        ServerActivity seenBy(String role, Notebook notebook) throws Exception {
            return Postgres.at(database.bareUrl(), name + role, "").activity().examine(notebook);
        }

        @Override
        public void close() throws SQLException {
            database.run(
                    "select pg_terminate_backend(pid) from pg_stat_progress_vacuum where datname = '" + name + "'");
            vacuum.join();
            for (Connection connection : List.of(reader, deleter, elsewhere, vacuumer)) {
                connection.close();
            }
            await("select count(*) from pg_replication_slots where slot_name like '" + name + "%' and active", "0");
            database.run(
                    "rollback prepared 'it''s " + name + "'",
                    "select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name like '" + name
                            + "%'");
        }
    }

    private static void execute(Connection connection, String... statements) throws SQLException {
        try (var statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static long number(Connection connection, String sql) throws Exception {
        try (var statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        }
    }

    private static ServerSession session(ServerActivity activity, long pid) {
        return activity.sessions().stream()
                .filter(s -> s.pid() == pid)
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("majors")
    void what_keeps_rows_and_what_removes_them_is_told_to_each_role_as_far_as_it_may_see(int major) throws Exception {
        try (Scene scene = new Scene(major)) {
            Notebook watching = Notebook.on("orders");
            ServerActivity seen = scene.seenBy("_watch", watching);
            keepersAreNamed(scene, seen, watching);
            deletionsAreNamed(scene, seen, watching);
            slotsAndVacuumsAreNamed(scene, seen, watching);
            assertThat(watching.gaps).isEmpty();
            assertThat(watching.coverage().extent()).isEqualTo(Coverage.Extent.COMPLETE);
            assertThat(watching.evidence + "" + seen).doesNotContain("canary");

            Notebook poor = Notebook.on("orders");
            aPlainRoleIsToldWhatIsHidden(scene, scene.seenBy("_;plain", poor), poor);
        }
    }

    private static void keepersAreNamed(Scene scene, ServerActivity seen, Notebook notebook) {
        ServerSession reader = session(seen, scene.readerPid);
        assertThat(reader.application()).hasValue("the \"reader\"");
        assertThat(reader.state()).hasValue("idle in transaction");
        assertThat(reader.transaction()).isEmpty();
        assertThat(reader.oldestSeen().orElseThrow()).isLessThanOrEqualTo(scene.deletion);
        assertThat(reader.protectsFrom(scene.deletion, scene.name)).isTrue();
        assertThat(reader.protectsFrom(1, scene.name)).isFalse();
        assertThat(notebook.summaries())
                .contains("session " + scene.readerPid
                        + " (role postgres, application the \"reader\", idle in transaction"
                        + " since " + reader.stateSince().orElseThrow() + ") keeps rows that transaction "
                        + reader.oldestSeen().orElseThrow() + " or a later one deleted: do not end it");

        ServerSession elsewhere = session(seen, scene.elsewherePid);
        assertThat(elsewhere.database()).hasValue("postgres");
        assertThat(elsewhere.transaction().orElseThrow()).isGreaterThan(scene.deletion);
        assertThat(elsewhere.protectsFrom(Long.MAX_VALUE, scene.name)).isFalse();
        assertThat(elsewhere.evidence()).isEmpty();
    }

    private static void deletionsAreNamed(Scene scene, ServerActivity seen, Notebook notebook) {
        ServerSession deleter = session(seen, scene.deleterPid);
        assertThat(deleter.transaction()).hasValue(scene.deletion);
        assertThat(deleter.writing()).containsExactly(HOSTILE, ORDERS);
        assertThat(deleter.destructive()).singleElement().satisfies(d -> {
            assertThat(d.kind()).isEqualTo(StatementKind.DELETE);
            assertThat(d.tables()).containsExactly(TableName.parse("orders"));
        });
        assertThat(deleter.statement().orElseThrow().text()).isEqualTo("delete from orders where id <= ? and ? <> ?");
        assertThat(deleter.evidence()).hasSize(3);
        assertThat(notebook.summaries())
                .anyMatch(s ->
                        s.endsWith(" last ran DELETE orders, in a transaction that is open and can be rolled back"))
                .anyMatch(s -> s.startsWith("session " + scene.deleterPid)
                        && s.contains(" holds a lock on public.orders with which rows are changed"));

        PreparedTransaction prepared = seen.prepared().stream()
                .filter(p -> p.database().equals(scene.name))
                .findFirst()
                .orElseThrow();
        assertThat(prepared.gid()).isEqualTo("it's " + scene.name);
        assertThat(prepared.transaction()).isEqualTo(scene.preparation);
        assertThat(prepared.owner()).isEqualTo("postgres");
        assertThat(prepared.writing()).containsExactly(ORDERS);
        assertThat(prepared.protectsFrom(scene.preparation, scene.name)).isTrue();
        assertThat(prepared.protectsFrom(scene.preparation, "postgres")).isFalse();
        assertThat(notebook.summaries()).anyMatch(s -> s.endsWith("what it deleted comes back with ROLLBACK PREPARED"));
    }

    private static void slotsAndVacuumsAreNamed(Scene scene, ServerActivity seen, Notebook notebook) {
        ReplicationSlot logical = slot(seen, scene.name + "_l");
        assertThat(logical.logical()).isTrue();
        assertThat(logical.database()).hasValue(scene.name);
        assertThat(logical.oldestSeen()).isEmpty();
        assertThat(logical.oldestSeenOfCatalogs().orElseThrow()).isLessThanOrEqualTo(scene.deletion);
        assertThat(logical.protectsFrom(Long.MAX_VALUE)).isFalse();
        ReplicationSlot physical = slot(seen, scene.name + "_p");
        assertThat(physical.logical()).isFalse();
        assertThat(physical.active()).isFalse();
        assertThat(physical.walStatus()).hasValue("reserved");
        assertThat(physical.inactiveSince().isPresent()).isEqualTo(seenSince17(scene));
        assertThat(notebook.summaries())
                .contains("the replication slot " + physical.name() + " keeps write-ahead log from "
                        + physical.restart().orElseThrow() + " on: do not drop it");

        RunningVacuum vacuum = seen.vacuums().stream()
                .filter(v -> v.table().isPresent())
                .findFirst()
                .orElseThrow();
        assertThat(vacuum.table()).hasValue(TableName.of("public", "big"));
        assertThat(vacuum.automatic()).isFalse();
        assertThat(session(seen, vacuum.pid()).oldestSeen())
                .as("nothing waits for a vacuum")
                .isEmpty();
        assertThat(notebook.summaries())
                .contains("a vacuum that somebody ordered (" + vacuum.pid() + ") works on public.big, " + vacuum.phase()
                        + ": it removes deleted rows that nothing keeps");
    }

    private static boolean seenSince17(Scene scene) {
        return scene.database.server().major() >= 17;
    }

    private static ReplicationSlot slot(ServerActivity seen, String name) {
        return seen.slots().stream()
                .filter(s -> s.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static void aPlainRoleIsToldWhatIsHidden(Scene scene, ServerActivity seen, Notebook notebook) {
        ServerSession reader = session(seen, scene.readerPid);
        assertThat(reader.state()).isEmpty();
        assertThat(reader.statement()).isEmpty();
        assertThat(reader.protectsFrom(scene.deletion, scene.name)).isTrue();
        assertThat(session(seen, scene.deleterPid).destructive()).isEmpty();
        assertThat(session(seen, scene.deleterPid).writing()).containsExactly(HOSTILE, ORDERS);
        assertThat(seen.prepared()).anyMatch(p -> p.writing().equals(List.of(ORDERS)));
        assertThat(seen.vacuums()).isEmpty();
        assertThat(notebook.gaps).singleElement().satisfies(gap -> {
            assertThat(gap.missing())
                    .matches(
                            "state and statement of [4-9] sessions of other roles are hidden, and what 1 vacuums work on");
            assertThat(gap.remedy()).isEqualTo("GRANT pg_read_all_stats TO \"" + scene.name + "_;plain\"");
        });
        assertThat(notebook.coverage().extent()).isEqualTo(Coverage.Extent.PARTIAL);
    }

    @ParameterizedTest
    @ValueSource(ints = 15)
    void autovacuum_is_told_from_a_vacuum_and_a_text_that_is_cut_is_a_gap(int major) throws Exception {
        Map<String, String> settings = Map.of(
                "autovacuum_naptime", "1s",
                "autovacuum_vacuum_cost_delay", "100ms",
                "autovacuum_vacuum_cost_limit", "1",
                "track_activity_query_size", "100");
        try (PostgresServer server = PostgresFixture.start(major, settings)) {
            Database database = Database.on(server)
                    .run(
                            "create table big(id int, filler text)",
                            "insert into big select i, repeat('x', 500) from generate_series(1, 4000) i",
                            "delete from big");
            try (Connection silent = database.connect();
                    Connection talkative = database.connect()) {
                execute(silent, "set track_activities = off");
                execute(talkative, "select '" + "é".repeat(60) + "'");
                ServerActivity activity = untilVacuumed(database);
                assertThat(activity.vacuums()).singleElement().satisfies(vacuum -> {
                    assertThat(vacuum.automatic()).isTrue();
                    assertThat(vacuum.table()).hasValue(TableName.of("public", "big"));
                });
                Notebook notebook = Notebook.on("big");
                Postgres.at(database.url()).activity().examine(notebook);
                assertThat(notebook.summaries())
                        .anyMatch(s -> s.matches("autovacuum \\(\\d+\\) works on public.big, .*"));
                assertThat(notebook.gaps)
                        .extracting(Gap::missing)
                        .containsExactly(
                                "the texts of 1 statements are cut at 100 bytes",
                                "track_activities = off in 1 sessions");
            }
        }
    }

    private static ServerActivity untilVacuumed(Database database) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        ServerActivity activity = Postgres.at(database.url()).activity().examine(Notebook.on("big"));
        while (activity.vacuums().stream().noneMatch(v -> v.table().isPresent()) && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(50);
            activity = Postgres.at(database.url()).activity().examine(Notebook.on("big"));
        }
        return activity;
    }
}
