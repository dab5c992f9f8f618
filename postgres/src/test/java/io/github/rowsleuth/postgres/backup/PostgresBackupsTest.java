package io.github.rowsleuth.postgres.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rowsleuth.Findings;
import io.github.rowsleuth.Investigation;
import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.postgres.fixture.PostgresFixture;
import io.github.rowsleuth.postgres.fixture.PostgresServer;
import io.github.rowsleuth.probe.Coverage;
import io.github.rowsleuth.probe.Gap;
import io.github.rowsleuth.probe.ProbeOutcome;
import io.github.rowsleuth.recovery.BackedUpTable;
import io.github.rowsleuth.recovery.Backup;
import io.github.rowsleuth.recovery.BackupFormat;
import io.github.rowsleuth.recovery.Backups;
import io.github.rowsleuth.transaction.Lsn;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresBackupsTest {
    private static final TableName ORDERS = TableName.parse("sales.orders");

    /** When the header of the dumps says they were made; the machine that made them was in UTC. */
    private static final Instant MADE = Instant.parse("2026-11-25T00:20:42Z");

    @TempDir
    Path folder;

    private static Path fixture(String name) {
        try {
            return Path.of(PostgresBackupsTest.class.getResource(name).toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private Path copy(String name) throws IOException {
        Path from = fixture(name);
        Path to = folder.resolve(name);
        if (Files.isDirectory(from)) {
            Files.createDirectory(to);
            try (Stream<Path> files = Files.list(from)) {
                for (Path file : files.toList()) {
                    Files.copy(file, to.resolve(file.getFileName()));
                }
            }
            return to;
        }
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
        Files.setLastModifiedTime(to, FileTime.from(Instant.parse("2026-11-25T00:20:44Z")));
        return to;
    }

    private Findings search(PostgresBackups backups, String... tables) {
        return Investigation.of(tables).probes(backups).run();
    }

    private Backup only(PostgresBackups backups, String... tables) {
        return search(backups, tables).answer(Backups.class).orElseThrow().all().get(0);
    }

    @ParameterizedTest
    @CsvSource({
        "shop.dump, CUSTOM, 120, 300",
        "shop-z0.dump, CUSTOM, 120, 300",
        "shop.tar, TAR, 120, 300",
        "shop.dir, DIRECTORY, 120, 300",
        "shop.sql, PLAIN, 120, 300",
        "shop-v.sql, PLAIN, 120, 300",
        "all.sql, PLAIN, 120, 300"
    })
    void the_rows_of_every_format_are_counted(String name, BackupFormat format, long orders, long items)
            throws Exception {
        copy(name);

        Backup backup =
                only(PostgresBackups.in(folder), "sales.orders", "items", "public.empty", "\"Odd \"\"Name\"\"\"");

        assertThat(backup.format()).isEqualTo(format);
        assertThat(backup.damage()).isEmpty();
        assertThat(backup.serverVersion().orElseThrow()).startsWith("15.18");
        assertThat(backup.of(ORDERS)).contains(new BackedUpTable(ORDERS, true, Optional.of(orders)));
        assertThat(backup.of(TableName.parse("items")).orElseThrow().rows()).contains(items);
        assertThat(backup.of(TableName.parse("public.empty")).orElseThrow().rows())
                .contains(0L);
        assertThat(backup.of(TableName.parse("\"Odd \"\"Name\"\"\""))
                        .orElseThrow()
                        .rows())
                .contains(1L);
        assertThat(backup.of(TableName.parse("sales.part1")).orElseThrow().withData())
                .isTrue();
        assertThat(backup.of(TableName.parse("sales.parted")).orElseThrow().withData())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"shop-18.dump, CUSTOM", "shop-18.tar, TAR", "shop-inserts.sql.gz, PLAIN"})
    void rows_written_as_statements_are_there_and_not_counted(String name, BackupFormat format) throws Exception {
        copy(name);

        Backup backup = only(PostgresBackups.in(folder), "sales.orders");

        assertThat(backup.format()).isEqualTo(format);
        assertThat(backup.of(ORDERS)).contains(new BackedUpTable(ORDERS, true, Optional.empty()));
        assertThat(backup.damage()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-orders.dump", "no-orders-18.dump", "schema-only.dump"})
    void a_dump_without_the_rows_says_so(String name) throws Exception {
        copy(name);

        Findings findings = search(PostgresBackups.in(folder), "sales.orders");

        Backup backup = findings.answer(Backups.class).orElseThrow().all().get(0);
        assertThat(backup.of(ORDERS)).contains(new BackedUpTable(ORDERS, false, Optional.empty()));
        assertThat(findings.evidence().get(0).observation().summary()).endsWith("sales.orders without its rows");
    }

    @Test
    void a_table_that_is_not_in_the_dump_is_named() throws Exception {
        copy("shop.dump");

        assertThat(search(PostgresBackups.in(folder), "sales.refunds")
                        .evidence()
                        .get(0)
                        .observation()
                        .summary())
                .endsWith("sales.refunds is not in it");
    }

    @Test
    void a_header_without_a_zone_gives_an_interval_that_the_file_bounds() throws Exception {
        copy("shop.dump");

        Moment begun = only(PostgresBackups.in(folder), "sales.orders").begun();

        assertThat(begun.earliest()).contains(MADE.minusSeconds(14 * 3_600L));
        assertThat(begun.latest()).contains(Instant.parse("2026-11-25T00:20:44Z"));
    }

    @Test
    void a_zone_makes_it_a_second() throws Exception {
        copy("shop.dump");

        Moment begun = only(PostgresBackups.in(folder).withZone(ZoneId.of("Asia/Kolkata")), "sales.orders")
                .begun();

        assertThat(begun.earliest()).contains(MADE.minusSeconds(19_800));
        assertThat(begun.latest()).contains(MADE.minusSeconds(19_799));
    }

    @Test
    void a_script_that_names_its_zone_needs_no_help() throws Exception {
        copy("shop-v.sql");

        assertThat(only(PostgresBackups.in(folder), "sales.orders").begun().earliest())
                .contains(MADE.plusSeconds(1));
    }

    @Test
    void a_copy_of_a_cluster_says_where_recovery_begins() throws Exception {
        Files.writeString(folder.resolve("backup_label"), label());
        copy("backup_manifest");

        Backup backup = only(PostgresBackups.in(folder), "sales.orders");

        assertThat(backup.format()).isEqualTo(BackupFormat.BASE);
        assertThat(label()).contains("START WAL LOCATION");
        assertThat(backup.recoveryFrom()).isPresent();
        assertThat(backup.consistentAt()).contains(Lsn.parse("0/3000100"));
        assertThat(backup.begun().earliest()).isPresent();
    }

    /** What a real server gives whoever copies its files. */
    private static String label() throws Exception {
        PostgresServer server = PostgresFixture.shared(16);
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("select pg_backup_start('nightly', true)");
            try (ResultSet result = statement.executeQuery("select labelfile from pg_backup_stop(false)")) {
                result.next();
                return result.getString(1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop.dump", "shop-z0.dump", "shop.tar", "shop.sql", "shop-18.dump"})
    void a_backup_that_ends_too_early_is_never_called_whole(String name) throws Exception {
        Path file = copy(name);
        byte[] whole = Files.readAllBytes(file);
        for (int length : new int[] {whole.length / 4, whole.length / 2, whole.length - whole.length / 5}) {
            Files.write(file, Arrays.copyOf(whole, length));

            Findings findings = search(PostgresBackups.in(folder), "sales.orders", "sales.items", "sales.part1");

            boolean told = findings.answer(Backups.class).orElseThrow().all().stream()
                            .anyMatch(
                                    b -> b.damage().isPresent() || b.of(ORDERS).isEmpty())
                    || findings.gaps().stream().map(Gap::missing).anyMatch(m -> m.contains(name));
            assertThat(told).as(name + " cut to " + length).isTrue();
        }
    }

    @Test
    void a_directory_whose_part_is_gone_is_damaged() throws Exception {
        Path dump = copy("shop.dir");
        try (Stream<Path> parts = Files.list(dump)) {
            for (Path part : parts.filter(p -> p.toString().endsWith(".gz")).toList()) {
                Files.delete(part);
            }
        }

        Backup backup = only(PostgresBackups.in(folder), "sales.orders");

        assertThat(backup.damage().orElseThrow()).contains("is missing");
        assertThat(backup.of(ORDERS).orElseThrow().withData()).isFalse();
    }

    @Test
    void any_change_of_a_byte_is_survived() throws Exception {
        Random random = new Random(7);
        for (String name : List.of("shop.dump", "shop-18.dump", "shop.tar", "shop-inserts.sql.gz")) {
            Path file = copy(name);
            byte[] whole = Files.readAllBytes(file);
            for (int i = 0; i < 120; i++) {
                byte[] changed = whole.clone();
                changed[random.nextInt(Math.min(changed.length, 600))] = (byte) random.nextInt(256);
                Files.write(file, changed);

                assertThat(search(PostgresBackups.in(file), "sales.orders").outcomes())
                        .extracting(ProbeOutcome::status)
                        .containsExactly(ProbeOutcome.Status.ANSWERED);
            }
        }
    }

    @Test
    void what_is_no_backup_is_left_alone_and_links_are_not_followed() throws Exception {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Path inside = Files.createDirectory(folder.resolve("inside"));
        Files.copy(fixture("shop.dump"), elsewhere.resolve("shop.dump"));
        Files.createSymbolicLink(inside.resolve("link"), elsewhere);
        Files.createSymbolicLink(inside.resolve("link.dump"), elsewhere.resolve("shop.dump"));
        Files.writeString(inside.resolve("notes.txt"), "nothing");
        Files.write(inside.resolve("packed.gz"), new byte[] {0x1F, (byte) 0x8B, 1, 2, 3});

        Findings findings = search(PostgresBackups.in(inside), "sales.orders");

        assertThat(findings.answer(Backups.class).orElseThrow().all()).isEmpty();
    }

    @Test
    void every_backup_of_a_folder_is_found_in_the_order_of_paths() throws Exception {
        copy("shop.sql");
        copy("shop.dump");
        copy("shop.dir");

        Findings findings = search(PostgresBackups.in(folder), "sales.orders");

        assertThat(findings.answer(Backups.class).orElseThrow().all())
                .extracting(Backup::format)
                .containsExactly(BackupFormat.DIRECTORY, BackupFormat.CUSTOM, BackupFormat.PLAIN);
        assertThat(findings.outcomes().get(0).notes().coverage().orElseThrow().extent())
                .isEqualTo(Coverage.Extent.COMPLETE);
    }

    @Test
    void a_folder_that_is_not_there_is_said_with_a_remedy() {
        Findings findings = search(PostgresBackups.in(folder.resolve("nowhere")), "sales.orders");

        assertThat(findings.outcomes().get(0).status()).isEqualTo(ProbeOutcome.Status.UNAVAILABLE);
        assertThat(findings.outcomes().get(0).reason()).contains("found nothing");
        assertThatThrownBy(() -> PostgresBackups.in("a\0b")).hasMessageContaining("expected the path of a folder");
    }

    private void segment(String name, long size) throws IOException {
        Path file = folder.resolve("archive/0000000100000000").resolve(name);
        Files.createDirectories(file.getParent());
        try (java.io.RandomAccessFile sparse = new java.io.RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(size);
        }
    }

    @Test
    void gaps_in_an_archive_of_the_log_are_told_from_the_names_of_its_files() throws IOException {
        long whole = 16 << 20;
        for (String name :
                List.of("0000000100000000000000FE", "0000000100000000000000FF", "000000010000000100000000")) {
            segment(name, whole);
        }
        segment("000000010000000100000002-0123456789abcdef0123456789abcdef01234567.gz", 99);
        segment("000000010000000100000003.partial", whole);
        segment("000000010000000100000004", 5);
        segment("000000020000000100000001.zst", 99);
        segment("00000002.history", 40);

        Findings findings = search(PostgresBackups.in(folder), "sales.orders");

        assertThat(findings.answer(Backups.class).orElseThrow().archives())
                .singleElement()
                .satisfies(archive -> assertThat(archive.runs())
                        .extracting(r -> r.timeline() + " " + r.from() + " " + r.to())
                        .containsExactly("1 0/FE000000 1/1000000", "1 1/2000000 1/3000000", "2 1/1000000 1/2000000"));
        assertThat(findings.gaps())
                .extracting(Gap::missing)
                .anyMatch(m -> m.startsWith("1 files of the write-ahead log"));
    }
}
