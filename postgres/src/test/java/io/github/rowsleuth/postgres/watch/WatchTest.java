package io.github.rowsleuth.postgres.watch;

import static io.github.rowsleuth.postgres.watch.Expectation.noDeletions;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rowsleuth.UnexpectedDeletionError;
import io.github.rowsleuth.postgres.fixture.PostgresFixture;
import io.github.rowsleuth.postgres.fixture.PostgresServer;
import io.github.rowsleuth.transaction.TransactionEnd;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class WatchTest {

    private static final String[] SHOP = {
        "create table customers(id int primary key)",
        "create table orders(id int primary key, customer int constraint bought_by references customers on delete cascade,"
                + " secret text)",
        "insert into customers select generate_series(1, 3)",
        "insert into orders select n, 1 + n % 3, 'secret ' || n from generate_series(1, 30) n"
    };

    private static Sandbox shop() throws SQLException {
        return shop(Sandbox.newest());
    }

    private static Sandbox shop(int major) throws SQLException {
        return Sandbox.on(major).run(SHOP);
    }

    private static WatchedDatabase watched(Sandbox database) {
        return WatchedDatabase.of(database.dataSource()).settlingWithin(Duration.ofMillis(100));
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 18})
    void the_failure_names_table_rows_statement_application_and_cascade(int major) throws SQLException {
        Sandbox database = shop(major);
        Watch watch = watched(database).watch();
        try (Connection connection = database.dataSource(s -> s.setApplicationName("OrderServiceIT"))
                        .getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("delete from customers where id = 2 -- secret");
        }

        assertThatExceptionOfType(UnexpectedDeletionError.class)
                .isThrownBy(watch::close)
                .extracting(Throwable::getMessage)
                .asString()
                .matches("""
                        public\\.customers: expected no deletions, found 1 row deleted
                          DELETE of 1 row, by OrderServiceIT \\(role postgres, pid \\d+\\)
                            statement: delete from customers where id = \\?
                            rows: \\(id=\\?\\); showingRows\\(\\) shows the values of up to 5
                        public\\.orders: expected no deletions, found 10 rows deleted
                          DELETE of 10 rows, cascaded from public\\.customers by the foreign key bought_by, by OrderServiceIT \\(role postgres, pid \\d+\\)
                            statement: delete from customers where id = \\?
                            rows: \\(id=\\?, customer=\\?, secret=\\?\\) ×10; showingRows\\(\\) shows the values of up to 5""");
    }

    @Test
    void rows_are_shown_if_asked_for_and_only_then_kept() throws SQLException {
        Sandbox database = shop();
        try (Watch hidden = watched(database).watch()) {
            database.run("delete from orders where id <= 7");
            assertThat(hidden.end().all())
                    .singleElement()
                    .satisfies(d -> assertThat(d.sample()).isEmpty());
        }
        assertThat(database.value("select count(sample) from rowsleuth_watch.log"))
                .isEqualTo("0");

        try (Watch shown = watched(database).showingRows().watch()) {
            database.run("delete from orders where id between 8 and 20");
            assertThat(shown.end().violations(noDeletions()).messages())
                    .singleElement()
                    .asString()
                    .contains("found 13 rows deleted", "row: {\"id\":8,\"customer\":3,\"secret\":\"secret 8\"}")
                    .doesNotContain("showingRows")
                    .satisfies(text -> assertThat(text.lines().filter(l -> l.contains("row: ")))
                            .hasSize(5));
        }
    }

    @Test
    void a_deletion_through_a_function_or_a_trigger_names_it() throws SQLException {
        Sandbox database = shop().run(
                        "create function purge(k int) returns void language plpgsql as"
                                + " $$begin delete from orders where id <= k; end$$",
                        "create function on_customer() returns trigger language plpgsql as"
                                + " $$begin perform purge(5); return null; end$$",
                        "create trigger t after update on customers execute function on_customer()");

        try (Watch watch = watched(database).watch()) {
            database.run("update customers set id = id");
            assertThat(watch.end().all()).singleElement().satisfies(d -> {
                assertThat(d.rows()).contains(5L);
                assertThat(d.cascade()).isEmpty();
                assertThat(d.author().orElseThrow().routine()).contains("purge(integer)");
                assertThat(d.author().orElseThrow().statement().orElseThrow())
                        .hasToString("update customers set id = id");
            });
        }
    }

    @Test
    void rows_that_were_inserted_meanwhile_are_told_from_older_ones() throws SQLException {
        Expectation ownRows = noDeletions().allowingRowsBornMeanwhile();
        Sandbox database = shop().run("create table notes(v text)", "insert into notes values ('old'), ('twin')");
        WatchedDatabase watched = watched(database);

        assertThatCode(() -> {
                    try (Watch watch = watched.watch(ownRows)) {
                        assertThat(watch.expectation()).isSameAs(ownRows);
                        database.run(
                                "insert into orders select n, 1, 'x' from generate_series(101, 110) n",
                                "delete from orders where id > 105",
                                "update orders set secret = 'y' where id > 100",
                                "delete from orders where id > 100",
                                "insert into notes values ('twin')",
                                "delete from notes where ctid = (select min(ctid) from notes where v = 'twin')",
                                "create table n as select 1 id",
                                "truncate n",
                                "drop table n");
                    }
                })
                .doesNotThrowAnyException();

        try (Watch watch = watched.watch(ownRows)) {
            database.run(
                    "insert into orders values (201, 1, 'x')",
                    "delete from orders where id in (1, 201)",
                    "insert into orders values (1, 1, 'again')",
                    "delete from orders where id = 1",
                    "insert into notes values ('new')",
                    "truncate notes");
            assertThat(watch.end().violations(ownRows).messages())
                    .satisfiesExactly(
                            orders -> assertThat(orders)
                                    .contains(
                                            "expected no deletions but of rows inserted meanwhile, found 2 rows",
                                            "1 of them had been inserted meanwhile"),
                            notes -> assertThat(notes).contains("public.notes: expected", "3 rows deleted"));
        }
    }

    @Test
    void births_of_an_earlier_watch_do_not_count() throws SQLException {
        Expectation ownRows = noDeletions().allowingRowsBornMeanwhile();
        Sandbox database = shop();
        try (Watch before = watched(database).watch(ownRows)) {
            database.run("insert into orders values (301, 1, 'x')");
            assertThat(before.soFar().all()).isEmpty();
        }

        Watch watch = watched(database).watch(ownRows);
        database.run("delete from orders where id = 301");

        assertThatThrownBy(watch::close).isInstanceOf(UnexpectedDeletionError.class);
    }

    @Test
    void births_can_not_be_asked_for_when_it_is_too_late() throws SQLException {
        try (Watch watch = watched(shop()).watch()) {
            assertThatThrownBy(() -> watch.expect(noDeletions().allowingRowsBornMeanwhile()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("begin the watch with it");
        }
    }

    @ParameterizedTest
    @EnumSource(WatchMode.class)
    void a_second_watch_in_the_same_database_is_refused_by_name(WatchMode mode) throws SQLException {
        WatchedDatabase watched = watched(shop()).in(mode);
        try (Watch first = watched.watch("OrderTest.first", noDeletions())) {
            assertThat(first.expectation()).hasToString("no deletions");
            assertThatThrownBy(watched::watch)
                    .isInstanceOf(WatchException.class)
                    .hasMessageContaining("found another one open: 'OrderTest.first' (pid ")
                    .hasMessageContaining("@ResourceLock");
        }
        assertThatCode(() -> watched.watch().close()).doesNotThrowAnyException();
    }

    @Test
    void watches_in_two_databases_of_a_server_do_not_disturb_each_other() throws SQLException {
        Sandbox here = shop();
        Sandbox there = shop();
        try (Watch watch = watched(here).watch();
                Watch other = watched(there).in(WatchMode.NO_FOOTPRINT).watch()) {
            there.run("delete from orders");
            assertThat(watch.end().all()).isEmpty();
            assertThat(other.end().rows()).isEqualTo(30);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 18})
    void what_a_crash_left_is_taken_over_by_the_next_watch_and_removed(int major) throws Exception {
        Sandbox database = shop(major);
        DataSource source = database.dataSource();
        Watch crashed = WatchedDatabase.of(source).in(WatchMode.STRICT).watch("Crash", noDeletions());
        database.run("delete from orders where id = 1");
        assertThat(database.value("select count(pg_terminate_backend(pid)) from pg_stat_activity"
                        + " where application_name = 'Crash' and datname = current_database()"))
                .isEqualTo("1");
        assertThatThrownBy(crashed::close).isInstanceOf(WatchException.class);

        try (Watch next = watched(database).watch()) {
            assertThat(next.soFar().all()).isEmpty();
            database.run("delete from orders where id = 2");
            assertThat(next.end().rows()).isEqualTo(1);
        }
        watched(database).remove();
        watched(database).remove();

        assertThat(database.value("select (select count(*) from pg_namespace where nspname like 'rowsleuth%')"
                        + " + (select count(*) from pg_trigger where tgname like 'rowsleuth%')"
                        + " + (select count(*) from pg_event_trigger)"
                        + " + (select count(*) from pg_replication_slots where slot_name like 'rowsleuth%')"))
                .isEqualTo("0");
    }

    @Test
    void deletions_of_a_transaction_that_began_before_belong_to_what_was_before() throws SQLException {
        Sandbox database = shop();
        watched(database).watch().close();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("delete from orders where id = 1");
            try (Watch watch = watched(database).watch()) {
                connection.commit();
                assertThat(watch.end().all()).isEmpty();
            }
        }
    }

    @Test
    void an_open_transaction_fails_and_tells_where_it_holds_locks() throws SQLException {
        Sandbox database = shop();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                Watch watch = watched(database).watch()) {
            connection.setAutoCommit(false);
            statement.execute("delete from orders where id = 1");
            assertThat(watch.end().violations(noDeletions()).messages())
                    .singleElement()
                    .asString()
                    .contains(
                            "1 row, in a transaction that is still open",
                            "statement: delete from orders where id = ?",
                            "in public.orders");
        }
    }

    @Test
    void a_prepared_transaction_is_not_over() throws SQLException {
        Sandbox database = shop();
        try (Watch watch = watched(database).in(WatchMode.STRICT).watch()) {
            database.run(
                    "begin", "delete from orders where id = 1", "prepare transaction 'half " + database.name() + "'");
            Deletions deletions = watch.end();
            database.run("rollback prepared 'half " + database.name() + "'");
            assertThat(deletions.losses())
                    .singleElement()
                    .satisfies(d -> assertThat(d.end()).isIn(TransactionEnd.PREPARED, TransactionEnd.IN_PROGRESS));
        }
    }

    @Test
    void a_cleaner_that_empties_the_log_is_noticed() throws SQLException {
        Sandbox database = shop();
        Watch watch = watched(database).watch();
        database.run("delete from orders", "truncate rowsleuth_watch.log");

        assertThatThrownBy(watch::close).hasMessageContaining("somebody emptied the table rowsleuth_watch.log");
    }

    @Test
    void a_cleaner_that_drops_the_schema_is_noticed() throws SQLException {
        Sandbox database = shop();
        Watch watch = watched(database).watch();
        database.run("drop schema rowsleuth_watch cascade", "delete from orders");

        assertThatThrownBy(watch::close).hasMessageContaining("somebody dropped the schema rowsleuth_watch");
        assertThatCode(() -> watched(database).watch().close()).doesNotThrowAnyException();
    }

    @Test
    void a_trigger_that_was_taken_away_is_a_blind_spot_that_fails_unless_accepted() throws SQLException {
        Sandbox database = shop();
        try (Watch watch = watched(database).watch()) {
            database.run("drop trigger rowsleuth_deleted on orders", "delete from orders");
            Deletions deletions = watch.end();
            assertThat(deletions.complete()).isFalse();
            assertThat(deletions.violations(noDeletions()).messages())
                    .singleElement()
                    .asString()
                    .contains("nobody can tell", "public.orders has no trigger");
            assertThat(deletions.violations(noDeletions().acceptingBlindSpots()).isPresent())
                    .isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 18})
    void the_strict_mode_finds_what_got_past_the_triggers(int major) throws SQLException {
        Sandbox database = shop(major);
        try (Watch watch = watched(database).in(WatchMode.STRICT).watch()) {
            database.run(
                    "alter event trigger rowsleuth_ddl disable",
                    "alter table orders disable trigger all",
                    "delete from orders where id <= 4",
                    "truncate orders",
                    "alter table orders enable trigger all",
                    "alter table orders enable always trigger rowsleuth_deleted,"
                            + " enable always trigger rowsleuth_truncated",
                    "alter event trigger rowsleuth_ddl enable always");
            assertThat(watch.end().losses())
                    .extracting(d -> d.kind() + " " + d.subject()
                            + d.rows().map(n -> " " + n).orElse(""))
                    .containsExactlyInAnyOrder("DELETE public.orders 4", "TRUNCATE public.orders");
        }
    }

    @Test
    void what_replication_deletes_is_found_in_the_log_and_a_blind_spot_without_it() throws Exception {
        Sandbox there = shop().run("create publication p for table orders");
        Sandbox here = shop();
        String slot = "s" + here.name();
        there.run("select pg_create_logical_replication_slot('" + slot + "', 'pgoutput')");
        here.run(
                "do $$begin execute format('create subscription s connection %L publication p with (slot_name = " + slot
                        + ", create_slot = false, copy_data = false)', 'host=127.0.0.1 user=postgres port='"
                        + " || current_setting('port') || ' dbname=" + there.name() + "'); end$$");
        try (Watch watch = watched(here).in(WatchMode.STRICT).watch()) {
            there.run("delete from orders where id <= 3");
            await(here, "select count(*) from orders", "27");

            assertThat(watch.end().violations(noDeletions()).messages())
                    .singleElement()
                    .asString()
                    .contains("found 3 rows deleted", "they were bypassed");
        }
        try (Watch watch = watched(here).watch()) {
            assertThat(watch.end().violations(noDeletions()).messages())
                    .singleElement()
                    .asString()
                    .contains("the subscription s brings changes");
        }
        here.run("drop subscription s");
    }

    private static void await(Sandbox database, String query, String value) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!database.value(query).equals(value) && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        assertThat(database.value(query)).isEqualTo(value);
    }

    @Test
    void an_owner_who_is_no_superuser_can_watch_and_is_told_what_he_misses() throws SQLException {
        Sandbox database = shop();
        String role = "owner_of_" + database.name();
        database.run(
                "create role " + role + " login",
                "grant create on database " + database.name() + " to " + role,
                "alter table orders owner to " + role);
        WatchedDatabase watched = WatchedDatabase.of(database.dataSource(source -> source.setUser(role)));

        try (Watch watch = watched.watch()) {
            database.run("delete from orders where id <= 2", "drop table orders cascade");
            Deletions deletions = watch.end();
            assertThat(deletions.losses())
                    .extracting(Deletion::kind)
                    .containsExactly(DeletionKind.DELETE, DeletionKind.DROP_TABLE);
            assertThat(deletions.blindSpots())
                    .extracting(spot -> spot.gap().missing())
                    .containsExactly(
                            "the table public.customers has no trigger of the watch", "there are no event triggers");
        }
        assertThatThrownBy(() -> watched.in(WatchMode.STRICT).watch())
                .isInstanceOf(WatchException.class)
                .hasMessageContaining("expected a server that allows reading the write-ahead log, found state 42501")
                .hasMessageContaining("be a superuser");
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 18})
    void without_logical_decoding_the_log_still_tells_truncations_from_rewrites(int major) throws SQLException {
        try (PostgresServer server = PostgresFixture.start(major, Map.of("wal_level", "replica"))) {
            Sandbox database =
                    Sandbox.on(server).run(SHOP).run("create table log(id int)", "insert into log values (1)");
            WatchedDatabase watched = watched(database).in(WatchMode.NO_FOOTPRINT);
            if (major < 15) {
                assertThatThrownBy(watched::watch).hasMessageContaining("wal_level = logical");
                return;
            }
            try (Watch watch = watched.watch()) {
                database.run(
                        "vacuum full orders",
                        "begin; create table tmp(id int); drop table tmp; truncate log; commit",
                        "alter table customers add column note text default random()::text");
                assertThat(watch.end().losses())
                        .extracting(d -> d.kind() + " " + d.subject())
                        .containsExactly("TRUNCATE public.log");
            }
            try (Watch watch = watched(database).in(WatchMode.STRICT).watch()) {
                database.run("delete from orders where id < 5", "truncate log");
                assertThat(watch.end().rows()).isEqualTo(4);
            }
        }
    }

    @Test
    void a_watch_that_has_ended_says_so() throws SQLException {
        Watch watch = watched(shop()).watch();
        watch.end();
        watch.close();
        assertThatThrownBy(watch::soFar).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(watch::end).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void what_the_test_itself_failed_with_stays_the_failure() throws SQLException {
        Sandbox database = shop();
        assertThatThrownBy(() -> {
                    try (Watch watch = watched(database).watch()) {
                        database.run("delete from orders");
                        throw new IllegalArgumentException(watch.expectation().toString());
                    }
                })
                .isInstanceOf(IllegalArgumentException.class)
                .satisfies(e -> assertThat(List.of(e.getSuppressed()))
                        .singleElement()
                        .isInstanceOf(UnexpectedDeletionError.class));
    }
}
