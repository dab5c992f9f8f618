package io.github.rowsleuth.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowsleuth.Findings;
import io.github.rowsleuth.Investigation;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.postgres.fixture.PostgresFixture;
import io.github.rowsleuth.postgres.fixture.PostgresServer;
import io.github.rowsleuth.probe.Gap;
import io.github.rowsleuth.probe.RowCount;
import io.github.rowsleuth.probe.RowCounts;
import io.github.rowsleuth.transaction.DeadRows;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowCounterTest {
    private static final int MAJOR = 14;
    private static final TableName ORDERS = TableName.of("public", "orders");
    private static final String NOT_SAVED =
            "public.orders was not counted: its pages could be saved first, and were not, or not all of them";

    @TempDir
    private Path folder;

    private static Database damaged() throws Exception {
        return Database.on(MAJOR).run(Database.DAMAGED_ORDERS);
    }

    private static List<String> gaps(Findings findings) {
        return findings.gaps().stream().map(Gap::missing).toList();
    }

    private static RowCounts counts(Findings findings) {
        return findings.answer(RowCounts.class).orElseThrow();
    }

    private static Findings run(Postgres postgres) {
        return Investigation.of("public.orders")
                .probe(postgres.countRows())
                .probe(postgres.deadRows())
                .run();
    }

    @Test
    void what_was_saved_in_the_same_run_is_counted() throws Exception {
        Database database = damaged();

        Findings findings = run(Postgres.at(database.url()).keepingPagesIn(folder));

        RowCount count = counts(findings).of(ORDERS).orElseThrow();
        assertThat(count.rows()).isEqualTo(2_500);
        assertThat(count.place()).isEqualTo(RowCount.Place.PRIMARY);
        assertThat(findings.answer(DeadRows.class)
                        .orElseThrow()
                        .of(ORDERS)
                        .orElseThrow()
                        .deleted())
                .as("read before it was counted")
                .isEqualTo(2_500);
        assertThat(gaps(findings)).isEmpty();
        assertThat(findings.evidence())
                .anyMatch(e -> e.observation()
                        .summary()
                        .equals(
                                "public.orders has 2500 rows, counted by reading it on the primary, which pruned deleted rows"
                                        + " off its full pages"));
    }

    @Test
    void what_could_have_been_saved_and_was_not_is_not_counted() throws Exception {
        Database database = damaged();
        String before = database.value(Database.FINGERPRINT);

        Findings read = run(Postgres.at(database.url()));
        Findings partly = run(Postgres.at(database.url()).keepingPagesIn(folder).withPageLimit(5));
        Findings alone = Investigation.of("public.orders")
                .probe(Postgres.at(database.url()).countRows())
                .run();

        for (Findings findings : List.of(read, partly, alone)) {
            assertThat(counts(findings).counts()).isEmpty();
            assertThat(gaps(findings)).contains(NOT_SAVED);
        }
        assertThat(database.value(Database.FINGERPRINT)).isEqualTo(before);
    }

    /** A table of the same name elsewhere is not this one. */
    @Test
    void what_was_saved_of_another_database_does_not_count() throws Exception {
        Database database = damaged();
        Database other = damaged();
        String before = database.value(Database.FINGERPRINT);

        Findings findings = Investigation.of("public.orders")
                .probe(Postgres.at(other.url()).keepingPagesIn(folder).deadRows())
                .probe(Postgres.at(database.url()).countRows())
                .run();

        assertThat(gaps(findings)).containsExactly(NOT_SAVED);
        assertThat(database.value(Database.FINGERPRINT)).isEqualTo(before);
    }

    @Test
    void a_role_that_can_not_read_pages_counts_and_is_told_the_price() throws Exception {
        Database database = damaged();
        String role = database.name() + "_reader";
        database.run("create role " + role + " login", "grant select on orders to " + role);

        Findings findings = run(Postgres.at(database.bareUrl(), role, ""));

        assertThat(counts(findings).of(ORDERS).orElseThrow().rows()).isEqualTo(2_500);
        assertThat(findings.gaps())
                .anyMatch(gap -> gap.probe().equals("postgres.row-counts")
                        && gap.missing()
                                .equals(
                                        "this role can not read raw pages, so nothing was saved before the tables were counted")
                        && gap.consequence()
                                .startsWith("counting pruned the data of deleted rows off every full page"));
    }

    @Test
    void each_table_that_can_not_be_counted_is_a_gap_and_the_others_are_counted() throws Exception {
        String odd = "o\"; drop table orders; --\n?";
        String quoted = "\"o\"\"; drop table orders; --\n?\"";
        Database database = Database.on(MAJOR);
        String role = database.name() + "_reader";
        database.run(
                "create role " + role + " login",
                "create table hidden(id int)",
                "create table secret(id int)",
                "create table locked(id int)",
                "create table parts(id int) partition by list (id)",
                "create table part_1 partition of parts for values in (1)",
                "insert into parts values (1), (1)",
                "create view seen as select * from parts",
                "create table " + quoted + "(id int)",
                "insert into " + quoted + " values (1), (2), (3)",
                "alter table hidden enable row level security",
                "grant select on hidden, locked, part_1, parts, seen, " + quoted + " to " + role);
        Notebook notebook = Notebook.on(TableName.of("public", odd));
        RowCounts odds;
        RowCounts counts;
        Notebook others = Notebook.on("hidden", "secret", "locked", "parts", "seen");
        try (Connection holder = database.connect();
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("lock table locked in access exclusive mode");
            Postgres postgres = Postgres.at(database.bareUrl(), role, "");
            odds = postgres.countRows().examine(notebook);
            counts = postgres.countRows().examine(others);
        }

        assertThat(odds.counts()).extracting(RowCount::rows).containsExactly(3L);
        assertThat(counts.counts()).extracting(RowCount::table).containsExactly(TableName.of("public", "part_1"));
        assertThat(counts.counts()).extracting(RowCount::rows).containsExactly(2L);
        assertThat(others.gaps)
                .extracting(Gap::missing)
                .contains(
                        "row-level security hides rows of public.hidden from this role",
                        "another session held a lock on public.locked for more than 200 ms",
                        "the role " + role + " may not read public.secret",
                        "public.seen is a view");
        assertThat(others.gaps).extracting(Gap::remedy).contains("GRANT SELECT ON public.secret TO " + role);
        assertThat(others.coverage().detail()).isEqualTo("1 of 5 tables were counted");
    }

    @Test
    void a_table_that_takes_longer_than_the_statement_timeout_is_a_gap() throws Exception {
        Database database = damaged();
        String role = database.name() + "_reader";
        database.run("create role " + role + " login", "grant select on orders to " + role);
        Notebook notebook = Notebook.on("orders");
        try (Connection holder = database.connect();
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("lock table orders in access exclusive mode");

            RowCounts counts = Postgres.at(database.bareUrl(), role, "")
                    .withLockTimeout(Duration.ofSeconds(20))
                    .withStatementTimeout(Duration.ofSeconds(1))
                    .countRows()
                    .examine(notebook);

            assertThat(counts.counts()).isEmpty();
        }
        assertThat(notebook.gaps)
                .extracting(Gap::missing)
                .anyMatch(text ->
                        text.startsWith("public.orders could not be read within the statement timeout of 1000 ms"));
    }

    /** A server that waits for a primary that never comes; what is on its disk is what it has replayed. */
    @Test
    void a_standby_counts_freely_and_nothing_is_pruned() throws Exception {
        try (PostgresServer server = PostgresFixture.start(MAJOR, Map.of())) {
            Database database = Database.on(server)
                    .run(Database.DAMAGED_ORDERS)
                    .run("create unlogged table fleeting(id int)", "insert into fleeting values (1)");
            server.stop();
            Files.createFile(server.dataDirectory().resolve("standby.signal"));
            server.restart();
            // Reading sets hint bits in the memory of a standby too; what counts is that no row is pruned.
            Findings findings = run(Postgres.at(database.url()));

            RowCount count = counts(findings).of(ORDERS).orElseThrow();
            assertThat(count.rows()).isEqualTo(2_500);
            assertThat(count.place()).isEqualTo(RowCount.Place.STANDBY);
            assertThat(gaps(findings)).isEmpty();
            assertThat(findings.evidence())
                    .anyMatch(e -> e.observation()
                            .summary()
                            .endsWith("counted by reading it on a standby, which prunes nothing"));
            assertThat(findings.answer(DeadRows.class)
                            .orElseThrow()
                            .of(ORDERS)
                            .orElseThrow()
                            .deleted())
                    .isEqualTo(2_500);
            assertThat(database.value(HarmlessTest.DELETED_ROWS)).isEqualTo("2500");
            Notebook unlogged = Notebook.on("fleeting");
            assertThat(Postgres.at(database.url()).deadRows().examine(unlogged).pages())
                    .isEmpty();
            assertThat(unlogged.gaps)
                    .extracting(Gap::missing)
                    .containsExactly("public.fleeting is unlogged, and a standby has no copy of it");
        }
    }
}
