package io.github.rowsleuth.git;

import io.github.rowsleuth.git.automation.AutomationAnswers;
import io.github.rowsleuth.git.automation.AutomationNotes;
import io.github.rowsleuth.git.automation.AutomationSurvey;
import io.github.rowsleuth.git.automation.Target;
import io.github.rowsleuth.git.automation.arming.ArmingSearch;
import io.github.rowsleuth.git.automation.tree.RepositoryTree;
import io.github.rowsleuth.git.destruction.Secrets;
import io.github.rowsleuth.git.history.FileHistory;
import io.github.rowsleuth.git.index.HeadScan;
import io.github.rowsleuth.git.index.IndexedRepository;
import io.github.rowsleuth.git.index.ReadCounts;
import io.github.rowsleuth.git.index.SharedIndex;
import io.github.rowsleuth.git.store.Snapshot;
import io.github.rowsleuth.probe.Automation;
import io.github.rowsleuth.probe.AutomationChecker;
import io.github.rowsleuth.probe.CodeStatement;
import io.github.rowsleuth.probe.Examination;
import io.github.rowsleuth.probe.Migration;
import io.github.rowsleuth.probe.Migrations;
import io.github.rowsleuth.probe.Scripts;
import io.github.rowsleuth.probe.Volatility;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Answers who runs the scripts, migrations and destructive commands of a commit. */
final class RepositoryAutomation implements AutomationChecker {

    static final String ID = "git.automation";

    private final SharedIndex index;
    private final Set<String> alsoAsked;

    RepositoryAutomation(SharedIndex index, Set<String> alsoAsked) {
        this.index = index;
        this.alsoAsked = Set.copyOf(alsoAsked);
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Volatility volatility() {
        return Volatility.REPOSITORY;
    }

    @Override
    public List<Class<?>> buildsOn() {
        return List.of(Scripts.class, Migrations.class);
    }

    @Override
    public Automation examine(Examination examination) throws Exception {
        Duration whole = examination.remaining();
        try (IndexedRepository repository = index.open(examination)) {
            Snapshot snapshot = repository.snapshot();
            ReadCounts counts = new ReadCounts();
            RepositoryTree tree = RepositoryPast.tree(snapshot, repository.texts(counts));
            List<Target> targets = targets(examination);
            AutomationSurvey survey =
                    AutomationSurvey.of(tree, targets.stream().map(Target::name).collect(Collectors.toSet()));
            counts.report(
                    examination,
                    snapshot,
                    repository.remarks(),
                    "files that can run scripts (" + counted(survey) + ")");
            AutomationNotes notes = new AutomationNotes(
                    examination, tree, snapshot.asOf(), snapshot::provenance, snapshot::provenance, Secrets::without);
            FileHistory history = repository.history();
            RepositoryPast past =
                    new RepositoryPast(repository, index.source().path().toString());
            HeadScan head = repository.head();
            ArmingSearch armings = new ArmingSearch(
                    tree,
                    path -> history.of(path, repository.repository()),
                    past::trees,
                    head.examiner()::guards,
                    () -> examination.remaining().compareTo(whole.dividedBy(2)) > 0);
            return AutomationAnswers.of(survey, targets, notes, armings);
        }
    }

    private List<Target> targets(Examination examination) {
        List<Target> targets = new ArrayList<>();
        alsoAsked.forEach(a -> targets.add(Target.script(a, List.of())));
        examination.answers(Migrations.class).stream()
                .flatMap(m -> m.found().stream())
                .filter(m -> !m.up().isEmpty() || !m.down().isEmpty())
                .forEach(m -> targets.add(migration(m)));
        examination.answers(Scripts.class).stream()
                .flatMap(s -> s.found().stream())
                .forEach(s -> targets.add(Target.script(s.path(), lines(s.statements()))));
        return targets;
    }

    private static Target migration(Migration migration) {
        Set<String> parts = new HashSet<>();
        List<Integer> lines = new ArrayList<>();
        if (!migration.up().isEmpty()) {
            parts.add(Target.UPGRADE);
            lines.addAll(lines(migration.up()));
        }
        if (!migration.down().isEmpty()) {
            parts.add(Target.DOWNGRADE);
            lines.addAll(lines(migration.down()));
        }
        return Target.migration(migration.path(), lines, parts);
    }

    private static List<Integer> lines(List<CodeStatement> statements) {
        return statements.stream().map(CodeStatement::line).toList();
    }

    private static String counted(AutomationSurvey survey) {
        String none = survey.counts().entrySet().stream()
                .filter(e -> e.getValue() == 0)
                .map(Map.Entry::getKey)
                .collect(Collectors.joining(", "));
        String some = survey.counts().entrySet().stream()
                .filter(e -> e.getValue() > 0)
                .map(e -> e.getValue() + " " + e.getKey() + ", ")
                .collect(Collectors.joining());
        return some + survey.documents() + " documents; none of: " + none;
    }

    @Override
    public String toString() {
        return ID + " of " + index;
    }
}
