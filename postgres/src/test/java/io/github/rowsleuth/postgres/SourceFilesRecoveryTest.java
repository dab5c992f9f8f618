package io.github.rowsleuth.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowsleuth.Findings;
import io.github.rowsleuth.Investigation;
import io.github.rowsleuth.imports.CsvLayout;
import io.github.rowsleuth.imports.SourceFile;
import io.github.rowsleuth.imports.SourceFiles;
import io.github.rowsleuth.imports.TableSources;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.recovery.RecoveryOption;
import io.github.rowsleuth.recovery.RecoveryOption.Feasibility;
import io.github.rowsleuth.recovery.RecoveryOption.Return;
import io.github.rowsleuth.recovery.RecoveryOption.Way;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.PGConnection;

/** Rows are lost, the files they came from are found, and the commands that are proposed bring them back. */
class SourceFilesRecoveryTest {

    private static final Instant IMPORTED = Instant.parse("2026-03-01T08:00:00Z");
    private static final Instant SEEN = Instant.parse("2026-03-02T08:00:00Z");
    private static final Pattern COPY =
            Pattern.compile("\\\\copy (\\S+) FROM (PROGRAM )?'((?:[^']|'')*)' WITH (\\(.*\\))");

    private static final String CONTENTS = """
            select md5(string_agg(c::text, '|' order by c.id)) || (select md5(string_agg(o::text, '|' order by o.id))
              from shop.orders o) from shop.customers c""";

    @TempDir
    Path folder;

    static List<Integer> majors() {
        return io.github.rowsleuth.postgres.fixture.PostgresFixture.majors();
    }

