package io.github.rowsleuth.prevention;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What {@link ScriptDisabler} would do. Show it, and hand it back with its id once somebody has agreed.
 *
 * @param id stands for exactly this plan: for these files with this content
 * @param root the folder, without symbolic links
 * @param steps one for each script
 */
public record DisablePlan(String id, Path root, List<DisableStep> steps) {

    /** Copies the list. */
    public DisablePlan {
        steps = List.copyOf(steps);
    }

    /** {@return every place that runs or names one of the scripts, and will find nothing there} */
    public List<String> callers() {
        return steps.stream()
                .flatMap(step -> step.callers().stream())
                .distinct()
                .toList();
    }

    /** {@return the plan as it should be shown before anybody agrees} */
    @Override
    public String toString() {
        return "Plan " + id + ": disable " + steps.size() + (steps.size() == 1 ? " script" : " scripts") + " in " + root
                + "\n" + steps.stream().map(DisableStep::toString).collect(Collectors.joining("\n"))
                + "\nRunning processes are not stopped. Nothing is changed until this plan is confirmed with its id.";
    }
}
