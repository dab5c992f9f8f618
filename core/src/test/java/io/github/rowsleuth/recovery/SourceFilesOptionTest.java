package io.github.rowsleuth.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.hypothesis.CaseFile;
import io.github.rowsleuth.hypothesis.Conclusions;
import io.github.rowsleuth.hypothesis.Fate;
import io.github.rowsleuth.hypothesis.TableFate;
import io.github.rowsleuth.imports.CsvLayout;
import io.github.rowsleuth.imports.ImportRun;
import io.github.rowsleuth.imports.ImportRuns;
import io.github.rowsleuth.imports.SourceFile;
import io.github.rowsleuth.imports.SourceMatch;
import io.github.rowsleuth.imports.SourceMatch.By;
import io.github.rowsleuth.imports.TableSources;
import io.github.rowsleuth.incident.Incident;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.incident.TimeWindow;
import io.github.rowsleuth.probe.CommitRef;
import io.github.rowsleuth.probe.DatabaseIdentity;
import io.github.rowsleuth.probe.ForeignKey;
import io.github.rowsleuth.probe.ForeignKeys;
import io.github.rowsleuth.probe.ProbeNotes;
import io.github.rowsleuth.probe.ProbeOutcome;
import io.github.rowsleuth.probe.Scope;
import io.github.rowsleuth.probe.TableColumn;
import io.github.rowsleuth.probe.TableColumn.Filling;
import io.github.rowsleuth.probe.TableScope;
import io.github.rowsleuth.recovery.RecoveryOption.Feasibility;
import io.github.rowsleuth.recovery.RecoveryOption.Way;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SourceFilesOptionTest {

    private static final TableName ORDERS = TableName.parse("shop.orders");
    private static final TableName ITEMS = TableName.parse("shop.items");
    private static final Instant LOST = Instant.parse("2026-03-01T03:00:00Z");
    private static final Instant BEFORE = Instant.parse("2026-02-01T03:00:00Z");

    private final List<TableFate> fates = new ArrayList<>();
    private final List<SourceFile> files = new ArrayList<>();
    private final List<ImportRun> runs = new ArrayList<>();
    private final List<TableScope> tables = new ArrayList<>();
    private final List<ForeignKey> keys = new ArrayList<>();

    private SourceFilesOptionTest lost(TableName table, long rows) {
        fates.add(TableFate.builder()
                .table(table)
                .fate(Fate.TRUNCATED)
                .partOfLoss(true)
                .rowsBefore(rows)
                .rowsNow(0)
                .moment(Moment.at(LOST))
                .build());
        return this;
    }

    private SourceFile.Builder file(String path, TableName table, long rows, By by, String... missing) {
        return SourceFile.builder()
                .path(path)
                .csv(new CsvLayout(',', '"', "UTF8", by == By.HEADINGS, false))
                .width(2)
                .headings(by == By.HEADINGS ? List.of("Id", "Total") : List.of())
                .rows(rows)
                .written(Moment.at(BEFORE))
                .addMatches(new SourceMatch(
                        table, true, by, List.of(Optional.of("id"), Optional.of("total")), List.of(missing)))
                .addEvidence(new EvidenceId("files.sources#" + files.size()));
    }

    private SourceFilesOptionTest with(SourceFile.Builder file) {
        files.add(file.build());
        return this;
    }

    private SourceFilesOptionTest logged(String file, Optional<String> table, boolean failed) {
        runs.add(new ImportRun(
                Moment.at(BEFORE),
                Optional.of(file),
                Optional.of(5L),
                table,
                failed,
                List.of(new EvidenceId("log#1"))));
        return this;
    }

    private SourceFilesOptionTest table(TableName name, TableColumn... columns) {
        tables.add(TableScope.builder()
                .table(name)
                .oid(1)
                .filenode(1)
                .estimatedRows(0)
                .estimatedPages(0)
                .addColumns(columns)
                .build());
        return this;
    }

    private RecoveryOption option() {
        Scope scope = new Scope(
                DatabaseIdentity.builder()
                        .database("shop")
                        .major(17)
                        .version("17.1")
                        .inRecovery(false)
                        .build(),
                tables,
                new ForeignKeys(keys),
                List.of());
        List<ProbeOutcome<?>> outcomes = new ArrayList<>();
        Stream.of(scope, new TableSources(files), new ImportRuns(runs))
                .forEach(a -> outcomes.add(new ProbeOutcome.Answered<>(
                        "p" + outcomes.size(), a, new ProbeNotes(List.of(), List.of(), Optional.empty()))));
        RecoveryPlan plan = RecoveryPlan.of(
                new CaseFile(new Incident(List.of(ORDERS), TimeWindow.UNKNOWN), outcomes),
                new Conclusions(List.of(), List.of(), fates, List.of(), List.of(), List.of()));
        return plan.options().stream()
                .filter(o -> o.way() == Way.SOURCE_FILES)
                .findFirst()
                .orElseThrow(() -> new AssertionError(plan.toString()));
    }

    @Test
    void all_rows_in_all_columns_from_before_the_loss_are_shown() {
        lost(ORDERS, 40).with(file("/d/orders.csv", ORDERS, 40, By.HEADINGS));

        assertThat(option().feasibility()).isEqualTo(Feasibility.SHOWN);
        assertThat(option().source()).contains("/d/orders.csv");
        assertThat(option().evidence()).containsExactly(new EvidenceId("files.sources#0"));
    }

    @Test
    void what_lacks_something_is_shown_in_part_and_says_what() {
        lost(ORDERS, 40).with(file("/d/orders.csv", ORDERS, 30, By.HEADINGS, "note"));

        assertThat(option().feasibility()).isEqualTo(Feasibility.PARTLY_SHOWN);
        assertThat(option().reason()).contains("30 rows of 40 that were lost", "in its columns but note");
    }

    @Test
    void records_that_copy_refuses_are_not_shown_to_come_back() {
        lost(ORDERS, 40).with(file("/d/orders.csv", ORDERS, 40, By.HEADINGS).irregular(1));

        assertThat(option().feasibility()).isEqualTo(Feasibility.PARTLY_SHOWN);
        assertThat(option().reason()).contains("not all of their records can be read");
    }

    @Test
    void a_file_that_was_changed_after_the_rows_were_seen_stays_open() {
        lost(ORDERS, 40).with(file("/d/orders.csv", ORDERS, 40, By.HEADINGS).written(Moment.at(LOST.plusSeconds(1))));

        assertThat(option().feasibility()).isEqualTo(Feasibility.UNKNOWN);
        assertThat(option().reason()).contains("written or changed after");
    }

    @Test
    void a_table_without_a_file_keeps_the_whole_from_being_shown() {
        lost(ORDERS, 40).lost(ITEMS, 9).with(file("/d/orders.csv", ORDERS, 40, By.HEADINGS));

        assertThat(option().feasibility()).isEqualTo(Feasibility.PARTLY_SHOWN);
        assertThat(option().reason()).startsWith("files were found for 1 of the 2 tables hit");
    }

    @Test
    void of_several_files_the_one_with_as_many_rows_is_taken_or_all_that_add_up_to_them() {
        lost(ORDERS, 40)
                .with(file("/d/orders_1.csv", ORDERS, 12, By.HEADINGS))
                .with(file("/d/orders_2.csv", ORDERS, 40, By.HEADINGS));
        assertThat(option().source()).contains("/d/orders_2.csv");
        assertThat(option().reason()).contains("1 more may be of it");

        files.clear();
        with(file("/d/orders_1.csv", ORDERS, 12, By.HEADINGS)).with(file("/d/orders_2.csv", ORDERS, 28, By.HEADINGS));
        assertThat(option().feasibility()).isEqualTo(Feasibility.SHOWN);
        assertThat(option().reason()).contains("2 files hold 40 rows, as many as were lost");
        assertThat(option().commands())
                .filteredOn(c -> c.startsWith("CREATE TABLE"))
                .hasSize(2);
    }

    @Test
    void what_an_application_logged_decides_which_file_it_was() {
        lost(ORDERS, 40)
                .with(file("/d/a.csv", ORDERS, 40, By.POSITION))
                .with(file("/d/b.csv", ORDERS, 40, By.POSITION))
                .with(file("/d/c.csv", ORDERS, 40, By.POSITION))
                .logged("b.csv", Optional.of("shop.orders"), false)
                .logged("a.csv", Optional.of("shop.items"), false)
                .logged("c.csv", Optional.empty(), true);

        assertThat(option().source()).contains("/d/b.csv");
        assertThat(option().feasibility()).isEqualTo(Feasibility.SHOWN);
        assertThat(option().reason()).contains("imported at 2026-02-01T03:00:00Z (5 rows) as an application logged");
        assertThat(option().evidence()).contains(new EvidenceId("log#1"));
        runs.clear();
        assertThat(option().feasibility())
                .as("without headings and without a log")
                .isEqualTo(Feasibility.UNKNOWN);
    }

    @Test
    void commands_stand_what_names_can_hold_and_parents_come_first() {
        TableName odd = TableName.of("Shop", "it's \"odd\"; \\");
        lost(ORDERS, 1)
                .lost(odd, 1)
                .with(file("/d/it's $(here)/o.csv", ORDERS, 1, By.HEADINGS)
                        .csv(new CsvLayout('\t', '\'', "UTF16", true, true)))
                .with(file("data/o'dd.csv", odd, 1, By.HEADINGS)
                        .repository("/srv/it's")
                        .commit(new CommitRef("c0ffee1234567890", "A", BEFORE, BEFORE, "s")))
                .table(
                        ORDERS,
                        new TableColumn("id", "integer", true, Filling.IDENTITY),
                        new TableColumn("total", "numeric", false, Filling.NOTHING))
                .table(
                        odd,
                        new TableColumn("id", "integer", true, Filling.NOTHING),
                        new TableColumn("total", "numeric", false, Filling.NOTHING));
        keys.add(new ForeignKey("fk", ORDERS, odd, ForeignKey.OnDelete.CASCADE));

        assertThat(option().commands())
                .containsExactly(
                        "CREATE SCHEMA IF NOT EXISTS recovered;",
                        "CREATE TABLE recovered.shop_it_s__odd____ AS SELECT \"id\", \"total\" FROM"
                                + " \"Shop\".\"it's \"\"odd\"\"; \\\" WITH NO DATA;",
                        "\\copy recovered.shop_it_s__odd____ FROM PROGRAM 'git -C ''/srv/it''\\''''s'' show"
                                + " ''c0ffee1234567890:data/o''\\''''dd.csv''' WITH (FORMAT csv, HEADER, ENCODING 'UTF8')",
                        "CREATE TABLE recovered.shop_orders AS SELECT \"id\", \"total\" FROM \"shop\".\"orders\" WITH NO"
                                + " DATA;",
                        "\\copy recovered.shop_orders FROM PROGRAM 'gzip -dc ''/d/it''\\''''s $(here)/o.csv'' | iconv -f"
                                + " UTF-16 -t UTF-8' WITH (FORMAT csv, HEADER, DELIMITER E'\\t', QUOTE '''', ENCODING"
                                + " 'UTF8')",
                        "INSERT INTO \"Shop\".\"it's \"\"odd\"\"; \\\" (\"id\", \"total\") SELECT \"id\", \"total\" FROM"
                                + " recovered.shop_it_s__odd____ ON CONFLICT DO NOTHING;",
                        "INSERT INTO \"shop\".\"orders\" (\"id\", \"total\") OVERRIDING SYSTEM VALUE SELECT \"id\","
                                + " \"total\" FROM recovered.shop_orders ON CONFLICT DO NOTHING;");
    }

    @Test
    void keys_that_are_generated_anew_and_columns_that_refuse_null_are_risks() {
        lost(ORDERS, 40)
                .with(file("/d/orders.csv", ORDERS, 40, By.HEADINGS, "key", "who"))
                .table(
                        ORDERS,
                        new TableColumn("key", "integer", true, Filling.IDENTITY),
                        new TableColumn("who", "text", true, Filling.NOTHING));

        assertThat(option().risks())
                .anyMatch(r -> r.startsWith("shop.orders gives new values to key"))
                .anyMatch(r -> r.startsWith("shop.orders refuses rows without who"));
    }

    @Test
    void a_sheet_is_saved_first_and_a_name_with_a_line_end_is_changed() {
        lost(ORDERS, 40)
                .with(file("/d/book.xlsx", ORDERS, 40, By.HEADINGS)
                        .csv(Optional.empty())
                        .sheet("Orders; 2025"));
        assertThat(option().steps())
                .anyMatch(s -> s.startsWith("save the sheet Orders; 2025 of /d/book.xlsx as book-Orders_ 2025.csv"));
        assertThat(option().commands())
                .anyMatch(c -> c.startsWith("\\copy recovered.shop_orders FROM 'book-Orders_ 2025.csv' WITH"));

        files.clear();
        with(file("/d/or\nders.csv", ORDERS, 40, By.HEADINGS));
        assertThat(option().commands()).noneMatch(c -> c.startsWith("\\copy"));
        assertThat(option().steps()).anyMatch(s -> s.contains("without control characters"));
    }

    @Test
    void tables_that_reference_each_other_in_a_ring_are_all_there() {
        keys.add(new ForeignKey("a", ORDERS, ITEMS, ForeignKey.OnDelete.CASCADE));
        keys.add(new ForeignKey("b", ITEMS, ORDERS, ForeignKey.OnDelete.CASCADE));
        lost(ORDERS, 1)
                .lost(ITEMS, 1)
                .with(file("/d/o.csv", ORDERS, 1, By.HEADINGS))
                .with(file("/d/i.csv", ITEMS, 1, By.HEADINGS));

        assertThat(option().returns()).hasSize(2);
    }
}
