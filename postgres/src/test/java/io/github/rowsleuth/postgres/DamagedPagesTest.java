package io.github.rowsleuth.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.postgres.fixture.PostgresFixture;
import io.github.rowsleuth.postgres.fixture.PostgresServer;
import io.github.rowsleuth.probe.Coverage;
import io.github.rowsleuth.probe.Gap;
import io.github.rowsleuth.transaction.DeadRows;
import io.github.rowsleuth.transaction.TablePages;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that were written to while their server was down: one kind of damage for each table, and one table without. */
class DamagedPagesTest {
    private static final int PAGE = 8192;

    /** The oldest without checksums, the newest with them. */
    static List<Integer> majors() {
        List<Integer> all = PostgresFixture.majors();
        return List.of(all.get(0), all.get(all.size() - 1));
    }

    private static void write(PostgresServer server, String file, long at, byte[] bytes) throws Exception {
        try (FileChannel channel = FileChannel.open(server.dataDirectory().resolve(file), StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(bytes), at);
        }
    }

    private static byte[] noise() {
        byte[] bytes = new byte[PAGE];
        new Random(7).nextBytes(bytes);
        return bytes;
    }

    private static byte[] number(int value) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array();
    }

    /** Where the first tuple of a page begins. */
    private static long firstTuple(PostgresServer server, String file) throws Exception {
        byte[] bytes = Files.readAllBytes(server.dataDirectory().resolve(file));
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(24) & 0x7FFF;
    }

    @ParameterizedTest
    @MethodSource("majors")
    void damage_is_counted_and_told_and_stops_nothing(int major, @TempDir Path folder) throws Exception {
        try (PostgresServer server = PostgresFixture.start(major, Map.of())) {
            Database database = Database.on(server).run("create extension pageinspect");
            for (String table : List.of("noisy", "zeroed", "looping", "well")) {
                database.run(
                        "create table " + table + "(id int, filler text) with (autovacuum_enabled = off)",
                        "insert into " + table + " select i, repeat('x', 700) from generate_series(1, 33) i");
            }
            String noisy = database.value("select pg_relation_filepath('noisy')");
            String zeroed = database.value("select pg_relation_filepath('zeroed')");
            Path looping = server.dataDirectory().resolve(database.value("select pg_relation_filepath('looping')"));
            server.stop();
            write(server, noisy, PAGE, noise());
            write(server, zeroed, PAGE, new byte[PAGE]);
            Files.delete(looping);
            Files.createSymbolicLink(looping, looping.getFileName());
            server.restart();
            Notebook notebook = Notebook.on("noisy", "zeroed", "looping", "well");

            DeadRows rows = Postgres.at(database.url())
                    .keepingPagesIn(folder)
                    .deadRows()
                    .examine(notebook);

            assertThat(of(rows, "noisy").damagedPages()).isEqualTo(1);
            assertThat(of(rows, "noisy").live()).isEqualTo(22);
            assertThat(of(rows, "noisy").pagesRead()).isEqualTo(3);
            assertThat(of(rows, "zeroed").damagedPages()).isZero();
            assertThat(of(rows, "zeroed").live()).isEqualTo(22);
            assertThat(of(rows, "well").live()).isEqualTo(33);
            assertThat(notebook.gaps)
                    .extracting(Gap::missing)
                    .containsExactlyInAnyOrder(
                            "1 of 3 pages of public.noisy are damaged",
                            "public.looping: the server can not say how long it is (state XX000)");
            assertThat(notebook.coverage().extent()).isEqualTo(Coverage.Extent.PARTIAL);
            keepsItsPlace(of(rows, "noisy").capture().orElseThrow().file());
        }
    }

    private static TablePages of(DeadRows rows, String table) {
        return rows.of(TableName.of("public", table)).orElseThrow();
    }

    private static void keepsItsPlace(Path file) throws Exception {
        byte[] kept = Files.readAllBytes(file);
        assertThat(kept).hasSize(3 * PAGE);
        assertThat(ByteBuffer.wrap(kept, PAGE, PAGE)).isEqualTo(ByteBuffer.allocate(PAGE));
        String words = Files.readString(Path.of(file.toString().replaceFirst("\\.pages$", ".txt")));
        assertThat(words).contains("pages              3 of 3, of 8192 bytes each", "blocks [1], zeros here");
    }

    /** Without checksums the server gives out a page whose header is sound, whatever its tuples say. */
    @Test
    void transactions_that_can_not_be_are_left_undecided() throws Exception {
        try (PostgresServer server = PostgresFixture.start(13, Map.of())) {
            Database database = Database.on(server).run("create extension pageinspect");
            for (String table : List.of("future_insert", "future_multixact", "off_page")) {
                database.run("create table " + table + "(id int) with (autovacuum_enabled = off)");
                database.run("insert into " + table + " select generate_series(1, 5)");
            }
            database.run("begin; select from future_multixact where id = 1 for update; savepoint s;"
                    + " delete from future_multixact where id = 1; commit");
            String insert = database.value("select pg_relation_filepath('future_insert')");
            String multixact = database.value("select pg_relation_filepath('future_multixact')");
            String pointer = database.value("select pg_relation_filepath('off_page')");
            server.stop();
            write(server, insert, firstTuple(server, insert), number(2_000_000_000));
            write(server, multixact, firstTuple(server, multixact) + 4, number(1_234_567));
            write(server, pointer, 24, number(8_190 | 1 << 15 | 28 << 17));
            server.restart();
            Notebook notebook = Notebook.on("future_insert", "future_multixact", "off_page");

            DeadRows rows = Postgres.at(database.url()).deadRows().examine(notebook);

            assertThat(rows.pages()).allMatch(p -> p.undecided() == 1 && p.live() == 4);
            assertThat(rows.transactions()).isEmpty();
            assertThat(notebook.gaps)
                    .extracting(Gap::missing)
                    .containsExactlyInAnyOrder(
                            "1 of 1 pages of public.off_page are damaged",
                            "the server has forgotten who took part in the multixacts of 1 rows",
                            "nothing tells of 1 rows of public.future_insert whether they live");
        }
    }
}
