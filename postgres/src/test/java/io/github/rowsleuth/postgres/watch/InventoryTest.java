package io.github.rowsleuth.postgres.watch;

import static io.github.rowsleuth.postgres.watch.Expectation.noDeletions;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rowsleuth.postgres.fixture.PostgresFixture;
import io.github.rowsleuth.postgres.fixture.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class InventoryTest {

    private static final String[] TABLES = {
        "create table orders(id int primary key) with (autovacuum_enabled = off)",
        "create table sessions(id int) with (autovacuum_enabled = off)",
        "create table events(id int) with (autovacuum_enabled = off)",
        "create table rewritten(id int) with (autovacuum_enabled = off)",
        "create table \"od d%\"(\"a b\" int)",
        "insert into orders select generate_series(1, 100)",
        "insert into sessions select generate_series(1, 50)",
        "insert into events select generate_series(1, 70)",
        "insert into rewritten select generate_series(1, 30)"
    };

    static Stream<Integer> majors() {
        return PostgresFixture.majors().stream();
    }

    /** Sessions hand in their counts when they end, which takes a moment. */
    private static Inventory await(Sandbox database, Predicate<Inventory> arrived) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        Inventory inventory = Inventory.of(database.dataSource());
        while (!arrived.test(inventory) && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(50);
            inventory = Inventory.of(database.dataSource());
        }
        return inventory;
    }

    private static long sum(Inventory inventory, ToLongFunction<Inventory.Counters> counter) {
        return inventory.counters().values().stream().mapToLong(counter).sum();
    }

    private static List<String> lines(Deletions deletions) {
        return deletions.losses().stream()
                .map(d -> d.kind() + " " + d.subject()
                        + d.rows().map(n -> " " + n).orElse(""))
                .sorted()
                .toList();
    }

    @ParameterizedTest
    @MethodSource("majors")
    void two_inventories_tell_what_was_deleted_between_them(int major, @TempDir Path folder) throws Exception {
        Sandbox database = Sandbox.on(major).run(TABLES);
        Inventory earlier = await(database, i -> sum(i, Inventory.Counters::inserted) == 250);
        earlier.write(folder.resolve("inventory"));

        database.run(
                "delete from orders where id <= 7",
                "insert into orders values (200)",
                "delete from sessions",
                "truncate events",
                "vacuum full rewritten",
                "drop table \"od d%\"");
        Inventory now = await(
                database, i -> sum(i, Inventory.Counters::deleted) == 57 && sum(i, Inventory.Counters::live) == 124);
        Deletions deletions = now.since(Inventory.read(folder.resolve("inventory")));

        assertThat(lines(deletions))
                .containsExactly(
                        "DELETE public.orders 7",
                        "DELETE public.sessions 50",
                        "DROP TABLE public.\"od d%\"",
                        "TRUNCATE public.events 70");
        assertThat(deletions.complete()).isTrue();
        assertThat(deletions
                        .violations(noDeletions()
                                .allowing("orders", 10)
                                .allowing("sessions", 40)
                                .allowing("events"))
                        .messages())
                .map(message -> message.lines().findFirst().orElseThrow())
                .containsExactly(
                        "public.\"od d%\": expected no deletions, found DROP TABLE",
                        "sessions: expected at most 40 deleted rows in sessions, found 50 rows deleted");
        assertThat(now.since(now).losses()).isEmpty();
        assertThat(now.taken()).isAfter(earlier.taken());
    }

    @Test
    void an_inventory_comes_back_from_its_file_as_it_was(@TempDir Path folder) throws Exception {
        Sandbox database = Sandbox.on(Sandbox.newest())
                .run(TABLES)
                .run(
                        "create table m(k int) partition by list (k)",
                        "create table m1 partition of m for values in (1)",
                        "select lo_create(0)");
        Inventory inventory = Inventory.of(database.dataSource());

        inventory.write(folder.resolve("inventory"));

        assertThat(Inventory.read(folder.resolve("inventory")))
                .isEqualTo(inventory)
                .hasSameHashCodeAs(inventory);
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void a_file_that_is_cut_off_is_not_taken_for_an_inventory(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("inventory");
        Inventory.of(Sandbox.on(Sandbox.newest()).run(TABLES).dataSource()).write(file);
        List<String> lines = Files.readAllLines(file);

        Files.write(file, lines.subList(0, 8));
        assertThatThrownBy(() -> Inventory.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is whole");
        Files.write(file, List.of(lines.get(0), "database x", "end"));
        assertThatThrownBy(() -> Inventory.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("damaged");
    }

    @Test
    void another_database_is_no_loss_and_no_silence() throws Exception {
        Inventory here = Inventory.of(Sandbox.on(Sandbox.newest()).run(TABLES).dataSource());
        Inventory there = Inventory.of(Sandbox.on(Sandbox.newest()).dataSource());

        assertThat(there.since(here).violations(noDeletions()).messages())
                .singleElement()
                .asString()
                .contains("is of another database");
    }

    @Test
    void counters_that_a_reset_or_a_crash_took_are_a_blind_spot() throws Exception {
        try (PostgresServer server = PostgresFixture.start(Sandbox.newest(), Map.of())) {
            Sandbox database = Sandbox.on(server).run(TABLES);
            Inventory first = Inventory.of(database.dataSource());
            database.run("select pg_stat_reset()");
            Inventory reset = await(database, i -> !i.since(first).complete());
            server.crash();
            Inventory crashed = Inventory.of(database.dataSource());

            assertThat(reset.since(first).violations(noDeletions()).messages())
                    .singleElement()
                    .asString()
                    .contains("the counters began anew");
            assertThat(crashed.since(reset).complete()).isFalse();
        }
    }
}
