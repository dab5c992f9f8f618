package io.github.rowsleuth.logs.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowsleuth.Findings;
import io.github.rowsleuth.Investigation;
import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.imports.ImportRun;
import io.github.rowsleuth.imports.ImportRuns;
import io.github.rowsleuth.imports.SourceFiles;
import io.github.rowsleuth.postgres.Postgres;
import io.github.rowsleuth.postgres.fixture.PostgresFixture;
import io.github.rowsleuth.postgres.fixture.PostgresServer;
import io.github.rowsleuth.probe.Gap;
import io.github.rowsleuth.probe.Probe;
import io.github.rowsleuth.probe.contract.ProbeContract;
import io.github.rowsleuth.recovery.RecoveryOption;
import io.github.rowsleuth.recovery.RecoveryOption.Feasibility;
import io.github.rowsleuth.recovery.RecoveryOption.Way;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApplicationLogsTest {

    private static final Instant NINE = Instant.parse("2025-10-07T09:00:00Z");

    @TempDir
    Path folder;

    private void write(String name, String... lines) throws IOException {
        Files.createDirectories(folder.resolve(name).getParent());
        Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n");
    }

    private Findings run() {
        return Investigation.of("shop.orders", "raw_import_records")
                .probes(ApplicationLogs.in(folder).withZone(ZoneId.of("UTC")))
                .run();
    }

    private List<ImportRun> found() {
        return run().answer(ImportRuns.class).orElseThrow().runs();
    }

    private static String shown(ImportRun run) {
        return run.file().orElse("-") + " " + run.rows().map(String::valueOf).orElse("-") + " "
                + run.table().orElse("-") + (run.failed() ? " failed" : "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2025-10-07 09:00:00,123 INFO importer: Imported 115 rows from customers_2025.csv into raw_import_records",
                "2025-10-07T09:00:00Z [main] INFO c.a.Loader - Loaded 115 records from '/srv/in/customers_2025.csv' into raw_import_records",
                "I, [2025-10-07T09:00:00.000123 #42]  INFO -- : Imported 115 RawImportRecords? no: 115 records of customers_2025.csv into table raw_import_records",
                "2025/10/07 09:00:00 bulk insert done file=customers_2025.csv rows=115 table=raw_import_records",
                "time=\"2025-10-07T09:00:00Z\" level=info msg=\"import finished\" file=customers_2025.csv rows=115 table=raw_import_records",
                "[2025-10-07 09:00:00] production.INFO: Import completed: customers_2025.csv, 115 rows inserted into `raw_import_records` {\"user\":\"Secret\"}",
                "2025-10-07 11:00:00 +02:00 115 Datens\u00e4tze aus customers_2025.csv in die Tabelle raw_import_records importiert",
                "2025-10-07 09:00:00 115 lignes import\u00e9es de customers_2025.csv dans la table raw_import_records",
                "2025-10-07 09:00:00 Se han importado 115 filas de customers_2025.csv en la tabla raw_import_records",
                "10.0.0.7 - - [07/Oct/2025:09:00:00 +0000] imported customers_2025.csv: 115 rows into raw_import_records",
                "{\"timestamp\":\"2025-10-07T09:00:00Z\",\"event\":\"import_completed\",\"filename\":\"customers_2025.csv\",\"rows\":115,\"table\":\"raw_import_records\"}",
                "{\"ts\":1759827600,\"level\":\"info\",\"msg\":\"ingested\",\"ctx\":{\"file\":\"/in/customers_2025.csv\",\"row_count\":\"115\",\"model\":\"RawImportRecord\"}}",
                "{\"@timestamp\":\"2025-10-07T09:00:00.000Z\",\"message\":\"Imported 115 rows from customers_2025.csv into raw_import_records\",\"user\":\"Secret\"}",
                "{\"log\":\"Imported 115 rows from customers_2025.csv into raw_import_records\\n\",\"stream\":\"stdout\",\"time\":\"2025-10-07T09:00:00Z\"}",
                "{\"time\":1759827600000,\"file\":\"customers_2025.csv\",\"inserted\":115,\"table\":\"raw_import_records\"}",
            })
    void an_import_is_read_in_whatever_words_and_format_it_is_logged(String line) throws IOException {
        write("app.log", "2025-10-07 08:59:59 INFO started", line, "2025-10-07 09:00:01 INFO 200 OK");

        assertThat(found()).hasSize(1);
        ImportRun run = found().get(0);

        assertThat(run.file()).contains("customers_2025.csv");
        assertThat(run.rows()).contains(115L);
        assertThat(run.table().orElseThrow()).isIn("raw_import_records", "RawImportRecord");
        assertThat(run.failed()).isFalse();
        assertThat(run.moment()).isEqualTo(Moment.at(NINE));
        assertThat(run().report().json()).doesNotContain("Secret");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "INFO Imported 1,234,567 rows from o.csv into orders ~ o.csv 1234567 orders",
                "INFO Imported 1.234 Zeilen aus o.csv in Tabelle orders ~ o.csv 1234 orders",
                "ERROR Import of o.csv into orders failed after 12 rows ~ o.csv 12 orders failed",
                "INFO Imported 12 rows from o.csv into orders with 0 errors ~ o.csv 12 orders",
                "INFO Imported 12 rows, errors=0, into orders ~ - 12 orders",
                "INFO Loading orders, 12 rows ~ none",
                "INFO Exported 12 rows of orders to o.csv ~ none",
                "INFO important: 12 rows in orders ~ none",
                "INFO Imported 12 rows from o.csv into items ~ none",
                "{\"msg\":\"import failed\",\"file\":\"o.csv\",\"rows\":3,\"table\":\"shop.orders\"} ~ o.csv 3 shop.orders failed",
                "{\"msg\":\"imported\",\"file\":\"o.csv\",\"rows\":3,\"table\":\"archive.orders\"} ~ none",
                "{\"msg\":\"imported\",\"file\":\"o.csv\",\"rows\":3,\"table\":\"orders\" ~ o.csv 3 orders",
                "{\"msg\":\"imported ~ none",
            })
    void what_a_line_says_is_taken_and_what_it_does_not_say_is_not(String line, String expected) throws IOException {
        write("app.log", line);

        assertThat(found().stream().map(ApplicationLogsTest::shown).findFirst().orElse("none"))
                .isEqualTo(expected);
    }

    @Test
    void a_time_without_a_zone_is_an_interval_unless_the_zone_is_known() throws IOException {
        write(
                "app.log",
                "2025-10-07 09:00:00 Imported 5 rows from o.csv into orders",
                "Imported 6 rows from p.csv into orders");

        List<ImportRun> unknown = Investigation.of("orders")
                .probes(ApplicationLogs.in(folder.toString()))
                .run()
                .answer(ImportRuns.class)
                .orElseThrow()
                .runs();

        assertThat(unknown)
                .extracting(ImportRun::moment)
                .containsExactly(
                        Moment.between(NINE.minusSeconds(14 * 3_600), NINE.plusSeconds(12 * 3_600)), Moment.unknown());
    }

    @Test
    void only_logs_are_read_and_packed_rotated_and_endless_ones_too() throws Exception {
        write("app.log.1", "2025-10-07 09:00:00 Imported 1 rows from a.csv into orders");
        write(
                "sub/worker-2025-10-07.log",
                "x".repeat(5 << 20),
                "2025-10-07 09:00:00 Imported 2 rows from b.csv into orders");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve("app.log.2.gz")))) {
            out.write("2025-10-07 09:00:00 Imported 3 rows from c.csv into orders\n".getBytes(StandardCharsets.UTF_8));
        }
        write("data.csv", "Imported 4 rows from d.csv into orders");
        Path outside = Files.createTempFile(folder.getParent(), "outside", ".log");
        Files.writeString(outside, "Imported 5 rows from e.csv into orders\n");
        Files.createSymbolicLink(folder.resolve("link.log"), outside);
        assertThat(new ProcessBuilder("mkfifo", folder.resolve("pipe.log").toString())
                        .start()
                        .waitFor())
                .isZero();

        assertThat(found()).extracting(r -> r.file().orElseThrow()).containsExactly("a.csv", "c.csv", "b.csv");
        Files.delete(outside);
    }

    /** A pattern without bounds would try every end for every beginning in these, and go on for minutes. */
    @Test
    void no_line_takes_the_patterns_long() throws IOException {
        write(
                "app.log",
                "imported " + "x".repeat(70_000),
                "imported " + "a.".repeat(35_000),
                "imported " + "123,".repeat(17_000),
                "imported " + "/csv".repeat(17_000),
                "imported '" + "\" into ".repeat(9_000),
                "Imported 1 rows from a.csv into orders");

        assertThat(found()).extracting(ApplicationLogsTest::shown).contains("a.csv 1 orders");
    }

    @Test
    void a_log_that_ends_too_early_is_a_gap() throws IOException {
        java.io.ByteArrayOutputStream packed = new java.io.ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            java.util.Random random = new java.util.Random(1);
            for (int i = 0; i < 20_000; i++) {
                out.write((random.nextLong() + " Imported 1 rows from a" + i + ".csv into items\n")
                        .getBytes(StandardCharsets.UTF_8));
            }
        }
        Files.write(folder.resolve("app.log.gz"), Arrays.copyOf(packed.toByteArray(), packed.size() / 2));

        assertThat(run().gaps()).extracting(Gap::missing).anyMatch(m -> m.startsWith("1 packed logs"));
    }

    @Test
    void a_logged_import_tells_which_file_it_was_and_one_that_is_not_there_is_asked_for() throws Exception {
        PostgresServer server = PostgresFixture.shared(16);
        String database = server.createDatabase();
        write("in/2025/x.csv", "1,a,10", "2,b,20");
        write("in/orders/2025-10.csv", "1,a,10", "2,b,20");
        write("in/orders/2025-11.csv", "3,a,10", "4,b,20");
        try (Stream<Path> all = Files.walk(folder.resolve("in"))) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                Files.setLastModifiedTime(file, FileTime.from(NINE));
            }
        }
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute("create table orders(id int, name text, total int)");
            statement.execute("create table items(id int)");
            statement.execute("insert into orders values (1, 'a', 10), (2, 'b', 20)");
            statement.execute("insert into items values (1)");
            statement.execute("truncate orders, items");
        }
        Files.createDirectories(folder.resolve("log"));
        Investigation investigation = Investigation.of("orders", "items")
                .lostBetween(NINE.plusSeconds(3_600), Instant.now().plusSeconds(60))
                .probes(Postgres.at(server.jdbcUrl(database)))
                .probes(SourceFiles.in(folder.resolve("in")));

        RecoveryOption unlogged = options(investigation.run()).get(0);
        write(
                "log/app.log",
                "2025-10-07 09:00:00 Imported 2 rows from 2025-10.csv into orders",
                "2025-10-07 09:00:00 Imported 1 rows from gone.csv into items");
        List<RecoveryOption> logged = options(
                investigation.probes(ApplicationLogs.in(folder.resolve("log"))).run());

        assertThat(unlogged.feasibility()).isEqualTo(Feasibility.UNKNOWN);
        assertThat(unlogged.reason()).contains("2 files hold 4 rows");
        assertThat(logged.get(0).feasibility()).isEqualTo(Feasibility.PARTLY_SHOWN);
        assertThat(logged.get(0).source().orElseThrow()).endsWith("orders/2025-10.csv");
        assertThat(logged.get(0).reason()).contains("(2 rows) as an application logged");
        assertThat(logged.get(1).source()).isEqualTo(Optional.of("gone.csv"));
        assertThat(logged.get(1).reason()).contains("files that were not found: gone.csv");
    }

    private static List<RecoveryOption> options(Findings findings) {
        return findings.recovery().options().stream()
                .filter(o -> o.way() == Way.SOURCE_FILES)
                .toList();
    }

    @Nested
    class Contract implements ProbeContract<ImportRuns> {

        @BeforeEach
        void fill() throws IOException {
            write("app.log", "2025-10-07 09:00:00 Imported 5 rows from o.csv into orders");
        }

        @Override
        public Probe<ImportRuns> probe() {
            return ApplicationLogs.in(folder).imports();
        }

        @Override
        public Probe<ImportRuns> probeOfMissingSource() {
            return ApplicationLogs.in(folder.resolve("nowhere")).imports();
        }

        @Override
        public String fingerprintOfSource() throws IOException {
            try (Stream<Path> files = Files.walk(folder)) {
                StringBuilder all = new StringBuilder();
                for (Path file : files.sorted().toList()) {
                    all.append(file).append(Files.isRegularFile(file) ? Files.readString(file) : "");
                }
                return all.toString();
            }
        }
    }
}
