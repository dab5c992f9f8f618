package io.github.rowsleuth.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.rowsleuth.evidence.Evidence;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.incident.TimeWindow;
import io.github.rowsleuth.postgres.fixture.PostgresFixture;
import io.github.rowsleuth.postgres.fixture.PostgresServer;
import io.github.rowsleuth.probe.Coverage;
import io.github.rowsleuth.probe.Gap;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import io.github.rowsleuth.server.CountedStatement;
import io.github.rowsleuth.server.StatementStatistics;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementStatisticsOnEveryMajorTest {
    private static final TableName HOSTILE = TableName.of("public", "a;b\"'\n? \u202e");
    private static final String SCHEMA = "\"st;a\"\"ts\n ? \u202e\"";

    static List<Integer> majors() {
        return PostgresFixture.majors();
    }

    private static Database shop(int major) throws Exception {
        return shop(Database.on(major), "");
    }

    private static Database shop(Database database, String version) throws Exception {
        String app = database.name() + "_app";
        return database.run(
                "create schema " + SCHEMA,
                "create extension pg_stat_statements schema " + SCHEMA + version,
                "select " + SCHEMA + ".pg_stat_statements_reset()",
                "create table orders(id int primary key)",
                "create table items(o bigint references orders on delete cascade)",
                "create table parts(o int references orders on delete cascade) partition by range (o)",
                "create table parts_1 partition of parts for values from (0) to (100)",
                "create table log(id int)",
                "create table gone(id int)",
                "create table " + HOSTILE + "(id int)",
                "insert into orders select generate_series(1, 20)",
                "insert into items select generate_series(1, 20)",
                "insert into parts select generate_series(1, 20)",
                "create function purge() returns void language sql as 'delete from log where id = 7'",
                "create role " + app + " login",
                "grant all on all tables in schema public to " + app,
                "set session authorization " + app,
                "reset session authorization",
                "set pg_stat_statements.track = 'all'",
                "set role " + app,
                "delete from orders where id <= 4 and 'canary' <> ''",
                "reset role",
                "begin",
                "delete from orders where id = 11",
                "rollback",
                "select purge()",
                "truncate log",
                "truncate " + HOSTILE,
                "drop table gone",
                "prepare x as delete from log",
                "execute x",
                "set pg_stat_statements.track = 'top'",
                "do 'begin delete from orders where id = 20; end'");
    }

    private static CountedStatement counted(StatementStatistics statistics, String text) {
        return statistics.statements().stream()
                .filter(s -> s.text().text().equals(text))
                .findFirst()
                .orElseThrow(() -> new AssertionError(text + " is not among " + statistics.statements()));
    }

    @ParameterizedTest
    @MethodSource("majors")
    void each_destructive_statement_is_counted_with_its_role_and_rows_from_whatever_schema(int major) throws Exception {
        Instant before = Instant.now();
        Database shop = shop(major);
        Notebook notebook = Notebook.on(TimeWindow.between(Instant.now(), Instant.now()), "orders");

        StatementStatistics seen = Postgres.at(shop.url()).statementStatistics().examine(notebook);

        String app = shop.name() + "_app";
        CountedStatement deletion = counted(seen, "delete from orders where id <= $1 and $2 <> $3");
        assertThat(deletion.role()).hasValue(app);
        assertThat(deletion.calls()).isEqualTo(1);
        assertThat(deletion.rows()).isEqualTo(4);
        assertThat(deletion.cascade()).isFalse();
        assertThat(deletion.queryId()).isPresent();
        assertThat(deletion.topLevel()).isEqualTo(major >= 14 ? Optional.of(true) : Optional.empty());
        assertThat(deletion.since().isPresent()).isEqualTo(major >= 17);
        CountedStatement undone = counted(seen, "delete from orders where id = $1");
        assertThat(undone.rows()).as("rolled back, counted all the same").isEqualTo(1);
        cascadesAreTold(major, seen);
        utilitiesAreThere(seen);
        evidenceNamesThem(seen, deletion, notebook, app);
        limitsAreTold(major, seen, notebook, before);
    }

    private static void cascadesAreTold(int major, StatementStatistics seen) {
        List<CountedStatement> cascades =
                seen.statements().stream().filter(CountedStatement::cascade).toList();
        assertThat(cascades)
                .allSatisfy(s -> assertThat(s.calls()).isEqualTo(5))
                .allSatisfy(
                        s -> assertThat(s.topLevel()).isEqualTo(major >= 14 ? Optional.of(false) : Optional.empty()))
                .flatExtracting(s -> s.destructive().get(0).tables())
                .containsExactlyInAnyOrder(TableName.of("public", "items"), TableName.of("public", "parts"));
    }

    private static void utilitiesAreThere(StatementStatistics seen) {
        CountedStatement inFunction = counted(seen, "delete from log where id = $1");
        assertThat(inFunction.cascade()).isFalse();
        assertThat(counted(seen, "truncate log").rows()).isZero();
        assertThat(counted(seen, "drop table gone").rows()).isZero();
        assertThat(seen.statements())
                .anyMatch(s -> s.destructive().get(0).tables().equals(List.of(HOSTILE)));
        assertThat(counted(seen, "prepare x as delete from log").calls()).isPositive();
        CountedStatement block = counted(seen, "do 'begin delete from orders where id = ?; end'");
        assertThat(block.rows()).as("a DO counts no rows under track = top").isZero();
        assertThat(block.destructive()).hasSize(1);
        assertThat(seen.statements())
                .as("what only defines a function or a key is no deletion")
                .noneMatch(s -> s.text().text().startsWith("create"));
    }

    private static void evidenceNamesThem(
            StatementStatistics seen, CountedStatement deletion, Notebook notebook, String app) {
        Evidence evidence = notebook.evidence.stream()
                .filter(e -> deletion.evidence().contains(e.id()))
                .findFirst()
                .orElseThrow();
        assertThat(evidence.observation().summary())
                .isEqualTo("DELETE orders was run 1 times and hit 4 rows, rolled back or not, by role " + app);
        assertThat(evidence.observation().tables()).containsExactly(TableName.parse("orders"));
        assertThat(notebook.summaries())
                .contains("DELETE public.items was run 5 times and hit 5 rows, rolled back or not, by a foreign key, in"
                        + " deletions by role postgres");
        assertThat(notebook.evidence + "" + seen).doesNotContain("canary");
    }

    private static void limitsAreTold(int major, StatementStatistics seen, Notebook notebook, Instant before) {
        assertThat(seen.tracked()).hasValue("top");
        assertThat(seen.hidden()).isZero();
        assertThat(notebook.gaps.get(0).missing()).isEqualTo("pg_stat_statements.track = top");
        if (major == 13) {
            assertThat(seen.validSince()).isEmpty();
            assertThat(notebook.gaps)
                    .extracting(Gap::missing)
                    .contains("since when pg_stat_statements counts is unknown");
        } else {
            assertThat(seen.validSince().orElseThrow()).isBetween(before, Instant.now());
            assertThat(notebook.gaps).hasSize(1);
        }
        assertThat(notebook.coverage().extent()).isEqualTo(Coverage.Extent.PARTIAL);
    }

    @ParameterizedTest
    @MethodSource("majors")
    void a_plain_role_is_told_how_many_texts_are_hidden_and_which_grant_shows_them(int major) throws Exception {
        Database shop = shop(major);
        String plain = shop.name() + "_plain";
        shop.run("create role " + plain + " login");
        Postgres postgres = Postgres.at(shop.bareUrl(), plain, "");

        ProbeUnavailableException refused = catchThrowableOfType(
                ProbeUnavailableException.class,
                () -> postgres.statementStatistics().examine(Notebook.on("orders")));
        assertThat(refused).hasMessageStartingWith("the role " + plain + " may not use the schema ");
        assertThat(refused.remedy()).isEqualTo("GRANT USAGE ON SCHEMA " + SCHEMA + " TO " + plain);

        shop.run("grant usage on schema " + SCHEMA + " to " + plain);
        Notebook hidden = Notebook.on("orders");
        StatementStatistics nothing = postgres.statementStatistics().examine(hidden);
        assertThat(nothing.statements()).isEmpty();
        assertThat(nothing.hidden()).isGreaterThan(10);
        assertThat(hidden.gaps)
                .filteredOn(
                        g -> g.missing().equals("the texts of " + nothing.hidden() + " counted statements are hidden"))
                .extracting(Gap::remedy)
                .containsExactly("GRANT pg_read_all_stats TO " + plain);

        shop.run("grant pg_monitor to " + plain);
        Notebook shown = Notebook.on("orders");
        StatementStatistics all = postgres.statementStatistics().examine(shown);
        assertThat(all.hidden()).isZero();
        assertThat(counted(all, "truncate log").role()).hasValue("postgres");
    }

    @ParameterizedTest
    @MethodSource("majors")
    void without_the_extension_the_reason_is_named(int major) {
        Database bare = Database.on(major);

        ProbeUnavailableException refused = catchThrowableOfType(
                ProbeUnavailableException.class,
                () -> Postgres.at(bare.url()).statementStatistics().examine(Notebook.on("t")));

        assertThat(refused)
                .hasMessage("expected the extension pg_stat_statements in the database " + bare.name()
                        + ", found only its library, which counts");
        assertThat(refused.remedy())
                .startsWith("CREATE EXTENSION pg_stat_statements")
                .contains("dbid");
    }

    @ParameterizedTest
    @ValueSource(ints = 18)
    void an_extension_older_than_its_server_answers_with_what_it_has(int major) throws Exception {
        Database shop = shop(Database.on(major), " version '1.8'");

        StatementStatistics seen = Postgres.at(shop.url()).statementStatistics().examine(Notebook.on("orders"));

        assertThat(seen.validSince()).isEmpty();
        CountedStatement deletion = counted(seen, "delete from orders where id <= $1 and $2 <> $3");
        assertThat(deletion.topLevel()).isEmpty();
        assertThat(deletion.since()).isEmpty();
        assertThat(seen.statements().stream().filter(CountedStatement::cascade)).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = 15)
    void a_crash_takes_the_counts_along_and_shows_it(int major) throws Exception {
        try (PostgresServer server = PostgresFixture.start(
                major, Map.of("pg_stat_statements.track", "all", "pg_stat_statements.max", "100"))) {
            Database shop = shop(Database.on(server), "");
            Instant lost = Instant.now();
            assertThat(Postgres.at(shop.url())
                            .statementStatistics()
                            .examine(Notebook.on("orders"))
                            .statements())
                    .isNotEmpty();

            killABackend(shop);
            shop.run(IntStream.range(0, 150)
                    .mapToObj(i -> "select 1" + ", 1".repeat(i))
                    .toArray(String[]::new));

            Notebook notebook = Notebook.on(TimeWindow.between(lost, lost), "orders");
            StatementStatistics after =
                    Postgres.at(shop.url()).statementStatistics().examine(notebook);
            assertThat(after.statements()).isEmpty();
            assertThat(after.validSince().orElseThrow()).isAfter(lost);
            assertThat(after.evicted()).isPositive();
            assertThat(notebook.gaps)
                    .extracting(Gap::missing)
                    .containsExactly(
                            "pg_stat_statements counts since "
                                    + after.validSince().orElseThrow(),
                            "pg_stat_statements was full and evicted statements " + after.evicted() + " times");
        }
    }

    /** An immediate stop is no such crash: on it the library still writes its counts to its file. */
    private static void killABackend(Database database) throws Exception {
        try {
            database.run("copy (select 1) to program 'kill -9 $PPID'");
        } catch (SQLException e) {
            assertThat(e.getSQLState()).startsWith("08");
        }
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        boolean up = false;
        while (!up && System.nanoTime() < end) {
            try {
                database.run("select 1");
                up = true;
            } catch (SQLException e) {
                Thread.onSpinWait();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = 15)
    void a_library_that_is_not_loaded_is_of_no_use_after_the_fact(int major) throws Exception {
        try (PostgresServer server = PostgresFixture.start(
                major, Map.of("shared_preload_libraries", "", "pg_stat_statements.track", "all"))) {
            Database shop = Database.on(server).run("create extension pg_stat_statements");

            ProbeUnavailableException refused = catchThrowableOfType(
                    ProbeUnavailableException.class,
                    () -> Postgres.at(shop.url()).statementStatistics().examine(Notebook.on("t")));

            assertThat(refused).hasMessageContaining("the server does not load it: no statements were counted");
            assertThat(refused.remedy())
                    .startsWith(
                            "nothing can be had from it after the fact; for the next time: shared_preload_libraries");
        }
    }
}
