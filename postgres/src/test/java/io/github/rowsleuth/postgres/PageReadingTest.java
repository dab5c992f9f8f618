package io.github.rowsleuth.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.postgres.fixture.PostgresFixture;
import io.github.rowsleuth.probe.Coverage;
import io.github.rowsleuth.probe.Gap;
import io.github.rowsleuth.transaction.DeadRows;
import io.github.rowsleuth.transaction.TablePages;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What comes between a probe and the pages. */
class PageReadingTest {
    private static final int MAJOR = 16;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    static List<Integer> majors() {
        return PostgresFixture.majors();
    }

    private static Database database(int major) throws Exception {
        return Database.on(major).run("create extension pageinspect");
    }

    private static DeadRows examine(Database database, Notebook notebook) throws Exception {
        return Postgres.at(database.url()).deadRows().examine(notebook);
    }

    private static TablePages pages(DeadRows rows, String table) {
        return rows.of(TableName.of("public", table)).orElseThrow();
    }

    /** Eleven rows on each page. */
    private static String wide(String table, int rows) {
        return "insert into " + table + " select i, repeat('x', 700) from generate_series(1, " + rows + ") i";
    }

    @ParameterizedTest
    @MethodSource("majors")
    void a_locked_table_is_left_out_and_the_others_are_read(int major) throws Exception {
        Database database = database(major)
                .run("create table locked(id int)", "create table open(id int)", "insert into open values (1)");
        try (Connection holder = database.connect();
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("lock table locked in access exclusive mode");
            Notebook notebook = Notebook.on("locked", "open");

            DeadRows rows = examine(database, notebook);

            assertThat(rows.pages()).extracting(TablePages::table).containsExactly(TableName.of("public", "open"));
            assertThat(notebook.gaps)
                    .extracting(Gap::missing)
                    .containsExactly("another session holds or awaits an ACCESS EXCLUSIVE lock on public.locked");
            assertThat(notebook.coverage().extent()).isEqualTo(Coverage.Extent.PARTIAL);
            assertThat(notebook.coverage().detail()).startsWith("1 of 1 pages of 1 of 2 tables");
        }
    }

    @Test
    void what_is_no_heap_is_said_to_be_none() throws Exception {
        Database database = database(MAJOR)
                .run(
                        "create table a_table(id int)",
                        "insert into a_table select generate_series(1, 3)",
                        "create view a_view as select * from a_table",
                        "create materialized view a_matview as select * from a_table",
                        "create access method tape type table handler heap_tableam_handler",
                        "create table on_tape(id int) using tape",
                        "create extension file_fdw",
                        "create server files foreign data wrapper file_fdw",
                        "create foreign table elsewhere(id int) server files options (filename '/dev/null')",
                        "create table no_partitions(id int) partition by list (id)",
                        "create unlogged table unlogged(id int)");
        Notebook notebook = Notebook.on(
                "a_view", "a_matview", "on_tape", "elsewhere", "no_partitions", "unlogged", "pg_temp.nowhere");

        DeadRows rows = examine(database, notebook);

        assertThat(rows.pages()).extracting(p -> p.table().name()).containsExactly("a_matview", "unlogged");
        assertThat(pages(rows, "a_matview").live()).isEqualTo(3);
        assertThat(notebook.gaps)
                .extracting(Gap::missing)
                .containsExactly(
                        "public.a_view is a view",
                        "public.elsewhere is a foreign table: its rows are elsewhere",
                        "public.on_tape is stored by the access method tape, whose pages are not a heap's");
        assertThat(notebook.coverage().detail()).endsWith("; not there: [pg_temp.nowhere]");
    }

    @Test
    void names_that_would_break_out_of_quotes_are_names() throws Exception {
        String name = "o\"; drop table t; --\n'%I$$";
        Database database = database(MAJOR)
                .run(
                        "create schema \"a.b;\"",
                        "create table \"a.b;\".\"" + name.replace("\"", "\"\"") + "\"(id int)",
                        "insert into \"a.b;\".\"" + name.replace("\"", "\"\"") + "\" select generate_series(1, 5)",
                        "delete from \"a.b;\".\"" + name.replace("\"", "\"\"") + "\" where id < 3");

        DeadRows rows = examine(database, Notebook.on(TableName.of("a.b;", name)));

        assertThat(rows.of(TableName.of("a.b;", name)).orElseThrow().deleted()).isEqualTo(2);
    }

