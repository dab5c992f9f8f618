package io.github.rowsleuth.git.automation;

import io.github.rowsleuth.git.automation.arming.ArmingSearch;
import io.github.rowsleuth.git.automation.graph.Gap;
import io.github.rowsleuth.git.automation.graph.Way;
import io.github.rowsleuth.probe.Automation;
import io.github.rowsleuth.probe.DatabaseAct;
import io.github.rowsleuth.probe.DatabaseAct.Effect;
import io.github.rowsleuth.probe.Examination;
import io.github.rowsleuth.probe.ScriptAutomation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Puts the whole answer together. */
public final class AutomationAnswers {

    private static final Set<Effect> DESTRUCTIVE =
            Set.of(Effect.RESETS_SCHEMA, Effect.DELETES_DATA, Effect.MAY_DROP, Effect.MIGRATES_DOWN);
    private static final int SHOWN_PLACES = 5;

    private AutomationAnswers() {}

    /** Answers for what is asked about, and for the destructive commands that were found besides. */
    public static Automation of(
            AutomationSurvey survey, Collection<Target> asked, AutomationNotes notes, ArmingSearch past)
            throws InterruptedException {
        AnswerWriter writer = new AnswerWriter(survey, notes);
        JobWriter jobs = new JobWriter(notes);
        ArmingWriter armings = new ArmingWriter(notes, past);
        List<ScriptAutomation> answers = new ArrayList<>();
        for (Target target : AnswerWriter.inOrder(asked)) {
            if (Thread.interrupted()) {
                throw new InterruptedException("the examination was stopped");
            }
            List<Way> ways = writer.ways(target);
            jobs.add(target.name(), ways);
            answers.add(writer.answer(target, ways, armings.armings(target, ways)));
        }
        List<DatabaseAct> acts = new ArrayList<>(new ActWriter(survey, notes).acts());
        Set<String> commands = new LinkedHashSet<>();
        survey.graph().acts().stream()
                .filter(a -> DESTRUCTIVE.contains(a.effect()))
                .forEach(a -> commands.add(a.node().name()));
        for (String command : commands) {
            Target target = Target.command(command);
            List<Way> ways = writer.ways(target);
            String shown = notes.clean(command).text();
            jobs.add(shown, ways);
            ScriptAutomation answer = writer.answer(target, ways, List.of());
            answers.add(
                    new ScriptAutomation(shown, answer.standing(), answer.references(), answer.chains(), List.of()));
        }
        acts.sort(Comparator.comparing((DatabaseAct a) -> a.effect())
                .thenComparing(a -> !a.inEffect())
                .thenComparing(DatabaseAct::file)
                .thenComparingInt(DatabaseAct::line));
        reportGaps(survey, notes);
        if (past.passedOver() > 0) {
            notes.examination()
                    .gap(
                            past.passedOver()
                                    + " commits that touched files on the way were not compared with their parents",
                            "an older change that armed a file may be overlooked",
                            "look into the history of these files: git log -p -- FILE");
        }
        return new Automation(answers, jobs.jobs(), acts);
    }

    /** What could not be followed, one gap for each reason. */
    private static void reportGaps(AutomationSurvey survey, AutomationNotes notes) {
        Map<Gap.Kind, List<Gap>> byKind = new EnumMap<>(Gap.Kind.class);
        survey.graph()
                .gaps()
                .forEach(g ->
                        byKind.computeIfAbsent(g.kind(), k -> new ArrayList<>()).add(g));
        Examination examination = notes.examination();
        byKind.forEach((kind, gaps) -> {
            String places = gaps.stream()
                    .limit(SHOWN_PLACES)
                    .map(g -> (g.file().isEmpty() ? "" : g.file() + (g.line() > 0 ? ":" + g.line() : "") + " ")
                            + notes.clean(g.what()).text())
                    .collect(Collectors.joining("; "));
            String more = gaps.size() > SHOWN_PLACES ? "; and " + (gaps.size() - SHOWN_PLACES) + " more" : "";
            examination.gap(
                    GapWords.missing(kind, gaps.size()) + ": " + places + more,
                    GapWords.consequence(kind),
                    GapWords.remedy(kind));
        });
    }
}
