package io.github.rowsleuth.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowsleuth.Findings;
import io.github.rowsleuth.Investigation;
import io.github.rowsleuth.imports.SourceMatch.By;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.probe.Coverage;
import io.github.rowsleuth.probe.DatabaseIdentity;
import io.github.rowsleuth.probe.ForeignKeys;
import io.github.rowsleuth.probe.Gap;
import io.github.rowsleuth.probe.ProbeOutcome;
import io.github.rowsleuth.probe.Scope;
import io.github.rowsleuth.probe.TableColumn;
import io.github.rowsleuth.probe.TableColumn.Filling;
import io.github.rowsleuth.probe.TableScope;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceFilesTest {

    private static final TableName CUSTOMERS = TableName.parse("shop.customers");

    @TempDir
    Path folder;

    @TempDir
    Path aside;

    private final List<TableScope> tables = new ArrayList<>();

    private SourceFilesTest table(String name, String... columns) {
        tables.add(TableScope.builder()
                .table(TableName.parse(name))
                .oid(16_384 + tables.size())
                .filenode(16_384 + tables.size())
                .estimatedRows(0)
                .estimatedPages(0)
                .columns(Stream.of(columns)
                        .map(c -> new TableColumn(c, "text", false, c.equals("id") ? Filling.DEFAULT : Filling.NOTHING))
                        .toList())
                .build());
        return this;
    }

    private SourceFilesTest customers() {
        return table("shop.customers", "id", "full_name", "email", "since");
    }

    private Path write(String name, byte[] content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
        return file;
    }

    private Path write(String name, String... lines) throws IOException {
        return write(name, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private Findings run() {
        Investigation investigation = Investigation.of("shop.customers");
        if (!tables.isEmpty()) {
            Scope scope = new Scope(
                    DatabaseIdentity.builder()
                            .database("shop")
                            .major(17)
                            .version("17.1")
                            .inRecovery(false)
                            .build(),
                    tables,
                    ForeignKeys.NONE,
                    List.of());
            investigation = investigation.scope(e -> scope);
        }
        return investigation.probes(SourceFiles.in(folder)).run();
    }

    private List<SourceFile> found() {
        return run().answer(TableSources.class).orElseThrow().files();
    }

    private SourceFile only() {
        assertThat(found()).as(run().gaps().toString()).hasSize(1);
        return found().get(0);
    }

    private static SourceMatch match(SourceFile file) {
        return file.of(CUSTOMERS).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "comma.csv,             ',', 3",
        "semicolon.csv,         ';', 3",
        "bar.csv,               '|', 3",
        "tab.tsv,               'T', 3",
    })
    void the_delimiter_is_told_from_the_records(String name, char written, long rows) throws IOException {
        char delimiter = written == 'T' ? '\t' : written;
        String text = "Full Name;E-Mail;since\n\"A, B\";a@x.com;1\n\"C;\"\"D\"\"\nE\";c@x.com;2\n\"F|G\";f@x.com;3\n";
        customers().write("customers/" + name, text.replace(';', delimiter).getBytes(StandardCharsets.UTF_8));

        SourceFile file = only();

        assertThat(file.csv().orElseThrow().delimiter()).isEqualTo(delimiter);
        assertThat(file.csv().orElseThrow().header()).isTrue();
        assertThat(file.headings()).containsExactly("Full Name", "E-Mail", "since");
        assertThat(file.width()).isEqualTo(3);
        assertThat(file.rows()).isEqualTo(rows);
        assertThat(file.irregular()).isZero();
    }

    @Test
    void records_are_counted_as_the_server_divides_them() throws IOException {
        customers()
                .write(
                        "customers.csv",
                        "\uFEFFid,full_name,email,since\r\n1,\"a\r\nb\",,\r\n\r\n2,\"say \"\"x,y\"\"\",,\r\n3,c,,\r\n4,d,"
                                .getBytes(StandardCharsets.UTF_8));

        SourceFile file = only();

        assertThat(file.rows()).isEqualTo(4);
        assertThat(file.irregular())
                .as("the empty line, and the last one, which lacks a field")
                .isEqualTo(2);
        assertThat(match(file).missing()).isEmpty();
        assertThat(match(file).columns())
                .containsExactly(
                        Optional.of("id"), Optional.of("full_name"), Optional.of("email"), Optional.of("since"));
    }

    @Test
    void encodings_and_packing_are_told() throws IOException {
        String text = "Full Name,Email\nM\u00fcller,a\nB\u00f6ll,b\n";
        customers().write("a/customers.csv", text.getBytes(Charset.forName("windows-1252")));
        write("b/customers.csv", text.getBytes(StandardCharsets.UTF_16));
        write("c/customers.csv", text.getBytes(StandardCharsets.UTF_8));
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(
                Files.createDirectories(folder.resolve("d")).resolve("customers.csv.gz")))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }

        assertThat(found())
                .extracting(f ->
                        f.csv().orElseThrow().encoding() + " " + f.csv().get().packed() + " " + f.rows())
                .containsExactly("WIN1252 false 2", "UTF16 false 2", "UTF8 false 2", "UTF8 true 2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Customer.csv",
                "customers_2025-10-07.csv",
                "2025 Customers final (2).csv",
                "export-CUSTOMERS-v3.csv",
                "importCustomersJan.csv",
                "raw_customers.csv",
                "customers/2025-10.csv"
            })
    void names_are_matched_whatever_people_put_around_them(String name) throws IOException {
        customers().write(name, "Full Name,Email", "a,b");

        assertThat(match(only()).byName()).isTrue();
        assertThat(match(only()).by()).isEqualTo(By.HEADINGS);
        assertThat(match(only()).missing()).containsExactly("id", "since");
    }

    @Test
    void a_file_of_another_name_is_told_by_its_headings() throws IOException {
        customers().write("upload-17.csv", "ID,fullName,EMAIL,Since (UTC),Remark", "1,a,b,c,d");
        write("other.csv", "id,name,amount,since,place", "1,a,b,c,d");

        SourceFile file = only();

        assertThat(file.name()).isEqualTo("upload-17.csv");
        assertThat(match(file).byName()).isFalse();
        assertThat(match(file).columns().get(4)).isEmpty();
    }

    @Test
    void the_longest_name_counts() throws IOException {
        customers()
                .table("shop.customer_orders", "id", "customer_id", "total")
                .write("customer_orders.csv", "id,customer_id,total", "1,1,1");

        assertThat(only().matches()).extracting(m -> m.table().toString()).containsExactly("shop.customer_orders");
    }

    @Test
    void a_first_record_that_may_be_a_row_is_never_shown() throws IOException {
        customers()
                .write(
                        "customers.csv",
                        "7,Anna Secret,anna@secret.example,2020",
                        "8,Bert Secret,b@secret.example,2021");
        write("x/customers.csv", "Anna Secret,Oxford Street", "Bert Secret,Main Road");
        write("y/customers.csv", "Secretname", "Secretother");

        Findings findings = run();

        assertThat(findings.answer(TableSources.class).orElseThrow().files())
                .extracting(f -> f.headings().size() + " " + f.rows() + " " + match(f).by())
                .containsExactly("0 2 POSITION", "0 2 NOTHING", "0 2 NOTHING");
        assertThat(findings.report().json()
                        + findings.report().text()
                        + findings
                        + findings.answers(TableSources.class))
                .doesNotContain("Secret", "secret", "Oxford");
    }

    @Test
    void without_columns_files_are_told_by_name_and_that_is_a_gap() throws IOException {
        write("customers.csv", "id,Vorname,created_at", "1,a,b");

        assertThat(match(only()).by()).isEqualTo(By.NOTHING);
        assertThat(only().headings()).containsExactly("id", "Vorname", "created_at");
        assertThat(run().gaps()).extracting(Gap::missing).contains("no probe told the columns of the tables");
    }

    private Path workbook(String name, String sheet, String title, int rows) throws IOException {
        Path file = folder.resolve(name);
        try (OutputStream out = Files.newOutputStream(file);
                Workbook workbook = new Workbook(out, "Test", "1.0")) {
            workbook.newWorksheet("About").value(0, 0, "nothing");
            Worksheet cells = workbook.newWorksheet(sheet);
            int at = 0;
            if (!title.isEmpty()) {
                cells.value(at++, 0, title);
            }
            cells.value(at, 0, "ID");
            cells.value(at, 1, "Full Name");
            cells.inlineString(at, 2, "E-Mail");
            cells.value(at, 3, "Since");
            for (int row = 1; row <= rows; row++) {
                cells.value(at + row, 0, row);
                cells.value(at + row, 1, "Secret " + row);
                cells.value(at + row, 3, java.time.LocalDate.of(2025, 1, 1));
            }
            cells.style(at + rows + 1, 0).bold().set();
        }
        return file;
    }

    @ParameterizedTest
    @CsvSource({
        "customers.xlsx, Tabelle1, ''",
        "book.xlsx, Customers 2025, ''",
        "book.xlsx, Customers, List of customers"
    })
    void a_sheet_is_read_by_its_headings_and_counted(String name, String sheet, String title) throws IOException {
        customers().workbook(name, sheet, title, 115);

        SourceFile file = only();

        assertThat(file.sheet()).contains(sheet);
        assertThat(file.rows()).isEqualTo(115);
        assertThat(file.headings()).containsExactly("ID", "Full Name", "E-Mail", "Since");
        assertThat(match(file).missing()).isEmpty();
        assertThat(run().report().json()).doesNotContain("Secret");
    }

    private void zip(String name, String sheet) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(folder.resolve(name)))) {
            zip.putNextEntry(new ZipEntry("xl/worksheets/sheet1.xml"));
            zip.write(sheet.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void hostile_workbooks_are_named_and_harm_nobody() throws IOException {
        customers().write("outside.txt", "full name,email\nstolen,stolen");
        zip(
                "bomb_customers.xlsx",
                "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">"
                        + "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]><sheetData><row><c t=\"str\"><v>&c;</v></c></row></sheetData>");
        zip(
                "external_customers.xlsx",
                "<!DOCTYPE x [<!ENTITY e SYSTEM \""
                        + folder.resolve("outside.txt").toUri()
                        + "\">]><sheetData><row><c t=\"str\"><v>&e;</v></c></row></sheetData>");
        zip("deep_customers.xlsx", "<a>".repeat(200_000));
        zip("names_customers.xlsx", names());
        zip("long_customers.xlsx", "<row a=\"" + "x".repeat(3 << 20) + "\"/>");
        write(
                "torn_customers.xlsx",
                java.util.Arrays.copyOf(Files.readAllBytes(workbook("w.xlsx", "Customers", "", 500)), 3_000));
        Files.delete(folder.resolve("w.xlsx"));
        write("no_customers.xlsx", "this is no workbook");

        Findings findings = run();

        assertThat(findings.answer(TableSources.class).orElseThrow().files()).isEmpty();
        assertThat(findings.report().json()).doesNotContain("stolen", "aaaaaaaa");
        assertThat(findings.gaps())
                .extracting(Gap::missing)
                .anyMatch(m -> m.contains("could not be read") && m.contains("deep_customers"));
    }

    private static String names() {
        StringBuilder xml = new StringBuilder("<sheetData>");
        for (int i = 0; i < 100_000; i++) {
            xml.append("<n").append(i).append("/>");
        }
        return xml.append("</sheetData>").toString();
    }

    @Test
    void a_workbook_that_unpacks_without_end_is_cut_off() throws IOException {
        Path file = folder.resolve("customers.xlsx");
        byte[] rows = "<row><c><v>1</v></c></row>".repeat(40_000).getBytes(StandardCharsets.UTF_8);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("xl/worksheets/sheet1.xml"));
            zip.write("<sheetData>".getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < 30; i++) {
                zip.write(rows);
            }
        }

        List<io.github.rowsleuth.imports.Workbook.Sheet> sheets = io.github.rowsleuth.imports.Workbook.read(
                new Stored(file),
                10L * rows.length,
                new Budget(java.time.InstantSource.system(), java.time.Instant.MAX));

        assertThat(Files.size(file)).isLessThan(200_000);
        assertThat(sheets).hasSize(1);
        assertThat(sheets.get(0).whole()).isFalse();
        assertThat(sheets.get(0).rows()).isBetween(390_000L, 400_000L);
    }

    private record Stored(Path path_) implements SourceContent {
        @Override
        public String path() {
            return path_.toString();
        }

        @Override
        public io.github.rowsleuth.evidence.Moment written() {
            return io.github.rowsleuth.evidence.Moment.unknown();
        }

        @Override
        public io.github.rowsleuth.evidence.Provenance provenance() {
            return new io.github.rowsleuth.evidence.Provenance("a store", path());
        }

        @Override
        public java.io.InputStream open() throws IOException {
            return Files.newInputStream(path_);
        }
    }

    @Test
    void damaged_texts_are_counted_as_far_as_they_go_and_named() throws IOException {
        byte[] packed;
        try (java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream()) {
            try (OutputStream out = new GZIPOutputStream(bytes)) {
                out.write("full name,email\n".getBytes(StandardCharsets.UTF_8));
                java.util.Random random = new java.util.Random(1);
                for (int i = 0; i < 50_000; i++) {
                    out.write((random.nextLong() + "," + i + "\n").getBytes(StandardCharsets.UTF_8));
                }
            }
            packed = bytes.toByteArray();
        }
        customers().write("a/customers.csv.gz", java.util.Arrays.copyOf(packed, packed.length / 2));
        write("b/customers.csv", "full name,email", "a,\"never closed", "b,c", "d,e");
        write("c/customers.csv", new byte[] {1, 0, 2, 0, 3, 0});
        write("d/customers.csv", "");
        write("e/customers.csv", "full name,email", "x".repeat(5 << 20) + ",y");

        List<SourceFile> files = found();

        assertThat(files)
                .extracting(f -> f.path().charAt(folder.toString().length() + 1) + " "
                        + f.damage().isPresent() + " " + f.whole())
                .containsExactly("a true false", "b true true", "e false true");
        assertThat(files.get(0).rows()).isBetween(20_000L, 30_000L);
        assertThat(files.get(2).rows()).isEqualTo(1);
    }

    @Test
    void links_and_pipes_are_left_alone_and_names_do_not_draw() throws Exception {
        Path outside = Files.createDirectory(aside.resolve("outside"));
        Files.writeString(outside.resolve("customers.csv"), "full name,email\na,b\n");
        Files.createSymbolicLink(folder.resolve("link"), outside);
        Files.createSymbolicLink(folder.resolve("customers.csv"), outside.resolve("customers.csv"));
        assertThat(new ProcessBuilder("mkfifo", folder.resolve("customers.tsv").toString())
                        .start()
                        .waitFor())
                .isZero();
        customers().write("customers\u001b[31m\u202e.csv", "full name,email", "a,b");

        Findings findings = run();

        assertThat(findings.answer(TableSources.class).orElseThrow().files()).hasSize(1);
        assertThat(findings.report().text()).doesNotContain("\u001b", "\u202e");
    }

    @Test
    void kinds_that_are_not_read_are_named() throws IOException {
        customers().write("customers.xls", "x");
        write("holiday.xls", "x");

        Findings findings = run();

        assertThat(findings.gaps())
                .extracting(Gap::missing)
                .anyMatch(m -> m.startsWith("1 files") && m.contains("customers.xls"));
        assertThat(findings.outcomes())
                .filteredOn(o -> o.probe().equals("files.sources"))
                .extracting(o -> o.notes().coverage().orElseThrow().extent())
                .containsExactly(Coverage.Extent.PARTIAL);
    }

    @Test
    void several_folders_are_searched_and_a_missing_one_is_told() throws IOException {
        customers().write("a/customers.csv", "full name,email", "a,b");
        write("b/customers.csv", "full name,email", "a,b");

        Findings both = Investigation.of("shop.customers")
                .probes(SourceFiles.in(folder.resolve("a"))
                        .and(folder.resolve("b").toString()))
                .run();
        Findings missing = Investigation.of("shop.customers")
                .probes(SourceFiles.in(folder.resolve("nowhere")))
                .run();

        assertThat(both.answer(TableSources.class).orElseThrow().files()).hasSize(2);
        assertThat(missing.outcomes().get(0).status()).isEqualTo(ProbeOutcome.Status.UNAVAILABLE);
        assertThat(missing.outcomes().get(0).reason()).contains("found nothing");
    }

    @Test
    void no_damage_to_a_file_keeps_the_others_from_being_read() throws IOException {
        byte[] book = Files.readAllBytes(customers().workbook("w.xlsx", "Customers", "Title", 20));
        byte[] text = "id,full_name,email,since\n1,\"a, b\",c,d\n".repeat(20).getBytes(StandardCharsets.UTF_8);
        java.util.Random random = new java.util.Random(11);
        for (int i = 0; i < 400; i++) {
            byte[] damaged = (i % 2 == 0 ? book : text).clone();
            for (int k = 0; k <= random.nextInt(8); k++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            write("d" + i + "/customers." + (i % 2 == 0 ? "xlsx" : "csv"), damaged);
        }

        Findings findings = run();

        assertThat(findings.outcomes()).extracting(ProbeOutcome::status).containsOnly(ProbeOutcome.Status.ANSWERED);
        assertThat(findings.answer(TableSources.class).orElseThrow().files()).hasSizeGreaterThan(200);
    }
}
