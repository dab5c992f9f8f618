package io.github.rowsleuth.hypothesis;

import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.probe.Automation;
import io.github.rowsleuth.probe.CodeStatement;
import io.github.rowsleuth.probe.DeletionCluster;
import io.github.rowsleuth.probe.FileChange;
import io.github.rowsleuth.probe.Migration;
import io.github.rowsleuth.probe.Migrations;
import io.github.rowsleuth.probe.ObservedStatement;
import io.github.rowsleuth.probe.Scope;
import io.github.rowsleuth.probe.Script;
import io.github.rowsleuth.probe.ScriptAutomation;
import io.github.rowsleuth.probe.Scripts;
import io.github.rowsleuth.probe.StatementEnd;
import io.github.rowsleuth.probe.Statements;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Everything in reach that could have done it: scripts, migrations in both directions, statements that were seen. */
final class Suspects {

    private final CaseFile file;
    private final Footprints footprints;

    Suspects(CaseFile file, List<TableFate> fates) {
        this.file = file;
        List<TableName> known = fates.stream().map(TableFate::table).toList();
        this.footprints = new Footprints(known, Closures.of(file.answer(Scope.class)));
    }

    List<Suspect> all() {
        List<Suspect> suspects = new ArrayList<>();
        file.answers(Statements.class).forEach(s -> suspects.addAll(seen(s)));
        file.answers(Scripts.class).forEach(s -> s.destructive().forEach(o -> suspects.add(script(o))));
        file.answers(Migrations.class).forEach(m -> m.found().forEach(o -> suspects.addAll(migration(o))));
        return suspects;
    }

    private Suspect script(Script script) {
        boolean indirect = script.statements().stream().noneMatch(Suspects::runs);
        Optional<ScriptAutomation.Standing> standing = file.answers(Automation.class).stream()
                .flatMap(a -> a.of(script.path()).stream())
                .map(ScriptAutomation::standing)
                .findFirst();
        return Suspect.builder()
                .kind(Suspect.Kind.SCRIPT)
                .name(script.path())
                .footprint(footprints.ofCode(script.statements()))
                .indirect(indirect)
                .introduced(script.introduced())
                .automation(standing)
                .addAllEvidence(script.evidence())
                .build();
    }

    private static boolean runs(CodeStatement statement) {
        return statement.reach() == CodeStatement.Reach.EXECUTED || statement.reach() == CodeStatement.Reach.UNKNOWN;
    }

    private List<Suspect> migration(Migration migration) {
        List<Suspect> both = new ArrayList<>();
        if (!migration.up().isEmpty()) {
            both.add(migration(migration, Suspect.Kind.MIGRATION_UPGRADE, migration.up()));
        }
        if (!migration.down().isEmpty()) {
            both.add(migration(migration, Suspect.Kind.MIGRATION_DOWNGRADE, migration.down()));
        }
        return both;
    }

    private Suspect migration(Migration migration, Suspect.Kind kind, List<CodeStatement> statements) {
        return Suspect.builder()
                .kind(kind)
                .name(migration.path())
                .footprint(footprints.ofCode(statements))
                .introduced(migration.history().stream()
                        .filter(c -> c.kind() == FileChange.Kind.ADDED)
                        .findFirst())
                .addAllEvidence(migration.evidence())
                .build();
    }

    /** What one session did in one go is one suspect; a statement by itself rarely touches every table that was hit. */
    private List<Suspect> seen(Statements statements) {
        List<Suspect> suspects = new ArrayList<>();
        statements.clusters().forEach(c -> suspects.add(cluster(c)));
        Set<ObservedStatement> clustered = new HashSet<>();
        statements.clusters().forEach(c -> clustered.addAll(c.statements()));
        statements.seen().stream().filter(s -> !clustered.contains(s)).forEach(s -> suspects.add(statement(s)));
        return suspects;
    }

    private Suspect cluster(DeletionCluster cluster) {
        List<ObservedStatement> statements = cluster.statements();
        return Suspect.builder()
                .kind(Suspect.Kind.STATEMENT)
                .name(statements.size() + " statements of one session, the first "
                        + statements.get(0).statement())
                .footprint(footprints.of(
                        statements.stream().map(ObservedStatement::statement).toList()))
                .moment(cluster.span())
                .addAllEvidence(
                        statements.stream().map(ObservedStatement::evidence).toList())
                .build();
    }

    private Suspect statement(ObservedStatement seen) {
        return Suspect.builder()
                .kind(Suspect.Kind.STATEMENT)
                .name(seen.statement() + " at " + seen.moment())
                .footprint(footprints.of(List.of(seen.statement())))
                .moment(seen.moment())
                .alibi(alibi(seen))
                .addEvidence(seen.evidence())
                .build();
    }

    private static Optional<String> alibi(ObservedStatement seen) {
        if (seen.end() == StatementEnd.FAILED) {
            return Optional.of(
                    "it failed" + seen.sqlState().map(s -> " (" + s + ")").orElse("") + " and removed nothing");
        }
        return seen.end() == StatementEnd.ROLLED_BACK
                ? Optional.of("it was rolled back and removed nothing")
                : Optional.empty();
    }
}
