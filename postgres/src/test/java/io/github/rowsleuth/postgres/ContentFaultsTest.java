package io.github.rowsleuth.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.postgres.fixture.PostgresFixture;
import io.github.rowsleuth.postgres.fixture.PostgresServer;
import io.github.rowsleuth.probe.Scope;
import io.github.rowsleuth.probe.TableScope;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a database may hold, and how a role may be set, to the discomfort of whoever reads it. */
class ContentFaultsTest {
    private static final int MAJOR = 16;

    private static Scope scope(Investigated run) {
        return run.findings().answer(Scope.class).orElseThrow();
    }

    private static Database encoded(String encoding) throws SQLException {
        Database any = Database.on(MAJOR);
        String name = any.name() + "_" + encoding.toLowerCase(java.util.Locale.ROOT);
        any.run("create database " + name + " encoding '" + encoding + "' template template0");
        return new Database(any.server(), name);
    }

    @Test
    void names_in_no_encoding_at_all() throws Exception {
        Database database = encoded("SQL_ASCII")
                .run("create table orders(id int)", "do $$ begin execute E'create table \"caf\\xe9\"(id int)'; end $$");

        Investigated.of(Postgres.at(database.url()), "orders").leavesNothingOn(database.server());
    }

    @Test
    void names_in_another_encoding() throws Exception {
        Database database = encoded("LATIN1").run("create table \"café\"(id int)");

        Investigated run =
                Investigated.of(Postgres.at(database.url()), "\"café\"").allAnsweredBut();

        assertThat(scope(run).unknown()).isEmpty();
        run.leavesNothingOn(database.server());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a;b",
                "drop table orders",
                "'; select pg_sleep(9); --",
                "quote\"d",
                "back\\slash",
                "line\nbreak",
                "\u202Ebidi",
                "tab\tbed",
                "dollar$$",
                "{0}",
                "%s",
                "a name of sixty-three bytes that goes on and on until the end x"
            })
    void hostile_names(String name) throws Exception {
        String quoted = '"' + name.replace("\"", "\"\"") + '"';
        Database database = Database.on(MAJOR)
                .run(
                        "create table orders(id int)",
                        "create schema " + quoted,
                        "create table " + quoted + "." + quoted + "(id int primary key)",
                        "insert into " + quoted + "." + quoted + " values (1)");

        Investigated run = Investigated.of(Postgres.at(database.url()), quoted + "." + quoted)
                .allAnsweredBut();

        assertThat(scope(run).tables())
                .extracting(TableScope::table)
                .contains(TableName.of(name, name), TableName.parse("public.orders"));
        assertThat(scope(run).unknown()).isEmpty();
        run.leavesNothingOn(database.server());
    }

    @Test
    void things_that_are_no_tables() throws Exception {
        Database database = Database.on(MAJOR)
                .run(
                        "create table orders(id int primary key)",
                        "create view seen as select * from orders",
                        "create materialized view kept as select * from orders",
                        "create sequence counted",
                        "create table parted(id int) partition by range (id)",
                        "create table part partition of parted for values from (1) to (9)",
                        "create type composed as (a int)",
                        "create extension if not exists file_fdw");

        Investigated.of(Postgres.at(database.url()), "seen", "kept", "counted", "parted", "composed", "orders_pkey")
                .allAnsweredBut()
                .names("there is no table counted")
                .leavesNothingOn(database.server());
    }

    @Test
    void a_foreign_table_whose_source_is_gone() throws Exception {
        Database database = Database.on(MAJOR)
                .run(
                        "create foreign data wrapper nowhere",
                        "create server gone foreign data wrapper nowhere",
                        "create foreign table far(id int) server gone");

        Investigated.of(Postgres.at(database.url()), "far")
                .allAnsweredBut()
                .names("foreign tables have none")
                .leavesNothingOn(database.server());
    }

    @Test
    void a_tablespace_elsewhere() throws Exception {
        try (PostgresServer server = PostgresFixture.start(MAJOR, Map.of())) {
            Path elsewhere = server.dataDirectory().resolveSibling("elsewhere");
            new ProcessBuilder(
                            "cp",
                            "-Rp",
                            server.dataDirectory().resolve("pg_twophase").toString(),
                            elsewhere.toString())
                    .start()
                    .waitFor();
            assertThat(Files.isDirectory(elsewhere)).isTrue();
            Database database = Database.on(server)
                    .run(
                            "create tablespace elsewhere location '" + elsewhere + "'",
                            "create table orders(id int) tablespace elsewhere",
                            "insert into orders values (1)");

            Investigated.of(Postgres.at(database.url()), "orders")
                    .allAnsweredBut()
                    .leavesNothingOn(server);
        }
    }

    @Test
    void five_thousand_tables() throws Exception {
        Database database = Database.on(MAJOR)
                .run("do $$ begin for i in 1..5000 loop execute 'create table t' || i || '(id int)'; end loop; end $$");

        Investigated run =
                Investigated.of(Postgres.at(database.url()), "t1", "t5000").allAnsweredBut();

        assertThat(scope(run).tables()).hasSize(5_000);
        run.leavesNothingOn(database.server());
    }

    @Test
    void temporary_tables_of_others_are_not_looked_at() throws Exception {
        Database database = Database.on(MAJOR).run("create table orders(id int)");
        try (Connection other = database.connect();
                Statement statement = other.createStatement()) {
            statement.execute("create temp table scratch(id int)");

            Investigated run =
                    Investigated.of(Postgres.at(database.url()), "scratch").allAnsweredBut();

            assertThat(scope(run).tables()).hasSize(1);
            run.names("there is no table scratch").leavesNothingOn(database.server());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "statement_timeout = '1ms'",
                "lock_timeout = '1ms'",
                "idle_in_transaction_session_timeout = '50ms'",
                "default_transaction_read_only = on",
                "default_transaction_isolation = 'serializable'",
                "search_path = ''",
                "DateStyle = 'German'",
                "TimeZone = 'Asia/Kathmandu'",
                "bytea_output = 'escape'",
                "extra_float_digits = -15",
                "standard_conforming_strings = off",
                "quote_all_identifiers = on",
                "row_security = on",
                "enable_seqscan = off",
                "track_activities = off",
                "IntervalStyle = 'iso_8601'",
                "session_replication_role = 'replica'"
            })
    void a_role_that_is_set_strangely(String setting) throws Exception {
        Database database = Database.on(MAJOR).run("create table orders(id int)", "insert into orders values (1)");
        Investigated usual = Investigated.of(Postgres.at(database.url()), "orders");
        database.run("alter database " + database.name() + " set " + setting);

        Investigated run =
                Investigated.of(Postgres.at(database.url()), "orders").allAnsweredBut();

        // Whether a name without its schema leads to the table is all that the search path may change.
        assertThat(scope(run).tables())
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields(
                        setting.startsWith("search_path") ? new String[] {"onSearchPath"} : new String[0])
                .isEqualTo(scope(usual).tables());
        run.leavesNothingOn(database.server());
    }

    @Test
    void a_server_that_counts_nothing_and_writes_little() throws Exception {
        Map<String, String> meagre = Map.of(
                "wal_level", "minimal",
                "max_wal_senders", "0",
                "track_counts", "off",
                "autovacuum", "off",
                "max_prepared_transactions", "0",
                "shared_preload_libraries", "");
        try (PostgresServer server = PostgresFixture.start(MAJOR, meagre)) {
            Database database = Database.on(server).run("create table orders(id int)");

            Investigated.of(Postgres.at(database.url()), "orders")
                    .allAnsweredBut("postgres.statement-statistics")
                    .names("track_counts = off")
                    .leavesNothingOn(server);
        }
    }

    @Test
    void extensions_of_an_older_server() throws Exception {
        Database database = Database.on(MAJOR)
                .run(
                        "create schema tools",
                        "create extension pg_stat_statements schema tools version '1.8'",
                        "create extension pageinspect schema tools version '1.5'",
                        "create extension pg_walinspect schema tools version '1.0'",
                        "create table orders(id int)",
                        "insert into orders select generate_series(1, 9)",
                        "delete from orders where id < 4");

        Investigated.of(Postgres.at(database.url()), "orders").allAnsweredBut().leavesNothingOn(database.server());
    }

    @Test
    void a_relative_of_postgresql_that_lacks_a_view() throws Exception {
        Database database = Database.on(MAJOR).run("create table orders(id int)");
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("set allow_system_table_mods = on");
            for (String view : List.of("pg_stat_archiver", "pg_prepared_xacts", "pg_policies")) {
                statement.execute("drop view pg_catalog." + view + " cascade");
            }
        }

        Investigated.of(Postgres.at(database.url()), "orders")
                .allAnsweredBut("postgres.wal-state", "postgres.activity")
                .leavesNothingOn(database.server());
    }
}
