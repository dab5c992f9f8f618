package io.github.rowsleuth.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowsleuth.Findings;
import io.github.rowsleuth.InvestigationListener;
import io.github.rowsleuth.Verdict;
import io.github.rowsleuth.hypothesis.Act;
import io.github.rowsleuth.hypothesis.Argument;
import io.github.rowsleuth.hypothesis.Cause;
import io.github.rowsleuth.hypothesis.Confidence;
import io.github.rowsleuth.hypothesis.Fate;
import io.github.rowsleuth.hypothesis.Hypothesis;
import io.github.rowsleuth.hypothesis.Suspect;
import io.github.rowsleuth.hypothesis.TableFate;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.probe.Automation;
import io.github.rowsleuth.probe.ProbeOutcome;
import io.github.rowsleuth.probe.ScriptAutomation;
import io.github.rowsleuth.probe.Scripts;
import io.github.rowsleuth.probe.Statements;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the casebook says of this incident, by values. */
class Case1Test {

    private static StagedIncident incident;
    private static Findings findings;

    @BeforeAll
    static void investigate() throws Exception {
        incident = StagedIncident.stage();
        findings = incident.investigate(new InvestigationListener() {});
    }

    @AfterAll
    static void clear() {
        incident.close();
    }

    private static TableName table(String name) {
        return TableName.of("migration", name);
    }

    private static Hypothesis about(String name) {
        return findings.hypotheses().stream()
                .filter(h -> h.suspect().filter(s -> s.name().startsWith(name)).isPresent())
                .findFirst()
                .orElseThrow(() -> new AssertionError("no hypothesis about " + name + " in " + findings.hypotheses()));
    }

    private static List<TableName> decidedBy(Hypothesis hypothesis, String part) {
        return hypothesis.contradicting().stream()
                .filter(a -> a.text().contains(part))
                .flatMap(a -> a.tables().stream())
                .toList();
    }

    @Test
    void every_probe_answered_but_those_that_need_more_than_the_auditor_has() {
        assertThat(findings.outcomes())
                .filteredOn(o -> o.status() == ProbeOutcome.Status.ANSWERED)
                .extracting(ProbeOutcome::probe)
                .containsExactlyInAnyOrder(
                        "postgres.activity",
                        "postgres.deletion-stats",
                        "postgres.wal-state",
                        "postgres.scope",
                        "postgres.stored-code",
                        "logs.statements",
                        "git.scripts",
                        "git.migrations",
                        "git.automation",
                        "git.source-files",
                        "git.volumes");
        assertThat(findings.outcomes())
                .filteredOn(o -> o.status() != ProbeOutcome.Status.ANSWERED)
                .extracting(o -> o.probe() + " " + o.status())
                .containsExactlyInAnyOrder(
                        "postgres.statement-statistics UNAVAILABLE",
                        "postgres.tombstones UNAVAILABLE",
                        "postgres.dead-rows UNAVAILABLE",
                        "postgres.wal UNAVAILABLE");
    }

    @ParameterizedTest
    @CsvSource({
        "assets,48,0",
        "discovery_flows,7,0",
        "data_imports,8,0",
        "raw_import_records,115,0",
        "collection_flows,40,2",
        "crewai_flow_state_extensions,64,2"
    })
    void the_table_was_emptied_by_truncate(String name, long before, long insertedSince) {
        TableFate fate = findings.fate("migration." + name).orElseThrow();

        assertThat(fate.fate()).isEqualTo(Fate.TRUNCATED);
        assertThat(fate.partOfLoss()).isTrue();
        assertThat(fate.rowsBefore()).contains(before);
        assertThat(fate.insertedSince()).contains(insertedSince);
        assertThat(fate.rowsNow()).contains(insertedSince);
        assertThat(fate.transaction())
                .isEqualTo(findings.fate("migration.assets").orElseThrow().transaction());
    }

    @ParameterizedTest
    @CsvSource({"users,11", "canonical_applications,8"})
    void the_table_is_intact(String name, long rows) {
        TableFate fate = findings.fate("migration." + name).orElseThrow();

        assertThat(fate.fate()).isEqualTo(Fate.INTACT);
        assertThat(fate.partOfLoss()).isFalse();
        assertThat(fate.rowsNow()).contains(rows);
    }

    @Test
    void one_truncate_of_the_flow_states_explains_all_six_tables() {
        assertThat(findings.acts()).hasSize(1);
        Act act = findings.acts().get(0);
        assertThat(act.fate()).isEqualTo(Fate.TRUNCATED);
        assertThat(act.roots()).containsExactly(table("crewai_flow_state_extensions"));
        assertThat(act.cascade()).isTrue();
        assertThat(act.explains()).hasSize(6);
    }