    @Test
    void small_tables_come_first_and_the_limit_is_told() throws Exception {
        Database database = database(MAJOR)
                .run("create table big(id int, filler text)", wide("big", 110), "create table small(id int)")
                .run("insert into small values (1)");
        Notebook notebook = Notebook.on("big", "small");

        DeadRows rows = Postgres.at(database.url()).withPageLimit(4).deadRows().examine(notebook);

        assertThat(pages(rows, "small").complete()).isTrue();
        assertThat(pages(rows, "big").pagesRead()).isEqualTo(3);
        assertThat(pages(rows, "big").pages()).isEqualTo(10);
        assertThat(pages(rows, "big").live()).isEqualTo(33);
        assertThat(notebook.gaps)
                .extracting(Gap::missing)
                .containsExactly("4 of 11 pages were read: the limit of pages was reached");
        assertThat(notebook.coverage().extent()).isEqualTo(Coverage.Extent.PARTIAL);
        assertThatThrownBy(() -> Postgres.at(database.url()).withPageLimit(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least one page, found 0");
    }

    @Test
    void a_limit_that_just_suffices_leaves_no_gap() throws Exception {
        Database database = database(MAJOR).run("create table big(id int, filler text)", wide("big", 110));
        Notebook notebook = Notebook.on("big");

        Postgres.at(database.url()).withPageLimit(10).deadRows().examine(notebook);

        assertThat(notebook.gaps).isEmpty();
        assertThat(notebook.coverage().extent()).isEqualTo(Coverage.Extent.COMPLETE);
    }

    /** A clock on which every look takes its time, and which does something at one of them. */
    private static InstantSource clock(Duration step, int when, AutoCloseable deed) {
        Instant start = Instant.now();
        AtomicInteger looks = new AtomicInteger();
        return () -> {
            int look = looks.incrementAndGet();
            if (look == when) {
                try {
                    deed.close();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
            return start.plus(step.multipliedBy(look));
        };
    }

    @Test
    void before_the_deadline_it_stops_and_tells_how_far_it_came() throws Exception {
        Database database = database(MAJOR).run("create table big(id int, filler text)", wide("big", 3_300));
        Notebook notebook = Notebook.by(clock(Duration.ofMillis(200), -1, () -> {}), PATIENCE, "big");

        DeadRows rows = examine(database, notebook);

        assertThat(pages(rows, "big").pages()).isEqualTo(300);
        assertThat(pages(rows, "big").pagesRead()).isBetween(1L, 149L);
        assertThat(pages(rows, "big").live()).isEqualTo(11 * pages(rows, "big").pagesRead());
        assertThat(notebook.gaps)
                .singleElement()
                .satisfies(gap -> assertThat(gap.missing()).endsWith(" of 300 pages were read: the time was up"));
    }

    @Test
    void an_interrupt_ends_it_between_two_pages() throws Exception {
        Database database = database(MAJOR).run("create table big(id int, filler text)", wide("big", 3_300));
        Thread reader = Thread.currentThread();
        Notebook notebook = Notebook.by(clock(Duration.ZERO, 100, reader::interrupt), PATIENCE, "big");

        assertThatThrownBy(() -> examine(database, notebook)).isInstanceOf(InterruptedException.class);

        assertThat(examine(database, Notebook.on("big")).pages().get(0).complete())
                .as("and nothing is in the way of the next")
                .isTrue();
    }

    /** The pieces in which pages are read have 512; there are more. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "drop table big | public.big: it was dropped while it was looked at",
                "truncate big | public.big: it was truncated, rewritten or renamed while its pages were read",
                "alter table big rename to other | public.big: it was truncated, rewritten or renamed while its pages were read"
            })
    void a_table_that_changes_under_the_reader_is_told(String change, String told) throws Exception {
        Database database = database(MAJOR).run("create table big(id int, filler text)", wide("big", 8_800));
        database.run("create table other_one(id int)", "insert into other_one values (1)");
        Notebook notebook =
                Notebook.by(clock(Duration.ZERO, 300, () -> database.run(change)), PATIENCE, "big", "other_one");

        DeadRows rows = examine(database, notebook);

        assertThat(pages(rows, "other_one").live()).isEqualTo(1);
        assertThat(pages(rows, "big").pagesRead()).isBetween(200L, 800L);
        assertThat(notebook.gaps).extracting(Gap::missing).containsExactly(told);
        assertThat(notebook.coverage().extent()).isEqualTo(Coverage.Extent.PARTIAL);
    }

    @Test
    void a_table_that_grows_under_the_reader_is_read_to_its_new_end() throws Exception {
        Database database = database(MAJOR).run("create table big(id int, filler text)", wide("big", 1_100));
        Notebook notebook =
                Notebook.by(clock(Duration.ZERO, 80, () -> database.run(wide("big", 110))), PATIENCE, "big");

        DeadRows rows = examine(database, notebook);

        assertThat(pages(rows, "big").live()).isEqualTo(1_210);
        assertThat(pages(rows, "big").pagesRead()).isEqualTo(110);
        assertThat(notebook.gaps).isEmpty();
    }

    @Test
    void a_table_whose_end_is_vacuumed_away_under_the_reader_is_read_to_its_new_end() throws Exception {
        Database database = database(MAJOR)
                .run(
                        "create table big(id int, filler text) with (autovacuum_enabled = off)",
                        wide("big", 8_800),
                        "delete from big where id > 5500");
        Notebook notebook = Notebook.by(clock(Duration.ZERO, 300, () -> database.run("vacuum big")), PATIENCE, "big");

        DeadRows rows = examine(database, notebook);

        assertThat(database.value("select pg_relation_size('big') / 8192")).isEqualTo("500");
        assertThat(pages(rows, "big").live()).isEqualTo(5_500);
        assertThat(pages(rows, "big").complete()).isTrue();
    }

    /** A page reader that a superuser has made in another way. */
    private static Postgres lent(Database database, String body) throws Exception {
        String role = database.name() + "_auditor";
        database.run(
                "create role " + role + " login",
                "create schema rowsleuth",
                "create function rowsleuth.raw_page(relation regclass, block bigint) returns bytea language sql"
                        + " security definer set search_path = pg_catalog, pg_temp as $$ " + body + " $$",
                "grant usage on schema rowsleuth to public");
        return Postgres.at(database.bareUrl(), role, "");
    }

    @Test
    void a_server_that_is_too_slow_gives_what_it_can() throws Exception {
        Database database = database(MAJOR).run("create table big(id int, filler text)", wide("big", 1_100));
        Postgres slow = lent(
                        database, "select public.get_raw_page(relation::text, 'main'::text, block) from pg_sleep(0.05)")
                .withStatementTimeout(Duration.ofMillis(250));
        Notebook notebook = Notebook.on("big");

        DeadRows rows = slow.deadRows().examine(notebook);

        assertThat(pages(rows, "big").pagesRead()).isBetween(5L, 25L);
        assertThat(notebook.gaps)
                .singleElement()
                .satisfies(gap -> assertThat(gap.missing())
                        .endsWith(
                                " of 100 pages were read: the server cancelled the reading, or it took longer than the"
                                        + " statement timeout"));
    }

    @Test
    void pages_that_the_lent_function_withholds_are_a_gap() throws Exception {
        Database database = database(MAJOR)
                .run("create table t(id int)", "insert into t values (1)", "create table u(id int)")
                .run("insert into u values (1)");
        Notebook notebook = Notebook.on("t", "u");

        DeadRows rows = lent(
                        database,
                        "select public.get_raw_page(relation::text, 'main'::text, block) where relation <> 'public.t'::regclass")
                .deadRows()
                .examine(notebook);

        assertThat(rows.pages()).extracting(p -> p.table().name()).containsExactly("u");
        assertThat(notebook.gaps)
                .extracting(Gap::missing)
                .containsExactly("public.t: its pages are withheld, or have another size than the server says");
    }

    @Test
    void the_number_of_round_trips_does_not_grow_with_the_number_of_tables() throws Exception {
        Database few = database(MAJOR).run(tables(2));
        Database many = database(MAJOR).run(tables(200));
        CountingDataSource two = new CountingDataSource(few.url());
        CountingDataSource twoHundred = new CountingDataSource(many.url());

        DeadRows fewRows = Postgres.of(two).deadRows().examine(Notebook.on("t1", "t2"));
        String[] names = new String[200];
        for (int i = 0; i < names.length; i++) {
            names[i] = "t" + (i + 1);
        }
        DeadRows manyRows = Postgres.of(twoHundred).deadRows().examine(Notebook.on(names));

        assertThat(fewRows.pages()).hasSize(2);
        assertThat(manyRows.pages()).hasSize(200).allMatch(p -> p.live() == 1 && p.deleted() == 1);
        assertThat(twoHundred.statements()).isEqualTo(two.statements()).isLessThan(30);
    }

    private static String tables(int count) {
        return "do $$ begin for i in 1.." + count + " loop execute format('create table t%s(id int)', i);"
                + " execute format('insert into t%s values (1), (2)', i);"
                + " execute format('delete from t%s where id = 1', i); end loop; end $$";
    }
}
