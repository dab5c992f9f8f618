package io.github.rowsleuth.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.postgres.fixture.PostgresFixture;
import io.github.rowsleuth.postgres.fixture.PostgresServer;
import io.github.rowsleuth.probe.Coverage;
import io.github.rowsleuth.probe.ForeignKeys;
import io.github.rowsleuth.probe.Gap;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import io.github.rowsleuth.probe.Scope;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class BadInputTest {
    private static final String CANARY = "c4n4ry-S3cr3t";
    private static final int MAJOR = 15;

    private static ProbeUnavailableException refusal(Postgres postgres) {
        return refusal(postgres, Notebook.on("public.t"));
    }

    private static ProbeUnavailableException refusal(Postgres postgres, Notebook notebook) {
        ProbeUnavailableException refusal = catchThrowableOfType(
                ProbeUnavailableException.class, () -> postgres.scope().examine(notebook));
        assertThat(refusal).isInstanceOf(ProbeUnavailableException.class);
        assertThat(refusal.remedy()).isNotBlank();
        StringWriter trace = new StringWriter();
        refusal.printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString() + refusal.remedy() + postgres + notebook.gaps + notebook.evidence)
                .doesNotContain(CANARY);
        return refusal;
    }

    @Test
    void nobody_listens() throws Exception {
        String url = Database.urlOfNobody();

        ProbeUnavailableException refusal = refusal(Postgres.at(url, "me", CANARY));

        assertThat(refusal)
                .hasMessage("expected a PostgreSQL server at " + url.substring("jdbc:".length())
                        + ", found nothing that listens there (connection refused)");
    }

    @Test
    void a_host_that_does_not_exist() {
        assertThat(refusal(Postgres.at("jdbc:postgresql://nowhere.invalid/app", "me", CANARY)))
                .hasMessageEndingWith("found a host name that does not resolve");
    }

    @Test
    void a_server_that_never_answers_is_given_up_in_time() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            long start = System.nanoTime();

            refusal(
                    Postgres.at("jdbc:postgresql://127.0.0.1:" + silent.getLocalPort() + "/app", "me", CANARY),
                    Notebook.on(Duration.ofMillis(1_200), "t"));

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
        }
    }

    @Test
    void a_database_that_does_not_exist() {
        PostgresServer server = PostgresFixture.shared(MAJOR);

        assertThat(refusal(Postgres.at(server.jdbcUrl("no_such_database"), server.superuser(), CANARY)))
                .hasMessageContaining("/no_such_database, found a server without a database of that name");
    }

    @Test
    void a_role_that_does_not_exist() {
        Database database = Database.on(MAJOR);

        assertThat(refusal(Postgres.at(database.bareUrl(), "no_such_role", CANARY)))
                .hasMessageContaining("refused the role")
                .hasMessageContaining("\"no_such_role\"");
    }

    @Test
    void a_role_that_has_used_up_its_connections_is_not_tried_again() throws Exception {
        Database database = Database.on(MAJOR);
        database.run("create role " + database.name() + "_full login connection limit 0");

        assertThat(refusal(Postgres.at(database.bareUrl(), database.name() + "_full", CANARY)))
                .hasMessageContaining("all connection slots of")
                .hasMessageContaining("too many connections for role");
    }

    @Test
    void a_role_that_may_not_connect() throws Exception {
        Database database = Database.on(MAJOR);
        database.run(
                "create role " + database.name() + "_out login",
                "revoke connect on database " + database.name() + " from public");

        ProbeUnavailableException refusal = refusal(Postgres.at(database.bareUrl(), database.name() + "_out", CANARY));

        assertThat(refusal).hasMessageContaining("denied access");
        assertThat(refusal.remedy()).contains("GRANT CONNECT");
    }

    @Test
    void a_wrong_password_and_a_missing_one() throws Exception {
        try (PostgresServer server = PostgresFixture.start(MAJOR, Map.of())) {
            Database database = Database.on(server);
            database.run("create role guarded login password 'right'");
            String rules = database.value("select current_setting('hba_file')");
            database.run(
                    "copy (select 'host all guarded all scram-sha-256' union all select 'host all all all trust')"
                            + " to '" + rules + "'",
                    "select pg_reload_conf()");
            awaitPasswordRule(database);

            assertThat(refusal(Postgres.at(database.bareUrl(), "guarded", CANARY)))
                    .hasMessageContaining("refused the password")
                    .hasMessageContaining("\"guarded\"");
            assertThat(refusal(Postgres.at(database.bareUrl() + "?user=guarded"))
                            .remedy())
                    .contains("Postgres.at(url, user, password)");
            assertThat(Postgres.at(database.bareUrl(), "guarded", "right")
                            .scope()
                            .examine(Notebook.on("public.t"))
                            .database()
                            .database())
                    .isEqualTo(database.name());
        }
    }

    private static void awaitPasswordRule(Database database) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        String refused = "";
        while (!refused.contains("password") && System.nanoTime() < end) {
            try {
                Postgres.at(database.bareUrl(), "guarded", "wrong").scope().examine(Notebook.on("t"));
            } catch (ProbeUnavailableException e) {
                refused = String.valueOf(e.getMessage());
            }
        }
    }

    @Test
    void a_table_that_does_not_exist_is_answered_with_names_near_to_it() throws Exception {
        Database database = Database.on(MAJOR)
                .run(
                        "create schema shop",
                        "create schema archive",
                        "create table shop.orders(id int)",
                        "create table shop.order_lines(id int)",
                        "create table archive.invoices(id int)");
        Notebook notebook = Notebook.on("shop.oders", "shop.invoices", "shop.orders");

        Scope scope = Postgres.at(database.url()).scope().examine(notebook);

        assertThat(scope.tables()).hasSize(3);
        assertThat(scope.unknown())
                .extracting(u -> u.table() + " " + u.nearNames())
                .containsExactly("shop.oders [shop.orders]", "shop.invoices [archive.invoices]");
        assertThat(notebook.gaps)
                .extracting(Gap::missing)
                .containsExactly(
                        "there is no table shop.oders in the database " + database.name(),
                        "there is no table shop.invoices in the database " + database.name());
        assertThat(notebook.gaps.get(0).remedy()).contains("[shop.orders]");
        assertThat(notebook.coverage().extent()).isEqualTo(Coverage.Extent.PARTIAL);
    }

    @Test
    void a_name_without_schema_means_every_table_of_that_name() throws Exception {
        Database database = Database.on(MAJOR)
                .run("create schema a", "create schema b", "create table a.t(id int)", "create table b.t(id int)");
        Notebook notebook = Notebook.on("t");

        Scope scope = Postgres.at(database.url()).scope().examine(notebook);

        assertThat(scope.unknown()).isEmpty();
        assertThat(scope.tables())
                .allMatch(table -> table.evidence().size() == 1)
                .hasSize(2);
    }

    @Test
    void control_data_that_are_denied_are_a_gap_and_the_rest_is_there() throws Exception {
        Database database = Database.on(MAJOR).run("create table t(id int)");
        String role = database.name() + "_poor";
        database.run("create role " + role + " login", "revoke execute on function pg_control_system() from public");
        Notebook notebook = Notebook.on("public.t");

        Scope scope = Postgres.at(database.bareUrl(), role, CANARY).scope().examine(notebook);

        assertThat(scope.of(TableName.parse("public.t"))).isPresent();
        assertThat(scope.database().clusterCreated()).isEmpty();
        assertThat(notebook.gaps).singleElement().satisfies(gap -> {
            assertThat(gap.missing()).contains(role).contains("pg_control_system()");
            assertThat(gap.remedy()).startsWith("GRANT EXECUTE ON FUNCTION").endsWith("TO " + role);
        });
        assertThat(notebook.coverage().extent()).isEqualTo(Coverage.Extent.PARTIAL);
    }

    @Test
    void counters_that_are_denied_name_the_grant() throws Exception {
        Database database = Database.on(MAJOR).run("create table t(id int)");
        String role = database.name() + "_blind";
        database.run("create role " + role + " login", "revoke select on pg_catalog.pg_stat_all_tables from public");

        assertThatThrownBy(() -> Postgres.at(database.bareUrl(), role, CANARY)
                        .deletionStats()
                        .examine(Notebook.on("public.t")))
                .isInstanceOfSatisfying(
                        ProbeUnavailableException.class,
                        refusal -> assertThat(refusal.remedy())
                                .isEqualTo("GRANT SELECT ON pg_catalog.pg_stat_all_tables, pg_catalog.pg_class TO "
                                        + role))
                .hasMessage("the role " + role + " may not read pg_stat_all_tables");
    }

    @Test
    void a_horizon_that_is_denied_is_not_taken_for_none() throws Exception {
        Database database = Database.on(MAJOR).run("create table t(id int)");
        String role = database.name() + "_dim";
        database.run("create role " + role + " login", "revoke select on pg_catalog.pg_stat_database from public");
        Notebook notebook = Notebook.on("public.t");

        var stats =
                Postgres.at(database.bareUrl(), role, CANARY).deletionStats().examine(notebook);

        assertThat(stats.validSince()).isPresent();
        assertThat(notebook.gaps)
                .singleElement()
                .satisfies(
                        gap -> assertThat(gap.consequence()).contains("since when the counters are valid is unknown"));
    }

    @Test
    void a_locked_catalog_is_a_gap_that_names_the_lock() throws Exception {
        Database database = Database.on(MAJOR).run("create table t(id int)");
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("lock table pg_catalog.pg_inherits in access exclusive mode");

            assertThat(refusal(Postgres.at(database.url())))
                    .hasMessageContaining("another session held a lock on pg_class for more than 200 ms");
        }
    }

    @Test
    void a_slow_catalog_names_the_statement_timeout() throws Exception {
        Database database = Database.on(MAJOR).run("create table t(id int)");
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("lock table pg_catalog.pg_inherits in access exclusive mode");

            ProbeUnavailableException refusal = refusal(Postgres.at(database.url())
                    .withStatementTimeout(Duration.ofMillis(300))
                    .withLockTimeout(Duration.ofSeconds(10)));

            assertThat(refusal).hasMessageContaining("within the statement timeout of 300 ms");
            assertThat(refusal.remedy()).contains("withStatementTimeout");
        }
    }

    @Test
    void foreign_keys_that_can_not_be_read_are_a_gap_and_the_tables_are_there() throws Exception {
        Database database =
                Database.on(MAJOR).run("create table t(id int primary key)", "create table c(t int references t)");
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("lock table pg_catalog.pg_constraint in access exclusive mode");
            Notebook notebook = Notebook.on("public.t", "public.unknown");

            Scope scope = Postgres.at(database.url()).scope().examine(notebook);

            assertThat(scope.tables()).hasSize(2);
            assertThat(scope.foreignKeys()).isEqualTo(ForeignKeys.NONE);
            assertThat(scope.unknown()).hasSize(1);
            assertThat(notebook.gaps.get(0).consequence()).contains("CASCADE");
            assertThat(notebook.gaps.get(0).missing()).contains("a lock on pg_constraint");
            assertThat(notebook.coverage().extent()).isEqualTo(Coverage.Extent.PARTIAL);
        }
    }

    @Test
    void commit_times_are_read_where_they_are_kept() throws Exception {
        try (PostgresServer server = PostgresFixture.start(MAJOR, Map.of("track_commit_timestamp", "on"))) {
            Database database = Database.on(server).run("create table t(id int)", "create table kept(id int)");
            Instant before = Instant.now();
            database.run("truncate t");
            Instant after = Instant.now();
            Notebook notebook = Notebook.on("public.t");

            Scope scope = Postgres.at(database.url()).scope().examine(notebook);

            Instant committed = scope.of(TableName.parse("public.t"))
                    .orElseThrow()
                    .catalogCommitted()
                    .orElseThrow();
            assertThat(committed).isBetween(before, after);
            assertThat(notebook.evidence).anyMatch(e -> e.moment().equals(Moment.at(committed)));
        }
    }

    @Test
    void counting_that_is_switched_off_is_a_gap() throws Exception {
        Database database = Database.on(MAJOR).run("create table t(id int)");
        database.run("alter database " + database.name() + " set track_counts = off");
        Notebook notebook = Notebook.on("public.t");

        Postgres.at(database.url()).deletionStats().examine(notebook);

        assertThat(notebook.gaps).extracting(Gap::missing).contains("track_counts = off");
    }

    @Test
    void a_hostile_search_path_is_not_followed() throws Exception {
        Database database = Database.on(MAJOR)
                .run(
                        "create schema trap",
                        "create table trap.t(id int)",
                        "create function trap.trip() returns text language plpgsql as"
                                + " 'begin raise exception ''tripped''; end'",
                        "create view trap.pg_class as select trap.trip() as relname",
                        "create function trap.set_config(text, text, boolean) returns text language sql as"
                                + " 'select trap.trip()'",
                        "create function trap.current_database() returns name language sql as"
                                + " 'select trap.trip()::name'");
        database.run("alter database " + database.name() + " set search_path = trap, pg_catalog");
        Notebook notebook = Notebook.on("trap.t");

        Postgres.at(database.url()).scope().examine(notebook);
        Postgres.at(database.url()).deletionStats().examine(notebook);

        assertThat(notebook.gaps).isEmpty();
    }

    @Test
    void an_interrupt_ends_the_examination() throws Exception {
        Database database = Database.on(MAJOR);
        AtomicReference<Throwable> end = new AtomicReference<>(new AssertionError("it did not end"));
        Thread thread = new Thread(() -> {
            Thread.currentThread().interrupt();
            try {
                Postgres.at(database.url()).scope().examine(Notebook.on("t"));
            } catch (Exception e) {
                end.set(e);
            }
        });

        thread.start();
        thread.join(5_000);

        assertThat(end.get()).isInstanceOf(InterruptedException.class);
    }

    @Test
    void a_connection_of_a_data_source_is_given_back_as_it_came() throws Exception {
        Database database = Database.on(MAJOR).run("create table t(id int)");
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(database.url());
        dataSource.setPassword(CANARY);
        List<Boolean> states = new ArrayList<>();
        Notebook notebook = Notebook.on("public.t");

        Scope scope =
                Postgres.of(new ObservedDataSource(dataSource, states)).scope().examine(notebook);

        assertThat(scope.tables()).hasSize(1);
        assertThat(states).as("auto-commit and read-only when closed").containsExactly(true, false);
        assertThat(notebook.evidence)
                .allSatisfy(e ->
                        assertThat(e.provenance().source()).matches("postgresql://[^/@?]+:\\d+/" + database.name()));
    }
}
