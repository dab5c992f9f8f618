package io.github.rowsleuth.hypothesis;

import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.probe.Arming;
import io.github.rowsleuth.probe.Automation;
import io.github.rowsleuth.probe.CodeStatement;
import io.github.rowsleuth.probe.CommitRef;
import io.github.rowsleuth.probe.DatabaseAct;
import io.github.rowsleuth.probe.DueJob;
import io.github.rowsleuth.probe.FileChange;
import io.github.rowsleuth.probe.Migration;
import io.github.rowsleuth.probe.Script;
import io.github.rowsleuth.probe.ScriptAutomation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes suspects of scripts and migrations, with what automation and history say of them. */
final class CodeCandidates {

    /** A version table is written in the transaction of its migration, or right after it. */
    private static final Duration VERSION_TABLE = Duration.ofMinutes(1);

    private final Footprints footprints;
    private final List<Automation> automation;

    CodeCandidates(CaseFile file, Footprints footprints) {
        this.footprints = footprints;
        this.automation = file.answers(Automation.class);
    }

    Candidate script(Script script) {
        Optional<ScriptAutomation> runs = automationOf(script.path());
        Suspect suspect = Suspect.builder()
                .kind(Suspect.Kind.SCRIPT)
                .name(script.path())
                .footprint(footprints.ofCode(script.statements()))
                .indirect(script.statements().stream().noneMatch(CodeCandidates::runs))
                .introduced(script.introduced())
                .automation(runs.map(ScriptAutomation::standing))
                .addAllEvidence(script.evidence())
                .build();
        return new Candidate(
                suspect,
                new Origin.Code(
                        script.statements().stream()
                                .filter(CodeCandidates::runs)
                                .toList(),
                        changes(script.history(), runs),
                        runs,
                        jobs(script.path()),
                        List.of(),
                        script.role() == Script.Role.TEST || TestCode.at(script.path()),
                        Optional.empty()));
    }

    private static boolean runs(CodeStatement statement) {
        return statement.reach() == CodeStatement.Reach.EXECUTED || statement.reach() == CodeStatement.Reach.UNKNOWN;
    }

    List<Candidate> migration(Migration migration) {
        List<Candidate> both = new ArrayList<>();
        if (!migration.up().isEmpty()) {
            both.add(migration(migration, Suspect.Kind.MIGRATION_UPGRADE, migration.up()));
        }
        if (!migration.down().isEmpty()) {
            both.add(migration(migration, Suspect.Kind.MIGRATION_DOWNGRADE, migration.down()));
        }
        return both;
    }

    private Candidate migration(Migration migration, Suspect.Kind kind, List<CodeStatement> statements) {
        boolean up = kind == Suspect.Kind.MIGRATION_UPGRADE;
        Optional<ScriptAutomation> runs = automationOf(migration.path());
        Suspect suspect = Suspect.builder()
                .kind(kind)
                .name(migration.path())
                .footprint(footprints.ofCode(statements))
                .introduced(migration.introduced())
                .moment(up ? applied(migration) : Moment.unknown())
                .alibi(up ? neverRan(migration) : Optional.empty())
                .addAllEvidence(migration.evidence())
                .build();
        DatabaseAct.Effect effect = up ? DatabaseAct.Effect.MIGRATES_UP : DatabaseAct.Effect.MIGRATES_DOWN;
        return new Candidate(
                suspect,
                new Origin.Code(
                        statements,
                        changes(migration.history(), runs),
                        runs,
                        jobs(migration.path()),
                        runs(migration.tool(), effect),
                        false,
                        Optional.of(migration).filter(m -> m.standing() != Migration.Standing.UNKNOWN)));
    }

    private static Moment applied(Migration migration) {
        return migration.applied().map(at -> Moment.at(at, VERSION_TABLE)).orElse(Moment.unknown());
    }

    private static Optional<String> neverRan(Migration migration) {
        return migration.standing() == Migration.Standing.PENDING
                ? Optional.of("the version table of " + migration.tool() + " does not have it: it was never applied")
                : Optional.empty();
    }

    private List<DatabaseAct> runs(String tool, DatabaseAct.Effect effect) {
        return automation.stream()
                .flatMap(a -> a.acts().stream())
                .filter(a -> a.effect() == effect && a.tool().equals(tool))
                .toList();
    }

    private Optional<ScriptAutomation> automationOf(String path) {
        return automation.stream().flatMap(a -> a.of(path).stream()).findFirst();
    }

    private List<DueJob> jobs(String path) {
        return automation.stream()
                .flatMap(a -> a.jobs().stream())
                .filter(j -> j.runs().contains(path) && j.disabled().isEmpty())
                .toList();
    }

    /** A file is as dangerous as its last change made it, and its surroundings. */
    private static List<CommitRef> changes(List<FileChange> history, Optional<ScriptAutomation> runs) {
        Stream<CommitRef> own = history.stream()
                .filter(c -> c.kind() != FileChange.Kind.DELETED)
                .map(FileChange::commit);
        Stream<CommitRef> armed =
                runs.stream().flatMap(a -> a.armings().stream()).map(Arming::commit);
        return Stream.concat(own, armed)
                .distinct()
                .sorted(Comparator.comparing(CommitRef::committed))
                .toList();
    }
}
