package io.github.rowsleuth.prevention;

import io.github.rowsleuth.hypothesis.CaseFile;
import io.github.rowsleuth.hypothesis.Conclusions;
import io.github.rowsleuth.hypothesis.Confidence;
import io.github.rowsleuth.hypothesis.Hypothesis;
import io.github.rowsleuth.probe.Script;
import io.github.rowsleuth.probe.Scripts;
import io.github.rowsleuth.probe.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What to change so that it does not happen again: for each cause that was found, and for each script that could do the
 * same any day. What is known not to help is not in it: {@code ON DELETE SET NULL} does not stop {@code TRUNCATE … CASCADE},
 * which follows every foreign key whatever its action (src/backend/commands/tablecmds.c, {@code ExecuteTruncateGuts}).
 *
 * @param recommendations those that take a cause away first; scripts that were no cause last
 */
public record PreventionPlan(List<Recommendation> recommendations) {

    /** More dangerous scripts than these would bury the causes. */
    private static final int MOST_SCRIPTS = 20;

    /** Copies the list. */
    public PreventionPlan {
        recommendations = List.copyOf(recommendations);
    }

    /**
     * {@return what the evidence speaks for}. A pure function: equal evidence gives equal plans.
     *
     * @param file the incident and what the probes brought
     * @param conclusions what follows from it
     */
    public static PreventionPlan of(CaseFile file, Conclusions conclusions) {
        List<Recommendation> all = new ArrayList<>();
        conclusions.hypotheses().stream()
                .filter(h -> h.confidence().compareTo(Confidence.LIKELY) >= 0 || ofAct(h))
                .forEach(h -> all.addAll(AgainstCause.of(h, conclusions)));
        all.sort(Comparator.comparing(Recommendation::kind));
        scripts(file).forEach(s -> all.add(disable(s)));
        Map<String, Recommendation> once = new LinkedHashMap<>();
        all.forEach(r -> once.putIfAbsent(r.kind() + " " + r.target(), r));
        return new PreventionPlan(List.copyOf(once.values()));
    }

    /** What the tables show of unknown hand can be refused, whoever it was. */
    private static boolean ofAct(Hypothesis hypothesis) {
        return hypothesis.confidence() == Confidence.POSSIBLE
                && hypothesis.suspect().isEmpty()
                && !hypothesis.decidingTables().isEmpty();
    }

    private static List<Script> scripts(CaseFile file) {
        return file.answers(Scripts.class).stream()
                .flatMap(s -> s.destructive().stream())
                .filter(s -> s.role() == Script.Role.SCRIPT && s.guards().isEmpty())
                .filter(s -> s.severity().filter(v -> v == Severity.CRITICAL).isPresent())
                .limit(MOST_SCRIPTS)
                .toList();
    }

    private static Recommendation disable(Script script) {
        return AgainstCause.disable(
                script.path(), "starting it takes every row of a table, and nothing asks before", script.evidence());
    }
}
