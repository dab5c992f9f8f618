package io.github.rowsleuth.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.incident.TimeWindow;
import io.github.rowsleuth.postgres.fixture.PostgresFixture;
import io.github.rowsleuth.probe.Coverage;
import io.github.rowsleuth.probe.Gap;
import io.github.rowsleuth.probe.Probe;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import io.github.rowsleuth.probe.Volatility;
import io.github.rowsleuth.transaction.ClockTable;
import io.github.rowsleuth.transaction.XidAnchor;
import io.github.rowsleuth.transaction.XidClock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ClockTableTest {

    private static final int MAJOR = 15;

    static List<Integer> majors() {
        return PostgresFixture.majors();
    }

    private static Notebook around(Instant begin, String... tables) {
        return Notebook.on(new TimeWindow(Optional.of(begin.minus(1, ChronoUnit.DAYS)), Optional.empty()), tables);
    }

    private static ClockTable read(Database database, Notebook notebook) throws Exception {
        return Postgres.at(database.url())
                .clockTable("public.events", "created_at")
                .examine(notebook);
    }

    private static ProbeUnavailableException refusal(
            Database database, String table, String column, Notebook notebook) {
        return catchThrowableOfType(
                ProbeUnavailableException.class,
                () -> Postgres.at(database.url()).clockTable(table, column).examine(notebook));
    }

    private static long xid(Database database, String table) throws Exception {
        return Long.parseLong(database.value("select min(xmin::text::bigint) from " + table));
    }

    /** Three hours ago, two, one: when rows were inserted, and a table between the first two. */
    private static Database staged(int major) throws Exception {
        return Database.on(major)
                .run(
                        "create table events(id int, created_at timestamptz default now())",
                        "insert into events values (1, now() - interval '3 hours')",
                        "create table between_them(id int)",
                        "insert into between_them values (1)",
                        "insert into events values (2, now() - interval '2 hours')",
                        "insert into events values (3, now() - interval '1 hour')");
    }

    @ParameterizedTest
    @MethodSource("majors")
    void rows_date_the_transactions_between_theirs(int major) throws Exception {
        Database database = staged(major);
        Instant now = Instant.now();
        Notebook notebook = around(now, "public.t");

        ClockTable clock = read(database, notebook);

        Moment moment = XidClock.of(clock.anchors()).assigned(xid(database, "between_them"));
        assertThat(moment.earliest().orElseThrow())
                .isBetween(now.minus(3, ChronoUnit.HOURS).minusSeconds(60), now.minus(3, ChronoUnit.HOURS));
        assertThat(moment.latest().orElseThrow())
                .isBetween(
                        now.minus(2, ChronoUnit.HOURS).minusSeconds(60),
                        now.minus(2, ChronoUnit.HOURS).plusSeconds(11));
        assertThat(clock.anchors()).extracting(XidAnchor::source).containsOnly("public.events.created_at");
        assertThat(clock.table()).isEqualTo(TableName.of("public", "events"));
        assertThat(notebook.coverage())
                .isEqualTo(Coverage.complete("3 rows of public.events within an hour of the window"));
        assertThat(notebook.gaps).isEmpty();
    }

    @Test
    void rows_that_were_updated_are_left_out() throws Exception {
        Database database = staged(MAJOR).run("update events set id = 9 where id = 1");
        database.stats(s -> s.of(TableName.parse("public.events")).orElseThrow().updated() == 1);
        Notebook notebook = around(Instant.now(), "public.t");

        ClockTable clock = read(database, notebook);

        assertThat(clock.anchors()).hasSize(2);
        assertThat(XidClock.of(clock.anchors()).contradictory()).isEmpty();
        assertThat(notebook.summaries())
                .containsExactly("3 rows of public.events date 2 transactions, besides 1 that are out of order");
        assertThat(notebook.gaps)
                .extracting(Gap::missing)
                .containsExactly("1 rows of public.events were updated since the statistics began");
    }

    @Test
    void only_rows_around_the_window_are_read() throws Exception {
        Database database = staged(MAJOR);
        Instant recently = Instant.now().minus(90, ChronoUnit.MINUTES);
        Notebook notebook = Notebook.on(TimeWindow.between(recently, recently), "public.t");

        assertThat(read(database, notebook).anchors()).hasSize(2);
    }

    @Test
    void more_rows_than_are_allowed_are_not_read() throws Exception {
        Database database = staged(MAJOR).run("insert into events select i, now() from generate_series(1, 10100) i");
        Notebook notebook = around(Instant.now(), "public.t");

        read(database, notebook);

        assertThat(notebook.coverage())
                .isEqualTo(
                        Coverage.partial("10000 rows of public.events within an hour of the window, the most allowed"));
    }

    @Test
    void a_table_of_the_incident_is_refused_and_so_are_its_partitions() throws Exception {
        Database database = staged(MAJOR)
                .run(
                        "create table part(id int, at timestamptz) partition by range(id)",
                        "create table part1 partition of part for values from (0) to (9)");
        Instant now = Instant.now();

        assertThat(refusal(database, "public.events", "created_at", around(now, "events")))
                .hasMessage(
                        "public.events is a table of the incident: reading it would prune its deleted rows off their"
                                + " pages");
        assertThat(refusal(database, "public.part1", "at", around(now, "public.part")))
                .hasMessage("public.part1 is a partition of public.part, a table of the incident");
    }

    @Test
    void what_would_tell_nothing_is_refused() throws Exception {
        Database database = staged(MAJOR)
                .run(
                        "create table local(id int, at timestamp)",
                        "create view seen as select * from events",
                        "create table \"odd;name\"(at timestamptz)");
        Notebook notebook = around(Instant.now(), "public.t");

        assertThat(refusal(database, "public.nothing", "at", notebook))
                .hasMessageContaining("found none in this database");
        assertThat(refusal(database, "public.events", "at", notebook))
                .hasMessageContaining("found none in this database");
        assertThat(refusal(database, "public.local", "at", notebook))
                .hasMessageContaining("timestamp without time zone");
        assertThat(refusal(database, "public.seen", "created_at", notebook)).hasMessageContaining("relkind v");
        assertThat(refusal(database, "public.\"odd;name\"", "at", notebook))
                .hasMessageContaining("without a semicolon");
        assertThat(refusal(database, "public.events", "created_at", Notebook.on("public.t")))
                .hasMessageContaining("a window without a beginning");
        assertThatThrownBy(() -> Postgres.at(database.url()).clockTable("events", "created_at"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a table with its schema");
    }

    @Test
    void times_of_clients_are_a_gap_and_a_missing_grant_is_named() throws Exception {
        Database database = staged(MAJOR).run("alter table events alter created_at drop default");
        String role = database.name() + "_plain";
        database.run("create role " + role + " login");
        Notebook notebook = around(Instant.now(), "public.t");
        read(database, notebook);

        assertThat(notebook.gaps)
                .extracting(Gap::missing)
                .containsExactly("public.events.created_at has no default that reads the clock of the server");
        ProbeUnavailableException refusal = catchThrowableOfType(
                ProbeUnavailableException.class,
                () -> Postgres.at(database.bareUrl(), role, "")
                        .clockTable("public.events", "created_at")
                        .examine(around(Instant.now(), "public.t")));
        assertThat(refusal.remedy()).isEqualTo("GRANT SELECT ON \"public\".\"events\" TO " + role);
    }

    @Test
    void it_is_asked_for_by_name_only_and_runs_last() {
        Postgres postgres = Postgres.at("jdbc:postgresql://h/db");

        assertThat(postgres.clockTable("public.events", "created_at").volatility())
                .isEqualTo(Volatility.SCAN);
        assertThat(postgres.probes()).extracting(Probe::id).doesNotContain("postgres.clock-table");
    }
}
