package io.github.rowsleuth.probe;

import java.util.List;
import java.util.Optional;

/**
 * Who runs what.
 *
 * @param answers one for each script, migration and command that was found or asked about, by name
 * @param jobs the jobs on a schedule that lead to one of them, those that were due in the window first
 * @param acts what applications, deployments and tests do to a database by themselves, the gravest first
 */
public record Automation(List<ScriptAutomation> answers, List<DueJob> jobs, List<DatabaseAct> acts) {

    /** Copies the lists. */
    public Automation {
        answers = List.copyOf(answers);
        jobs = List.copyOf(jobs);
        acts = List.copyOf(acts);
    }

    /**
     * Answers of somebody who knows of no jobs and acts.
     *
     * @param answers one for each script
     */
    public Automation(List<ScriptAutomation> answers) {
        this(answers, List.of(), List.of());
    }

    /**
     * {@return the answer for that script, migration or command, if it was asked about}
     *
     * @param name the path within the repository, or the command
     */
    public Optional<ScriptAutomation> of(String name) {
        return answers.stream().filter(a -> a.script().equals(name)).findFirst();
    }

    /** {@return the jobs that were due in the window of the incident and that nothing disables} */
    public List<DueJob> due() {
        return jobs.stream()
                .filter(j -> j.timesDue() > 0 && j.disabled().isEmpty())
                .toList();
    }
}
