package io.github.rowsleuth.probe;

import java.util.List;
import java.util.Optional;

/**
 * Who runs the scripts.
 *
 * @param answers one for each script that was found, by path
 */
public record Automation(List<ScriptAutomation> answers) {

    /** Copies the list. */
    public Automation {
        answers = List.copyOf(answers);
    }

    /**
     * {@return the answer for that script, if it was asked about}
     *
     * @param path the path within the repository
     */
    public Optional<ScriptAutomation> of(String path) {
        return answers.stream().filter(a -> a.script().equals(path)).findFirst();
    }
}