    private Path write(String name, String text, Charset charset) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        try (OutputStream out = name.endsWith(".gz")
                ? new GZIPOutputStream(Files.newOutputStream(file))
                : Files.newOutputStream(file)) {
            out.write(text.getBytes(charset));
        }
        Files.setLastModifiedTime(file, FileTime.from(IMPORTED));
        return file;
    }

    /** Semicolons, quotes within quotes, line ends within values, letters of Windows; and tabs, packed. */
    private void files() throws IOException {
        StringBuilder customers = new StringBuilder("ID;Full Name;eMail;Since\r\n");
        StringBuilder orders = new StringBuilder("id\tcustomerId\ttotal\n");
        for (int i = 1; i <= 40; i++) {
            customers
                    .append(i)
                    .append(i % 7 == 0 ? ";\"M\u00fcller; \"\"the\"\"\r\nelder " + i + "\"" : ";Name " + i)
                    .append(i % 5 == 0 ? ";" : ";m" + i + "@example.com")
                    .append(";2025-01-")
                    .append(10 + i % 20)
                    .append("\r\n");
            orders.append(1_000 + i)
                    .append('\t')
                    .append(i)
                    .append('\t')
                    .append(i)
                    .append(".50\n");
        }
        write("it's here/2026/customers_2026-03-01.csv", customers.toString(), Charset.forName("windows-1252"));
        write("it's here/o'orders (final).tsv.gz", orders.toString(), StandardCharsets.UTF_8);
        write("customer_notes.csv", "note;author\nx;y\n", StandardCharsets.UTF_8);
    }

    private Database shop(int major) throws Exception {
        files();
        Database shop = Database.on(major)
                .run(
                        "create schema shop",
                        "create table shop.customers(id serial primary key, full_name text not null, email text,"
                                + " since date)",
                        "create table shop.orders(id int generated always as identity primary key, customer_id int"
                                + " not null references shop.customers, total numeric(10,2))",
                        "create table shop.settings(key text primary key)",
                        "insert into shop.settings values ('a')");
        copyIn(
                shop,
                "copy shop.customers from stdin with (format csv, header, delimiter ';', encoding 'WIN1252')",
                Files.newInputStream(folder.resolve("it's here/2026/customers_2026-03-01.csv")));
        copyIn(
                shop,
                "copy shop.orders from stdin with (format csv, header, delimiter E'\\t')",
                new java.util.zip.GZIPInputStream(
                        Files.newInputStream(folder.resolve("it's here/o'orders (final).tsv.gz"))));
        return shop;
    }

    private static void copyIn(Database database, String statement, InputStream text) throws Exception {
        try (Connection connection = database.connect();
                InputStream in = text) {
            connection.unwrap(PGConnection.class).getCopyAPI().copyIn(statement, in);
        }
    }

    private Findings investigate(Database shop) {
        return investigate(shop, "shop.customers", "shop.orders");
    }

    private Findings investigate(Database shop, String... tables) {
        return Investigation.of(tables)
                .lostBetween(SEEN, Instant.now().plusSeconds(60))
                .probes(Postgres.at(shop.url()))
                .probes(SourceFiles.in(folder))
                .run();
    }

    private static RecoveryOption option(Findings findings) {
        return findings.recovery().options().stream()
                .filter(o -> o.way() == Way.SOURCE_FILES)
                .findFirst()
                .orElseThrow(() -> new AssertionError(
                        findings.recovery() + "\n" + findings.answer(TableSources.class) + "\n" + findings.fates()));
    }

    /** As psql does: {@code \copy} sends the file, or what the program writes, to {@code COPY … FROM STDIN}. */
    private static void follow(Database shop, List<String> commands) throws Exception {
        for (String command : commands) {
            Matcher copy = COPY.matcher(command);
            if (!command.startsWith("\\")) {
                shop.run(command.substring(0, command.length() - 1));
                continue;
            }
            assertThat(copy.matches()).as(command).isTrue();
            String source = copy.group(3).replace("''", "'");
            InputStream text = copy.group(2) == null
                    ? Files.newInputStream(Path.of(source))
                    : new ProcessBuilder("sh", "-c", source).start().getInputStream();
            copyIn(shop, "copy " + copy.group(1) + " from stdin with " + copy.group(4), text);
        }
    }

    @ParameterizedTest
    @MethodSource("majors")
    void truncated_tables_are_filled_again_from_the_files_they_came_from(int major) throws Exception {
        Database shop = shop(major);
        String before = shop.value(CONTENTS);
        shop.run("truncate shop.customers restart identity cascade");
        shop.stats(s -> s.of(TableName.parse("shop.orders"))
                .filter(t -> t.inserted() == 40)
                .isPresent());

        Findings findings = investigate(shop);
        RecoveryOption option = option(findings);

        assertThat(option.feasibility()).as(option.reason()).isEqualTo(Feasibility.SHOWN);
        assertThat(option.returns())
                .containsExactly(
                        new Return(TableName.parse("shop.customers"), Optional.of(40L)),
                        new Return(TableName.parse("shop.orders"), Optional.of(40L)));
        assertThat(option.upTo().latest()).contains(IMPORTED);
        assertThat(findings.report().json()).doesNotContain("example.com", "Name 1", "ller");
        assertThat(findings.report().text()).contains("source files").doesNotContain("example.com", "Name 1", "ller");
        follow(shop, option.commands());
        assertThat(shop.value(CONTENTS)).isEqualTo(before);
        assertThat(shop.value("insert into shop.customers(full_name) values ('new') returning id"))
                .as("the sequence counts on behind what came back")
                .isEqualTo("41");
    }

    @Test
    void what_is_still_there_stays_and_what_was_deleted_comes_back() throws Exception {
        Database shop = shop(16);
        shop.run("delete from shop.orders where id > 1010", "update shop.orders set total = 7 where id = 1001");
        shop.stats(s -> s.of(TableName.parse("shop.orders"))
                .filter(t -> t.deleted() == 30)
                .isPresent());

        RecoveryOption option = option(investigate(shop));
        follow(shop, option.commands());

        assertThat(option.reason()).contains("holds 40 rows, more than the 30 that were lost");
        assertThat(shop.value("select count(*) from shop.orders")).isEqualTo("40");
        assertThat(shop.value("select total from shop.orders where id = 1001")).isEqualTo("7.00");
    }

    @Test
    void a_table_that_was_dropped_is_matched_by_name_and_said_to_be() throws Exception {
        Database shop = shop(16);
        shop.run("drop table shop.customers cascade");

        RecoveryOption option = option(investigate(shop, "shop.customers"));
        follow(shop, option.commands());

        assertThat(option.source().orElseThrow()).endsWith("customers_2026-03-01.csv");
        assertThat(option.feasibility()).as(option.toString()).isEqualTo(Feasibility.UNKNOWN);
        assertThat(option.reason()).contains("by name only");
        assertThat(
                        shop.value(
                                "select count(*) || ' ' || count(\"ID\") || ' ' || max(\"Full Name\") from recovered.shop_customers"))
                .isEqualTo("40 40 Name 9");
    }

    @Test
    void making_the_new_table_leaves_the_pages_of_the_damaged_one_as_they_are() throws SQLException {
        Database shop = Database.on(16).run(Database.DAMAGED_ORDERS);
        String before = shop.value(Database.FINGERPRINT);

        shop.run(
                "create schema recovered",
                "create table recovered.of_orders as select id, text from orders with no data");

        assertThat(shop.value(Database.FINGERPRINT)).isEqualTo(before);
    }

    /** What is counted without trouble the server takes, and as many rows of it; what it refuses is said to be trouble. */
    @Test
    void the_server_counts_any_text_as_we_do() throws Exception {
        Random random = new Random(7);
        Database shop = Database.on(16).run("create table things(id text, label text, thing_note text)");
        for (int i = 0; i < 120; i++) {
            write("f" + i + "/things.csv", anyText(random), StandardCharsets.UTF_8);
        }

        List<SourceFile> files = investigate(shop, "things")
                .answer(TableSources.class)
                .orElseThrow()
                .files();

        int taken = 0;
        for (SourceFile file : files) {
            CsvLayout csv = file.csv().orElseThrow();
            String options =
                    " with (format csv, delimiter " + (csv.delimiter() == '\t' ? "e'\\t'" : "'" + csv.delimiter() + "'")
                            + (csv.header() ? ", header" : "") + ")";
            shop.run("drop table if exists read", "create table read(" + columns(file.width()) + ")");
            boolean sound = file.irregular() == 0 && file.damage().isEmpty();
            try {
                copyIn(shop, "copy read from stdin" + options, Files.newInputStream(Path.of(file.path())));
            } catch (SQLException e) {
                assertThat(sound).as(file + " " + e.getMessage()).isFalse();
                continue;
            }
            taken++;
            assertThat(sound).as(file.toString()).isTrue();
            assertThat(shop.value("select count(*) from read"))
                    .as(file.toString())
                    .isEqualTo("" + file.rows());
        }
        assertThat(files).hasSizeGreaterThan(100);
        assertThat(taken).isBetween(files.size() / 4, files.size() - 10);
    }

    private static String columns(int width) {
        return IntStream.range(0, width).mapToObj(i -> "c" + i + " text").collect(Collectors.joining(", "));
    }

    private static String anyText(Random random) {
        char delimiter = ",;\t|".charAt(random.nextInt(4));
        String end = new String[] {"\n", "\r\n", "\r"}[random.nextInt(3)];
        StringBuilder text = new StringBuilder(String.join("" + delimiter, "id", "label", "thing_note")).append(end);
        int rows = 1 + random.nextInt(30);
        for (int row = 0; row < rows; row++) {
            int fields = random.nextInt(60) == 0 ? 2 + random.nextInt(3) : 3;
            for (int field = 0; field < fields; field++) {
                text.append(field == 0 ? "" : String.valueOf(delimiter)).append(anyField(random, delimiter));
            }
            text.append(row == rows - 1 && random.nextBoolean() ? "" : random.nextInt(300) == 0 ? "\n" : end);
            text.append(random.nextInt(150) == 0 ? end : "");
        }
        return text.append(random.nextInt(20) == 0 ? "\"open" : "").toString();
    }

    private static String anyField(Random random, char delimiter) {
        return switch (random.nextInt(6)) {
            case 0 -> "";
            case 1 -> "\"a" + delimiter + "b\r\nc\"\"d\ne" + delimiter + "\"";
            case 2 -> "\"\"";
            case 3 -> "\u00e4\u20ac'";
            case 4 -> "x\"y" + delimiter + "z\"w";
            default -> "w" + random.nextInt(100);
        };
    }
}
