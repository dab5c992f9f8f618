package io.github.rowsleuth.git.automation.settings;

import io.github.rowsleuth.probe.DatabaseAct.Effect;
import java.util.List;
import java.util.Optional;

/**
 * A setting or a call that changes a schema when its application starts.
 *
 * @param tool the mapper or migration tool
 * @param text the setting with its value
 * @param profile the profile it belongs to; empty for the main one
 * @param inEffect whether it holds when the application starts as the repository says
 * @param because what was weighed to say so
 * @param code whether it stands in a program, so that it holds only where that code is run
 */
public record Setting(
        Effect effect,
        String tool,
        String text,
        String file,
        int line,
        Optional<String> profile,
        boolean inEffect,
        List<String> because,
        boolean code) {

    public Setting {
        because = List.copyOf(because);
    }
}
