package io.github.rowsleuth.recovery;

import io.github.rowsleuth.hypothesis.CaseFile;
import io.github.rowsleuth.hypothesis.Conclusions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The ways to bring the rows back, the best first: those that are shown to work before those that are not, and of these
 * the ones that return exactly what was lost before those that return an older state.
 *
 * @param options the ways, those that are ruled out last
 */
public record RecoveryPlan(List<RecoveryOption> options) {

    /** Copies the list. */
    public RecoveryPlan {
        options = List.copyOf(options);
    }

    /**
     * {@return the ways that the evidence shows or leaves open; none where nothing was lost}. A pure function: equal evidence
     * gives equal plans.
     *
     * @param file the incident and what the probes brought
     * @param conclusions what follows from it
     */
    public static RecoveryPlan of(CaseFile file, Conclusions conclusions) {
        Loss loss = Loss.of(file, conclusions);
        if (loss.tables().isEmpty()) {
            return new RecoveryPlan(List.of());
        }
        return new RecoveryPlan(Stream.of(
                        new FromDeadRows(file, loss).options(),
                        new FromPageImages(file, loss).options(),
                        new FromPointInTime(file, loss).options(),
                        new FromDumps(file, loss).options(),
                        new FromSourceFiles(file, loss).options())
                .flatMap(List::stream)
                .sorted(Comparator.comparing(RecoveryOption::feasibility).thenComparing(RecoveryOption::way))
                .toList());
    }
}
