package io.github.rowsleuth.prevention;

import io.github.rowsleuth.evidence.EvidenceId;
import java.util.List;

/**
 * One change that would have kept an incident of the evidence from happening, or its like. It is never carried out here.
 *
 * @param kind what sort of change
 * @param target what is to be changed: a file, a table, a setting
 * @param change what to do, in one sentence without a full stop
 * @param commands SQL that does it, where SQL does; to be run as the owner of the tables, {@code …} standing for a role
 * @param prevents what of the evidence would not have happened, in one sentence without a full stop
 * @param evidence where that was recorded
 */
public record Recommendation(
        Kind kind, String target, String change, List<String> commands, String prevents, List<EvidenceId> evidence) {

    /** What sort of change, the one that takes the cause away first. */
    public enum Kind {
        /** Rename a script so that nothing runs it; {@link ScriptDisabler} does that and can undo it. */
        DISABLE_SCRIPT,
        /** Take a job off its schedule, or out of the chain that runs it. */
        REMOVE_FROM_AUTOMATION,
        /** Change a setting that destroys data when an application starts. */
        CHANGE_SETTING,
        /** Keep tests from the database. */
        SEPARATE_TESTS,
        /** Take back a privilege from the role of the application. */
        REVOKE_PRIVILEGE,
        /** Let a foreign key refuse instead of following. */
        RESTRICT_FOREIGN_KEY,
        /** Let a migration refuse as long as there are rows. */
        GUARD_MIGRATION,
        /** Mark rows as deleted, and remove them later. */
        SOFT_DELETE,
        /** Give the data of the server a name that no renaming of a folder changes. */
        NAME_VOLUME
    }

    /** Copies the lists. */
    public Recommendation {
        commands = List.copyOf(commands);
        evidence = List.copyOf(evidence);
    }

    @Override
    public String toString() {
        return target + ": " + change;
    }
}
