package io.github.rowsleuth.git;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.probe.CodeStatement;
import io.github.rowsleuth.probe.Examination;
import io.github.rowsleuth.probe.FileChange;
import io.github.rowsleuth.probe.Script;
import io.github.rowsleuth.probe.ScriptFinder;
import io.github.rowsleuth.probe.Scripts;
import io.github.rowsleuth.probe.Volatility;
import io.github.rowsleuth.sql.StatementKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds scripts by what they hold and by what they are called. */
final class RepositoryScripts implements ScriptFinder {

    static final String ID = "git.scripts";

    /** Kinds that lose no rows and no columns: a file that holds nothing else is no suspect. */
    private static final Set<StatementKind> LOSE_NO_DATA = EnumSet.of(
            StatementKind.UPSERT_UPDATE,
            StatementKind.DROP_VIEW,
            StatementKind.DROP_SEQUENCE,
            StatementKind.DROP_INDEX,
            StatementKind.DROP_FUNCTION,
            StatementKind.DROP_TRIGGER,
            StatementKind.DROP_RULE,
            StatementKind.DROP_POLICY,
            StatementKind.DROP_PUBLICATION,
            StatementKind.DROP_SUBSCRIPTION,
            StatementKind.DROP_ROLE,
            StatementKind.DROP_SERVER,
            StatementKind.DROP_FOREIGN_DATA_WRAPPER,
            StatementKind.DROP_CONSTRAINT);

    private static final int MAX_STATEMENTS = 1_000;

    private final RepositorySource source;

    RepositoryScripts(RepositorySource source) {
        this.source = source;
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
    public Scripts examine(Examination examination) throws Exception {
        try (OpenRepository repository = source.open()) {
            Snapshot snapshot = source.snapshot(repository);
            repository.reportGaps(examination);
            List<Found> found = find(snapshot);
            snapshot.report(examination, "files of code");
            List<List<EvidenceId>> evidence = new ArrayList<>();
            for (Found script : found) {
                cut(script, examination);
                evidence.add(CodeNotes.record(examination, snapshot, script.file.path(), script.statements, ""));
            }
            HistoryNotes history = HistoryNotes.read(repository, snapshot, examination);
            List<Script> scripts = new ArrayList<>();
            for (int i = 0; i < found.size(); i++) {
                scripts.add(script(found.get(i), evidence.get(i), history, snapshot));
            }
            return new Scripts(scripts);
        }
    }

    /** A script before its history is looked at. */
    record Found(
            StoredFile file, Language language, List<CodeStatement> statements, boolean cut, List<String> guards) {}

    static List<Found> find(Snapshot snapshot) throws InterruptedException {
        List<Found> found = new ArrayList<>();
        for (StoredFile file : snapshot.files()) {
            Optional<Language> named = Language.ofName(file.name());
            if (named.isPresent() || !file.name().contains(".")) {
                snapshot.text(file)
                        .flatMap(
                                text -> named.or(() -> Language.ofShebang(text)).flatMap(l -> look(file, l, text)))
                        .ifPresent(found::add);
            }
        }
        return found;
    }

    private static Optional<Found> look(StoredFile file, Language language, String text) {
        if (MigrationFiles.tool(file, text).isPresent()) {
            return Optional.empty();
        }
        boolean scriptLike = SuspiciousNames.scriptLike(file, language, text);
        List<CodeStatement> all = statements(language, text, scriptLike);
        List<CodeStatement> statements = all.stream()
                .filter(s -> !LOSE_NO_DATA.contains(s.statement().kind()))
                .toList();
        if (statements.isEmpty() && !(scriptLike && SuspiciousNames.suspicious(file))) {
            return Optional.empty();
        }
        boolean cut = statements.size() > MAX_STATEMENTS;
        List<CodeStatement> kept = cut ? statements.subList(0, MAX_STATEMENTS) : statements;
        return Optional.of(new Found(file, language, kept, cut, Guards.in(text)));
    }

    private static List<CodeStatement> statements(Language language, String text, boolean scriptLike) {
        boolean orm = language == Language.PYTHON && scriptLike && OrmDeletes.worthReading(text);
        if (!orm && !StatementFinder.worthReading(language, text)) {
            return List.of();
        }
        if (language == Language.SQL) {
            return StatementFinder.inSql(text, 1);
        }
        Program program = language.read(text);
        List<CodeStatement> found = new ArrayList<>(StatementFinder.in(program));
        if (orm) {
            found.addAll(OrmDeletes.in(program));
            found.sort(Comparator.comparingInt(CodeStatement::line));
        }
        return found;
    }

    private static void cut(Found script, Examination examination) {
        if (script.cut) {
            examination.gap(
                    script.file.path() + " holds more than " + MAX_STATEMENTS + " destructive statements",
                    "the others are not listed",
                    "read that file by hand");
        }
    }

    private static Script script(Found found, List<EvidenceId> evidence, HistoryNotes history, Snapshot snapshot)
            throws InterruptedException {
        List<FileChange> changes = history.of(found.file.path());
        List<EvidenceId> ids = new ArrayList<>(evidence);
        ids.addAll(history.record(changes));
        return Script.builder()
                .path(found.file.path())
                .language(found.language.label())
                .asOf(snapshot.asOf())
                .statements(found.statements)
                .suspiciousName(SuspiciousNames.suspicious(found.file))
                .guards(found.guards)
                .history(changes)
                .evidence(ids)
                .build();
    }

    @Override
    public String toString() {
        return ID + " of " + source;
    }
}
