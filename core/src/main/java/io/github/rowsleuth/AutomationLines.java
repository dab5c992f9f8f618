package io.github.rowsleuth;

import io.github.rowsleuth.probe.Arming;
import io.github.rowsleuth.probe.Automation;
import io.github.rowsleuth.probe.AutomationChain;
import io.github.rowsleuth.probe.DatabaseAct;
import io.github.rowsleuth.probe.DueJob;
import io.github.rowsleuth.probe.ScriptAutomation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What runs without a person, a line for each: the ways to suspects, what armed them, jobs that were due, start-up acts. */
final class AutomationLines {

    /** More than these are in the JSON. */
    private static final int MOST = 8;

    private final List<Automation> answers;

    AutomationLines(Findings findings) {
        this.answers = findings.answers(Automation.class);
    }

    /** The shortest way to a suspect and the change that armed it last, to stand behind its name. */
    String of(String script) {
        return answers.stream()
                .flatMap(a -> a.of(script).stream())
                .findFirst()
                .map(a -> way(a).map(c -> ": " + c).orElse("") + armed(a))
                .orElse("");
    }

    private static Optional<AutomationChain> way(ScriptAutomation answer) {
        return answer.chains().stream().findFirst();
    }

    private static String armed(ScriptAutomation answer) {
        return answer.armings().stream()
                .findFirst()
                .map(a -> " (armed " + arming(a) + ")")
                .orElse("");
    }

    private static String arming(Arming arming) {
        return arming.commit().committed() + " in " + arming.commit().shortId() + " by "
                + arming.commit().author() + later(arming) + ": " + arming.before() + " -> " + arming.after();
    }

    private static String later(Arming arming) {
        return arming.afterIntroduction()
                .filter(d -> d.compareTo(Duration.ZERO) > 0)
                .map(d -> d.toDays() > 0 ? d.toDays() + " days" : d.toMinutes() + " minutes")
                .map(d -> ", " + d + " after it was introduced")
                .orElse("");
    }

    void writeTo(TextLayout out) {
        List<DueJob> due = answers.stream().flatMap(a -> a.due().stream()).toList();
        List<DatabaseAct> acts = answers.stream()
                .flatMap(a -> a.acts().stream())
                .filter(DatabaseAct::inEffect)
                .filter(a -> a.effect() != DatabaseAct.Effect.HARMLESS)
                .toList();
        if (due.isEmpty() && acts.isEmpty()) {
            return;
        }
        out.section("Automation");
        due.stream().limit(MOST).forEach(j -> out.entry("DUE", job(j)));
        acts.stream().limit(MOST).forEach(a -> out.entry("AT START", act(a)));
        int more = Math.max(0, due.size() - MOST) + Math.max(0, acts.size() - MOST);
        if (more > 0) {
            out.line("and " + more + (more == 1 ? " other" : " others") + ", in the JSON report");
        }
    }

    private static String job(DueJob job) {
        return job.name() + " (" + job.file() + ":" + job.line() + ") runs " + String.join(", ", job.runs()) + "; due "
                + times(job) + because(job.doubts()) + because(job.conditions());
    }

    private static String times(DueJob job) {
        String last = job.lastDue().map(i -> ", the last time at " + i).orElse("");
        return job.timesDue() == 1 ? "once in the window" + last : job.timesDue() + " times in the window" + last;
    }

    private static String because(List<?> reasons) {
        return reasons.isEmpty()
                ? ""
                : "; "
                        + String.join(
                                "; ", reasons.stream().map(Object::toString).toList());
    }

    private static String act(DatabaseAct act) {
        String way = act.chains().stream().findFirst().map(c -> "; by " + c).orElse("");
        return act.tool() + " " + act.text().text() + " (" + act.file() + ":" + act.line() + ") " + effect(act.effect())
                + way + because(act.because());
    }

    private static String effect(DatabaseAct.Effect effect) {
        return switch (effect) {
            case RESETS_SCHEMA -> "makes the schema anew";
            case DELETES_DATA -> "deletes data";
            case MAY_DROP -> "may drop columns and tables";
            case MIGRATES_DOWN -> "takes migrations back";
            case MIGRATES_UP -> "applies migrations";
            case SEEDS -> "puts rows in";
            case HARMLESS -> "removes nothing";
        };
    }
}
