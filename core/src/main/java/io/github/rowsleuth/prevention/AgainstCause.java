package io.github.rowsleuth.prevention;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.hypothesis.Act;
import io.github.rowsleuth.hypothesis.Cause;
import io.github.rowsleuth.hypothesis.Circumstance;
import io.github.rowsleuth.hypothesis.Conclusions;
import io.github.rowsleuth.hypothesis.Hypothesis;
import io.github.rowsleuth.hypothesis.Suspect;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.prevention.Recommendation.Kind;
import java.util.ArrayList;
import java.util.List;

/** What would have kept one explanation from happening. */
final class AgainstCause {

    private final Hypothesis hypothesis;
    private final List<Act> acts;
    private final boolean young;
    private final List<Recommendation> found = new ArrayList<>();

    private AgainstCause(Hypothesis hypothesis, Conclusions conclusions) {
        this.hypothesis = hypothesis;
        this.acts = conclusions.acts();
        this.young = conclusions.circumstances().stream()
                .anyMatch(c -> c.kind() == Circumstance.Kind.CLUSTER_YOUNGER_THAN_DATA);
    }

    static List<Recommendation> of(Hypothesis hypothesis, Conclusions conclusions) {
        AgainstCause against = new AgainstCause(hypothesis, conclusions);
        against.actor();
        against.mechanism();
        return against.found;
    }

    private void add(Kind kind, String target, String change, List<String> commands, String prevents) {
        found.add(new Recommendation(kind, target, change, commands, prevents, evidence()));
    }

    private List<EvidenceId> evidence() {
        return hypothesis.supporting().stream()
                .flatMap(a -> a.evidence().stream())
                .distinct()
                .toList();
    }

    static Recommendation disable(String script, String prevents, List<EvidenceId> evidence) {
        return new Recommendation(
                Kind.DISABLE_SCRIPT,
                script,
                "rename it out of reach with ScriptDisabler, or put guards before its deletions with SafeCounterpart",
                List.of(),
                prevents,
                evidence);
    }

    private void actor() {
        hypothesis.suspect().ifPresent(suspect -> {
            switch (hypothesis.cause()) {
                case MANUAL_SCRIPT, AUTOMATED_JOB -> script(suspect);
                case TEST_SUITE ->
                    add(
                            Kind.SEPARATE_TESTS,
                            suspect.name(),
                            "let tests connect to a database of their own only, and refuse every other by its name",
                            List.of("REVOKE CONNECT ON DATABASE … FROM …"),
                            "the tests could not have reached these tables");
                case MIGRATION_UPGRADE ->
                    add(
                            Kind.GUARD_MIGRATION,
                            suspect.name(),
                            "let it stop while the tables that it destroys hold rows, and copy them before",
                            List.of(),
                            "it would have refused to run");
                case MIGRATION_ROLLBACK ->
                    add(
                            Kind.GUARD_MIGRATION,
                            suspect.name(),
                            "let its downgrade raise an error instead of dropping what holds rows",
                            List.of(),
                            "nobody could have taken it back over rows");
                case SCHEMA_RESET ->
                    add(
                            Kind.CHANGE_SETTING,
                            suspect.name(),
                            "let the mapper compare the schema and change nothing, and leave changes to migrations",
                            List.of(),
                            "the start of the application would have left the tables alone");
                default -> {}
            }
        });
        if (hypothesis.cause() == Cause.CLUSTER_RECREATED || (young && hypothesis.cause() == Cause.NOT_A_LOSS)) {
            add(
                    Kind.NAME_VOLUME,
                    "the data of the server",
                    "give the volume a fixed name of its own, and mark it as external",
                    List.of(),
                    "the server would not have come up on an empty directory");
        }
    }

    private void script(Suspect suspect) {
        if (suspect.kind() == Suspect.Kind.SCHEDULED_JOB || hypothesis.cause() == Cause.AUTOMATED_JOB) {
            add(
                    Kind.REMOVE_FROM_AUTOMATION,
                    suspect.name(),
                    "take it out of what runs it, until it has guards",
                    List.of(),
                    "nothing would have run it without a person");
        }
        if (suspect.kind() == Suspect.Kind.SCRIPT) {
            found.add(disable(suspect.name(), "nobody could have started it", evidence()));
        }
    }

    /** An actor with the privileges of an owner is stopped by none that is taken back. */
    private void mechanism() {
        for (Act act : acts) {
            if (hypothesis.decidingTables().stream().anyMatch(act.explains()::contains)) {
                mechanism(act);
            }
        }
    }

    private void mechanism(Act act) {
        switch (act.fate()) {
            case TRUNCATED -> revoke("TRUNCATE", act.explains(), act.statement());
            case DELETED -> deletion(act);
            default -> {}
        }
    }

    private void deletion(Act act) {
        revoke("DELETE", act.roots(), act.statement());
        if (act.cascade()) {
            List<TableName> children = act.explains().stream()
                    .filter(t -> !act.roots().contains(t))
                    .toList();
            children.forEach(child -> add(
                    Kind.RESTRICT_FOREIGN_KEY,
                    child.toString(),
                    "make its foreign key again without ON DELETE CASCADE",
                    List.of(),
                    act.statement() + " would have failed as long as " + child + " held rows"));
        }
        act.roots()
                .forEach(root -> add(
                        Kind.SOFT_DELETE,
                        root.toString(),
                        "mark rows as deleted in a column, and remove them by a job of its own after a time of grace",
                        List.of(),
                        "the rows would still be there"));
    }

    private void revoke(String privilege, List<TableName> tables, String statement) {
        for (TableName table : tables) {
            add(
                    Kind.REVOKE_PRIVILEGE,
                    privilege + " on " + table,
                    "let the application connect as a role that does not own the table and may not " + privilege,
                    List.of("REVOKE " + privilege + " ON " + table + " FROM PUBLIC, …"),
                    statement + " would have been refused");
        }
    }
}
