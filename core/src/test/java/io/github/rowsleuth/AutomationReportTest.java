package io.github.rowsleuth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.evidence.Excerpt;
import io.github.rowsleuth.hypothesis.CaseFile;
import io.github.rowsleuth.hypothesis.Conclusions;
import io.github.rowsleuth.hypothesis.Reasoning;
import io.github.rowsleuth.hypothesis.Server;
import io.github.rowsleuth.probe.Arming;
import io.github.rowsleuth.probe.Automation;
import io.github.rowsleuth.probe.AutomationChain;
import io.github.rowsleuth.probe.AutomationLink;
import io.github.rowsleuth.probe.AutomationReference;
import io.github.rowsleuth.probe.AutomationTrigger;
import io.github.rowsleuth.probe.CodeStatement;
import io.github.rowsleuth.probe.CommitRef;
import io.github.rowsleuth.probe.DatabaseAct;
import io.github.rowsleuth.probe.DueJob;
import io.github.rowsleuth.probe.RunCondition;
import io.github.rowsleuth.probe.Script;
import io.github.rowsleuth.probe.ScriptAutomation;
import io.github.rowsleuth.probe.Scripts;
import io.github.rowsleuth.sql.DestructiveStatements;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the reports say of a script that a schedule runs, and of an application that resets its schema. */
class AutomationReportTest {

    private static final EvidenceId EVIDENCE = new EvidenceId("git.automation#1");
    private static final CommitRef ADDED = commit("aaaaaaaaaaaaaaaa", "2026-01-01T00:00:00Z", "Add a script");
    private static final CommitRef ARMED = commit("bbbbbbbbbbbbbbbb", "2026-02-01T00:00:00Z", "Run it every night");
    private static final DueJob.Schedule NIGHTLY =
            new DueJob.Schedule("0 3 * * *", Optional.of(ZoneId.of("Europe/Vienna")));

    private static CommitRef commit(String id, String time, String subject) {
        return new CommitRef(id, "Grace", Instant.parse(time), Instant.parse(time), subject);
    }

    private static AutomationChain chain() {
        AutomationTrigger trigger = new AutomationTrigger(
                AutomationTrigger.Kind.SCHEDULE,
                "schedule 0 3 * * *",
                "ops/crontab",
                1,
                Optional.of(NIGHTLY),
                List.of(),
                Optional.empty());
        AutomationLink link = new AutomationLink(
                "",
                "ops/nightly.sh",
                7,
                AutomationLink.How.RUNS,
                "ops/purge.py",
                List.of(new RunCondition(RunCondition.Kind.TEST, "only if $PURGE is set", "ops/nightly.sh", 6)),
                Optional.empty(),
                Excerpt.ofHarmless("python ops/purge.py"),
                EVIDENCE);
        return new AutomationChain(List.of(trigger), List.of(link));
    }

    private static ScriptAutomation answer() {
        Arming arming = Arming.builder()
                .kind(Arming.Kind.SCHEDULED)
                .commit(ARMED)
                .file("ops/crontab")
                .line(1)
                .before("nothing ran it")
                .after("run on schedule 0 3 * * *")
                .introduced(ADDED)
                .evidence(EVIDENCE)
                .build();
        AutomationReference reference = new AutomationReference(
                "ops/nightly.sh", 7, true, "schedule", Excerpt.ofHarmless("python ops/purge.py"), EVIDENCE);
        return new ScriptAutomation(
                "ops/purge.py",
                ScriptAutomation.Standing.RUN_BY_AUTOMATION,
                List.of(reference),
                List.of(chain()),
                List.of(arming));
    }

    private static DueJob job(String name, int timesDue) {
        return DueJob.builder()
                .name(name)
                .file("ops/crontab")
                .line(1)
                .schedule(NIGHTLY)
                .due(timesDue == 0 ? List.of() : List.of(Instant.parse("2026-03-01T02:00:00Z")))
                .timesDue(timesDue)
                .lastDue(Instant.parse("2026-03-01T02:00:00Z"))
                .addRuns("ops/purge.py")
                .evidence(EVIDENCE)
                .build();
    }

