package io.github.rowsleuth.hypothesis;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.evidence.Excerpt;
import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.probe.Automation;
import io.github.rowsleuth.probe.AutomationChain;
import io.github.rowsleuth.probe.AutomationLink;
import io.github.rowsleuth.probe.AutomationTrigger;
import io.github.rowsleuth.probe.CodeStatement;
import io.github.rowsleuth.probe.CommitRef;
import io.github.rowsleuth.probe.DatabaseAct;
import io.github.rowsleuth.probe.DueJob;
import io.github.rowsleuth.probe.FileChange;
import io.github.rowsleuth.probe.ObservedStatement;
import io.github.rowsleuth.probe.Script;
import io.github.rowsleuth.probe.ScriptAutomation;
import io.github.rowsleuth.probe.Scripts;
import io.github.rowsleuth.probe.StatementEnd;
import io.github.rowsleuth.probe.Statements;
import io.github.rowsleuth.probe.Visibility;
import io.github.rowsleuth.sql.DestructiveStatements;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Composes what logs and repositories have in reach. */
final class Reach {

    static final EvidenceId EVIDENCE = new EvidenceId("reach#1");

    private Reach() {}

    static CommitRef commit(String time) {
        Instant at = Instant.parse(time);
        return new CommitRef("0123456789abcdef", "Ada", at, at, "tidy up");
    }

    static Script script(String path, String added, String... sql) {
        return Script.builder()
                .path(path)
                .language("any")
                .asOf(commit("2026-06-01T00:00:00Z"))
                .suspiciousName(true)
                .statements(code(sql))
                .addHistory(new FileChange(FileChange.Kind.ADDED, commit(added), path, Optional.empty(), List.of()))
                .addEvidence(EVIDENCE)
                .build();
    }

    static List<CodeStatement> code(String... sql) {
        return Arrays.stream(sql)
                .flatMap(s -> DestructiveStatements.in(s).stream()
                        .map(d -> new CodeStatement(d, 1, CodeStatement.Reach.EXECUTED, Excerpt.ofSql(s))))
                .toList();
    }

    static Scripts scripts(Script... scripts) {
        return new Scripts(List.of(scripts));
    }

    static ObservedStatement statement(String sql, String at, UnaryOperator<ObservedStatement.Builder> change) {
        return change.apply(ObservedStatement.builder()
                        .statement(DestructiveStatements.in(sql).get(0))
                        .text(Excerpt.ofSql(sql))
                        .moment(Moment.at(Instant.parse(at)))
                        .end(StatementEnd.COMMITTED)
                        .evidence(new EvidenceId("log#" + Math.abs(sql.hashCode() % 1000))))
                .build();
    }

    static Statements log(ObservedStatement... seen) {
        return new Statements(
                List.of(seen), List.of(), List.of(), new Visibility(Visibility.Degree.SHOWS, "log_statement = mod"));
    }

    static AutomationChain chain(AutomationTrigger.Kind kind, String runs) {
        AutomationTrigger trigger =
                new AutomationTrigger(kind, "it happens", "ops/job", 1, Optional.empty(), List.of(), Optional.empty());
        AutomationLink link = new AutomationLink(
                "",
                "ops/job",
                1,
                AutomationLink.How.RUNS,
                runs,
                List.of(),
                Optional.empty(),
                Excerpt.ofHarmless(runs),
                EVIDENCE);
        return new AutomationChain(List.of(trigger), List.of(link));
    }

    static Automation scheduled(String script, String... due) {
        DueJob job = DueJob.builder()
                .name("cron nightly")
                .file("ops/crontab")
                .line(1)
                .schedule(new DueJob.Schedule("0 3 * * *", Optional.of(ZoneOffset.UTC)))
                .due(Arrays.stream(due).map(Instant::parse).toList())
                .timesDue(due.length)
                .addRuns(script)
                .evidence(EVIDENCE)
                .build();
        ScriptAutomation answer = new ScriptAutomation(
                script,
                ScriptAutomation.Standing.RUN_BY_AUTOMATION,
                List.of(),
                List.of(chain(AutomationTrigger.Kind.SCHEDULE, script)),
                List.of());
        return new Automation(List.of(answer), List.of(job), List.of());
    }

    static Automation acting(String tool, DatabaseAct.Effect effect, String file, boolean inEffect) {
        DatabaseAct act = DatabaseAct.builder()
                .effect(effect)
                .tool(tool)
                .text(Excerpt.ofHarmless(tool + " reset"))
                .file(file)
                .line(3)
                .inEffect(inEffect)
                .addChains(chain(
                        inEffect ? AutomationTrigger.Kind.START : AutomationTrigger.Kind.COMMAND, tool + " reset"))
                .evidence(EVIDENCE)
                .build();
        return new Automation(List.of(), List.of(), List.of(act));
    }
}