    @Test
    void the_loss_is_explained_and_nobody_is_accused() {
        Hypothesis best = findings.hypotheses().get(0);

        assertThat(findings.verdict()).isEqualTo(Verdict.LOSS_EXPLAINED);
        assertThat(best.cause()).isEqualTo(Cause.TRUNCATE_CASCADE);
        assertThat(best.confidence()).isEqualTo(Confidence.LIKELY);
        assertThat(best.suspect()).isEmpty();
        assertThat(findings.hypotheses().stream()
                        .filter(h -> h.suspect().isPresent())
                        .map(Hypothesis::confidence))
                .allMatch(c -> c.compareTo(Confidence.POSSIBLE) <= 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {StagedRepository.SCRIPT, StagedRepository.TWIN})
    void the_cleanup_scripts_are_ruled_out_by_the_tables(String path) {
        Hypothesis hypothesis = about(path);

        assertThat(hypothesis.confidence()).isEqualTo(Confidence.RULED_OUT);
        assertThat(decidedBy(hypothesis, "counts 0 deletes"))
                .containsExactlyInAnyOrder(table("data_imports"), table("raw_import_records"));
        assertThat(decidedBy(hypothesis, "never touches"))
                .containsExactlyInAnyOrder(table("collection_flows"), table("crewai_flow_state_extensions"));
        assertThat(decidedBy(hypothesis, "would have emptied")).contains(table("users"));
    }

    @Test
    void the_script_is_still_listed_with_its_origin_and_no_automation_runs_it() {
        Suspect script = about(StagedRepository.SCRIPT).suspect().orElseThrow();

        assertThat(script.introduced().orElseThrow().commit().authored())
                .isEqualTo(Instant.parse("2025-07-01T15:14:00Z"));
        assertThat(script.introduced().orElseThrow().commit().author()).isEqualTo("Edsger");
        assertThat(findings.answer(Automation.class)
                        .flatMap(a -> a.of(StagedRepository.SCRIPT))
                        .map(ScriptAutomation::standing))
                .contains(ScriptAutomation.Standing.MENTIONED);
        assertThat(findings.answer(Scripts.class).orElseThrow().destructive())
                .extracting(s -> s.path())
                .containsExactlyInAnyOrder(StagedRepository.SCRIPT, StagedRepository.TWIN, StagedRepository.UTILITY);
    }

    @ParameterizedTest
    @ValueSource(strings = {StagedRepository.FIRST_MIGRATION, StagedRepository.SECOND_MIGRATION})
    void the_migrations_are_ruled_out_because_a_type_holds_no_rows(String path) {
        Hypothesis hypothesis = about(path);

        assertThat(hypothesis.cause()).isEqualTo(Cause.MIGRATION_UPGRADE);
        assertThat(hypothesis.confidence()).isEqualTo(Confidence.RULED_OUT);
        assertThat(hypothesis.contradicting())
                .extracting(Argument::text)
                .containsExactly("it removes no row of any table");
    }

    @Test
    void the_delete_that_failed_is_an_attempt_and_not_the_cause() {
        Hypothesis hypothesis = about("DELETE migration.collection_flows");

        assertThat(hypothesis.confidence()).isEqualTo(Confidence.RULED_OUT);
        assertThat(hypothesis.contradicting().get(0).text()).isEqualTo("it failed (42601) and removed nothing");
        assertThat(findings.answer(Statements.class).orElseThrow().failed()).hasSize(1);
    }

    @Test
    void the_utility_that_writes_the_statement_is_a_possible_lead() {
        assertThat(about(StagedRepository.UTILITY).confidence()).isEqualTo(Confidence.POSSIBLE);
        assertThat(about(StagedRepository.UTILITY).suspect().orElseThrow().indirect())
                .isTrue();
    }

    @Test
    void the_time_is_bounded_on_both_sides_within_the_window() {
        TableFate fate = findings.fate("migration.assets").orElseThrow();

        assertThat(fate.moment().earliest().orElseThrow()).isBeforeOrEqualTo(incident.missed());
        assertThat(fate.moment().latest().orElseThrow()).isBeforeOrEqualTo(incident.missed());
        assertThat(fate.moment().earliest().orElseThrow()).isAfterOrEqualTo(incident.seen());
    }

    @Test
    void what_the_log_could_not_show_is_a_gap() {
        assertThat(findings.gaps()).anyMatch(g -> g.missing().contains("log_statement"));
    }

    @Test
    void another_run_concludes_the_same_and_the_same_findings_give_the_same_bytes() {
        Findings again = incident.investigate(new InvestigationListener() {});

        // Sessions and the end of the write-ahead log are never the same twice; what follows from the rest is.
        assertThat(again.toString()).isEqualTo(findings.toString());
        assertThat(again.fates()).isEqualTo(findings.fates());
        assertThat(again.transactions()).isEqualTo(findings.transactions());
        assertThat(again.acts()).isEqualTo(findings.acts());
        assertThat(again.hypotheses()).isEqualTo(findings.hypotheses());
        assertThat(again.report().json()).isEqualTo(again.report().json());
        assertThat(again.report().text()).isEqualTo(again.report().text());
    }

    @Test
    void no_literal_of_a_statement_is_in_the_reports() {
        String all = findings.report().text() + findings.report().json() + findings;

        assertThat(all).contains("WHERE status = ?").doesNotContain("'open'");
    }
}
