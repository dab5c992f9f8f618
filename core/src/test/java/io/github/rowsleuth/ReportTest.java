package io.github.rowsleuth;

import static io.github.rowsleuth.transaction.Observed.committed;
import static io.github.rowsleuth.transaction.Observed.deleted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.evidence.Excerpt;
import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.evidence.Observation;
import io.github.rowsleuth.evidence.Provenance;
import io.github.rowsleuth.hypothesis.CaseFile;
import io.github.rowsleuth.hypothesis.Conclusions;
import io.github.rowsleuth.hypothesis.Reasoning;
import io.github.rowsleuth.hypothesis.Server;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.probe.Coverage;
import io.github.rowsleuth.probe.DatabaseIdentity;
import io.github.rowsleuth.probe.DeletionStats;
import io.github.rowsleuth.probe.ForeignKeys;
import io.github.rowsleuth.probe.Scope;
import io.github.rowsleuth.probe.TableCounters;
import io.github.rowsleuth.probe.TableScope;
import io.github.rowsleuth.transaction.Lsn;
import io.github.rowsleuth.transaction.TransactionEnd;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {

    private static final String HOSTILE = "\"ev\u001b[31mil\u202e\n\"";

    private static Findings findings(String table, long inserted, long deleted, long live, boolean newFile) {
        TableName name = TableName.parse(table);
        DatabaseIdentity database = DatabaseIdentity.builder()
                .database("app")
                .major(16)
                .version("16.9")
                .inRecovery(false)
                .build();
        return Investigation.of(List.of(name))
                .lostBetween("2026-03-01T02:00Z", "2026-03-01T07:10Z")
                .scope(e -> {
                    EvidenceId id = e.record(
                            new Observation.CatalogEntry(name, name + " has a file"),
                            Moment.unknown(),
                            new Provenance("postgresql://db1:5432/app", "pg_class"),
                            Excerpt.ofSql("DELETE FROM t WHERE secret = 'canary'"));
                    e.coverage(Coverage.complete("1 of 1 tables"));
                    TableScope scope = TableScope.builder()
                            .table(name)
                            .oid(100)
                            .filenode(newFile ? 101 : 100)
                            .estimatedRows(-1)
                            .estimatedPages(0)
                            .catalogTransaction(9_000_000_000_000_000_000L)
                            .addEvidence(id)
                            .build();
                    return new Scope(database, List.of(scope), ForeignKeys.NONE, List.of());
                })
                .deletionStats(e -> {
                    e.coverage(Coverage.complete("1 of 1 tables"));
                    return new DeletionStats(
                            java.util.Optional.empty(),
                            List.of(TableCounters.builder()
                                    .table(name)
                                    .inserted(inserted)
                                    .updated(0)
                                    .deleted(deleted)
                                    .live(live)
                                    .dead(0)
                                    .modifiedSinceAnalyze(0)
                                    .insertedSinceVacuum(0)
                                    .build()));
                })
                .statements(e -> {
                    throw new IllegalStateException("no log");
                })
                .run();
    }

    private static Schema schema() throws IOException {
        try (InputStream in = Report.class.getResourceAsStream("findings-1.schema.json")) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(java.util.Objects.requireNonNull(in));
        }
    }

    @Test
    void json_keeps_to_its_schema() throws IOException {
        String json = findings("shop.orders", 10, 0, 0, true).report().json();

        assertThat(schema().validate(json, InputFormat.JSON)).isEmpty();
        assertThat(schema().validate(json.replace("LOSS_UNEXPLAINED", "MAYBE"), InputFormat.JSON))
                .isNotEmpty();
    }

    @Test
    void json_holds_the_values() throws IOException {
        JsonNode json = new ObjectMapper()
                .readTree(findings("shop.orders", 10, 0, 0, true).report().json());

        assertThat(json.at("/schemaVersion").asText()).isEqualTo("1.0");
        assertThat(json.at("/verdict").asText()).isEqualTo("LOSS_UNEXPLAINED");
        assertThat(json.at("/incident/notBefore").asText()).isEqualTo("2026-03-01T02:00:00Z");
        assertThat(json.at("/fates/0/fate").asText()).isEqualTo("TRUNCATED");
        assertThat(json.at("/fates/0/transaction").asText()).isEqualTo("9000000000000000000");
        assertThat(json.at("/acts/0/statement").asText()).isEqualTo("TRUNCATE shop.orders");
        assertThat(json.at("/probes/2/status").asText()).isEqualTo("FAILED");
        assertThat(json.at("/gaps/0/missing").asText()).contains("no log");
    }

    @Test
    void equal_evidence_gives_equal_bytes() {
        Findings one = findings("shop.orders", 10, 0, 0, true);
        Findings two = findings("shop.orders", 10, 0, 0, true);

        assertThat(one).isEqualTo(two);
        assertThat(one.report().text()).isEqualTo(two.report().text());
        assertThat(one.report().json()).isEqualTo(two.report().json());
    }

    @Test
    void gaps_stand_before_every_conclusion() {
        String text = findings("shop.orders", 10, 0, 0, true).report().text();

        assertThat(text.indexOf("\nGap")).isPositive().isLessThan(text.indexOf("\nHow"));
    }

    @Test
    void whatever_was_found_the_first_screen_stays_one_and_the_details_have_it_all() {
        Findings findings = Investigation.of("shop.orders")
                .scripts(e -> {
                    for (int i = 0; i < 200; i++) {
                        e.gap("the folder f" + i, "what is in it is not known", "give access to it");
                    }
                    return new io.github.rowsleuth.probe.Scripts(List.of());
                })
                .run();
        String text = findings.report().text();
        String screen = text.substring(0, text.indexOf("\n\n"));

        assertThat(screen.lines().count()).isLessThanOrEqualTo(50);
        assertThat(screen).contains("coverage: 200 gaps", "the folder f0 (give access to it)", "and 192 more below");
        assertThat(text.replaceAll(" *\\n {10}", " "))
                .contains("the folder f199: what is in it is not known. Remedy: give access to it");
    }

    private static Findings withTransactions() {
        TableName orders = TableName.parse("shop.orders");
        CaseFile file = new Server()
                .table("shop.orders", 10, 4, 6)
                .pages("shop.orders", 6, 3)
                .onPages(committed(731).addEffects(deleted("shop.orders", 3)).build())
                .inLog(
                        committed(731)
                                .addEffects(deleted("shop.orders", 4))
                                .ended(Moment.at(Instant.parse("2026-03-01T03:04:05Z")))
                                .endLsn(Lsn.parse("0/4002720"))
                                .build(),
                        committed(740).addEffects(deleted("shop.other", 1)).build())
                .identity(i -> i.inRecovery(true))
                .file(orders.toString());
        Conclusions conclusions = Reasoning.over(file);
        return new Findings(file, conclusions, List.of(), Assessment.verdict(file, conclusions));
    }

    @Test
    void transactions_circumstances_and_proposals_are_in_the_json_and_keep_to_the_schema() throws IOException {
        String text = withTransactions().report().json();
        JsonNode json = new ObjectMapper().readTree(text);

        assertThat(schema().validate(text, InputFormat.JSON)).isEmpty();
        assertThat(json.at("/transactions/0/xid").asText()).isEqualTo("731");
        assertThat(json.at("/transactions/0/ended/latest").asText()).isEqualTo("2026-03-01T03:04:05Z");
        assertThat(json.at("/transactions/0/endLsn").asText()).isEqualTo("0/4002720");
        assertThat(json.at("/transactions/0/effects/0/counts/0/rows").asLong()).isEqualTo(4);
        assertThat(json.at("/transactions/0/disagreements")).hasSize(1);
        assertThat(json.at("/transactions/1/xid").asText()).isEqualTo("740");
        assertThat(json.at("/circumstances/0/kind").asText()).isEqualTo("STANDBY");
        assertThat(json.at("/fates/0/transactions/0").asText()).isEqualTo("731");
        assertThat(json.at("/fates/0/rowsNowBy").asText()).isEqualTo("its pages");
        assertThat(json.at("/preservation/0/action").asText()).startsWith("Do not promote this standby");
        assertThat(json.at("/preservation/0/price").asText()).isNotBlank();
    }

    @Test
    void the_text_tells_of_the_transactions_of_the_incident_and_of_what_presses_most() {
        String text = withTransactions().report().text();

        assertThat(text.replaceAll(" *\\n {10}", " "))
                .contains(
                        "731, ended 2026-03-01T03:04:05Z by the write-ahead log, its end at 0/4002720: deleted 4 rows of")
                .contains("DISAGREEMENT: by the dead rows on the pages it deleted 3 rows of shop.orders, by the")
                .contains("and 1 other, in the JSON report")
                .doesNotContain("shop.other")
                .contains("\nServer    the server is a standby")
                .contains("\nNow       Do not promote this standby");
        assertThat(text.indexOf("\nNow")).isLessThan(text.indexOf("\nTransactions"));
        assertThat(withTransactions())
                .hasToString(withTransactions().toString())
                .asString()
                .contains("\nNow   Do not promote");
    }

    @Test
    void rows_that_wait_for_a_commit_are_neither_lost_nor_safe() {
        CaseFile file = new Server()
                .table("shop.orders", 10, 0, 10)
                .onPages(committed(731)
                        .end(TransactionEnd.PREPARED)
                        .gid("g1")
                        .addEffects(deleted("shop.orders", 4))
                        .build())
                .file("shop.orders");
        Conclusions conclusions = Reasoning.over(file);
        Findings findings = new Findings(file, conclusions, List.of(), Assessment.verdict(file, conclusions));

        assertThat(findings.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(findings.toString()).startsWith("INCONCLUSIVE: 4 rows are deleted and not committed");
        assertThat(findings.violations().messages())
                .containsExactly("expected no deletion in shop.orders, found 4 rows deleted and not committed");
    }

    @Test
    void what_comes_from_outside_can_not_move_the_cursor() {
        Findings findings = findings(HOSTILE, 10, 0, 0, true);

        assertThat(findings.report().text()).doesNotContain("\u001b", "\u202e").contains("\\x1b", "\\u202e");
        assertThat(findings.toString()).doesNotContain("\u001b", "\u202e");
        assertThat(findings.report().text()).doesNotContain("canary");
        assertThat(findings.report().json()).doesNotContain("canary");
    }

    @Test
    void the_summary_fits_a_shell() {
        String longName = "a".repeat(63);
        String text = findings(longName + "." + longName, 10, 0, 0, true).toString();

        assertThat(text).startsWith("LOSS UNEXPLAINED: ").hasSizeLessThanOrEqualTo(1_000);
        assertThat(text.lines().count()).isLessThanOrEqualTo(15);
    }

    @Test
    void rows_that_are_all_there_are_no_loss_and_no_violation() {
        Findings findings = findings("shop.orders", 10, 0, 10, false);

        assertThat(findings.verdict()).isEqualTo(Verdict.NO_LOSS);
        assertThat(findings.violations().isPresent()).isFalse();
        findings.violations().throwIfPresent();
    }

    @Test
    void lost_rows_are_a_violation_that_names_the_table() {
        assertThatThrownBy(() ->
                        findings("shop.orders", 10, 4, 6, false).violations().throwIfPresent())
                .isInstanceOf(UnexpectedDeletionError.class)
                .hasMessageContaining("shop.orders")
                .hasMessageContaining("4 deletes");
    }

    @Test
    void nothing_examined_is_a_violation_too() {
        Findings findings = Investigation.of("shop.orders")
                .scripts(e -> new io.github.rowsleuth.probe.Scripts(List.of()))
                .run();

        assertThat(findings.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(findings.violations().messages()).singleElement().asString().contains("no probe answered");
    }
}