    private static DatabaseAct act(String text, boolean inEffect) {
        return DatabaseAct.builder()
                .effect(DatabaseAct.Effect.RESETS_SCHEMA)
                .tool("hibernate")
                .text(Excerpt.ofHarmless(text))
                .file("src/main/resources/application.yml")
                .line(4)
                .inEffect(inEffect)
                .addBecause("no profile overrides it")
                .evidence(EVIDENCE)
                .build();
    }

    private static Findings findings() {
        Script script = Script.builder()
                .path("ops/purge.py")
                .language("python")
                .asOf(ARMED)
                .addStatements(new CodeStatement(
                        DestructiveStatements.in("DELETE FROM shop.orders").get(0),
                        3,
                        CodeStatement.Reach.EXECUTED,
                        Excerpt.ofSql("DELETE FROM shop.orders")))
                .suspiciousName(true)
                .build();
        Script other = Script.builder().from(script).path("ops/other.py").build();
        Automation automation = new Automation(
                List.of(answer()),
                List.of(job("cron nightly", 1), job("cron never", 0)),
                List.of(act("ddl-auto: create-drop", true), act("ddl-auto: create", false)));
        CaseFile file = new Server()
                .table("shop.orders", 10, 10, 0)
                .answer("git.scripts", new Scripts(List.of(script, other)))
                .answer("git.automation", automation)
                .file("shop.orders");
        Conclusions conclusions = Reasoning.over(file);
        return new Findings(file, conclusions, List.of(), Assessment.verdict(file, conclusions));
    }

    @Test
    void the_text_tells_the_way_to_a_suspect_what_armed_it_and_what_was_due() {
        String text = findings().report().text().replaceAll(" *\\n {10}", " ");

        assertThat(text)
                .contains(
                        "ops/purge.py, run by automation: schedule 0 3 * * * (Europe/Vienna): ops/nightly.sh:7 > ops/purge.py"
                                + " (armed 2026-02-01T00:00:00Z in bbbbbbbbbb by Grace, 31 days after it was introduced:"
                                + " nothing ran it -> run on schedule 0 3 * * *)")
                .contains(
                        "\nDUE       cron nightly (ops/crontab:1) runs ops/purge.py; due once in the window, the last time"
                                + " at 2026-03-01T02:00:00Z")
                .contains(
                        "\nAT START  hibernate ddl-auto: create-drop (src/main/resources/application.yml:4) makes the schema"
                                + " anew; no profile overrides it")
                .doesNotContain("cron never", "ddl-auto: create (");
    }

    @Test
    void the_json_holds_chains_armings_jobs_and_acts_and_keeps_to_its_schema() throws IOException {
        String text = findings().report().json();
        JsonNode automation = new ObjectMapper().readTree(text).get("automation");

        try (InputStream schema =
                Objects.requireNonNull(Report.class.getResourceAsStream("findings-1.schema.json"), "schema")) {
            assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                            .getSchema(schema)
                            .validate(text, InputFormat.JSON))
                    .isEmpty();
        }
        assertThat(automation.at("/answers/0/standing").asText()).isEqualTo("RUN_BY_AUTOMATION");
        assertThat(automation.at("/answers/0/chains/0/links/0/conditions/0").asText())
                .isEqualTo("only if $PURGE is set");
        assertThat(automation.at("/answers/0/chains/0/triggers/0/kind").asText())
                .isEqualTo("SCHEDULE");
        assertThat(automation.at("/answers/0/armings/0/introduced/subject").asText())
                .isEqualTo("Add a script");
        assertThat(automation
                        .at("/answers/0/armings/0/secondsAfterIntroduction")
                        .asLong())
                .isEqualTo(31 * 86_400L);
        assertThat(automation.at("/jobs")).hasSize(2);
        assertThat(automation.at("/jobs/0/due/0").asText()).isEqualTo("2026-03-01T02:00:00Z");
        assertThat(automation.at("/jobs/0/zone").asText()).isEqualTo("Europe/Vienna");
        assertThat(automation.at("/databaseActs/0/inEffect").asBoolean()).isTrue();
        assertThat(automation.at("/databaseActs/1/inEffect").asBoolean()).isFalse();
    }
}
