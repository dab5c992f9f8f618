package io.github.rowsleuth.probe;

import java.util.List;

/**
 * Whether anything runs one script without a person.
 *
 * @param script the path of the script
 * @param standing the answer
 * @param references the places that speak of it, those that execute it first
 */
public record ScriptAutomation(String script, Standing standing, List<AutomationReference> references) {

    /** The answer, the gravest first. */
    public enum Standing {
        /** At least one place executes it. */
        RUN_BY_AUTOMATION,
        /** A place would execute it, but the chain to it is disabled. */
        DISABLED,
        /** It is only mentioned: in a document, a permission change, a list. */
        MENTIONED,
        /** Nothing that was searched speaks of it. */
        NOT_FOUND
    }

    /** Copies the list. */
    public ScriptAutomation {
        references = List.copyOf(references);
    }
}
