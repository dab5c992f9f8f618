package io.github.rowsleuth.probe;

import java.util.List;

/**
 * Whether anything runs one script, migration or command without a person.
 *
 * @param script the path of the script or migration, or the command
 * @param standing the answer
 * @param references the places that speak of it, those that execute it first
 * @param chains the ways to it: first those that run, then those that a person sets off, then those that are disabled;
 *     among these the shortest first
 * @param armings the changes that made it dangerous, the newest first
 */
public record ScriptAutomation(
        String script,
        Standing standing,
        List<AutomationReference> references,
        List<AutomationChain> chains,
        List<Arming> armings) {

    /** The answer, the gravest first. */
    public enum Standing {
        /** At least one chain that begins without a person runs it. */
        RUN_BY_AUTOMATION,
        /** Only commands that a person types lead to it, such as a target of make or another script. */
        ON_DEMAND,
        /** A chain would execute it, but a link of it is disabled. */
        DISABLED,
        /** It is only mentioned: in a document, a permission change, a list. */
        MENTIONED,
        /** Nothing that was searched speaks of it. */
        NOT_FOUND
    }

    /** Copies the lists. */
    public ScriptAutomation {
        references = List.copyOf(references);
        chains = List.copyOf(chains);
        armings = List.copyOf(armings);
    }

    /**
     * An answer without chains.
     *
     * @param script the path of the script
     * @param standing the answer
     * @param references the places that speak of it
     */
    public ScriptAutomation(String script, Standing standing, List<AutomationReference> references) {
        this(script, standing, references, List.of(), List.of());
    }
}
