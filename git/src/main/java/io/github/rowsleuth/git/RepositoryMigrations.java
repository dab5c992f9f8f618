package io.github.rowsleuth.git;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.evidence.Observation;
import io.github.rowsleuth.git.destruction.CodeNotes;
import io.github.rowsleuth.git.history.FileHistory;
import io.github.rowsleuth.git.history.HistoryNotes;
import io.github.rowsleuth.git.index.FileTexts;
import io.github.rowsleuth.git.index.HeadScan;
import io.github.rowsleuth.git.index.IndexedRepository;
import io.github.rowsleuth.git.index.ReadCounts;
import io.github.rowsleuth.git.index.SharedIndex;
import io.github.rowsleuth.git.migration.FoundMigration;
import io.github.rowsleuth.git.migration.MigrationReader;
import io.github.rowsleuth.git.migration.VersionTables;
import io.github.rowsleuth.git.store.OpenRepository;
import io.github.rowsleuth.git.store.Snapshot;
import io.github.rowsleuth.probe.AppliedMigrations;
import io.github.rowsleuth.probe.Examination;
import io.github.rowsleuth.probe.FileChange;
import io.github.rowsleuth.probe.Migration;
import io.github.rowsleuth.probe.MigrationProbe;
import io.github.rowsleuth.probe.Migrations;
import io.github.rowsleuth.probe.Volatility;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the migrations of a repository. */
final class RepositoryMigrations implements MigrationProbe {

    static final String ID = "git.migrations";

    private final SharedIndex index;

    RepositoryMigrations(SharedIndex index) {
        this.index = index;
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
        return List.of(AppliedMigrations.class);
    }

    @Override
    public Migrations examine(Examination examination) throws Exception {
        try (IndexedRepository repository = index.open(examination)) {
            ReadCounts counts = new ReadCounts();
            List<FoundMigration> found = found(repository, counts);
            counts.report(examination, repository.snapshot(), repository.remarks(), "files that are migrations");
            if (found.isEmpty()) {
                return new Migrations(List.of());
            }
            FileHistory history = repository.history();
            VersionTables versions = VersionTables.of(examination.answers(AppliedMigrations.class), found);
            List<Migration> migrations = new ArrayList<>();
            for (FoundMigration migration : found) {
                OpenRepository.checkInterrupt();
                migrations.add(migration(migration, history, versions, repository, examination));
            }
            return new Migrations(migrations);
        }
    }

    private static List<FoundMigration> found(IndexedRepository repository, ReadCounts counts)
            throws InterruptedException {
        HeadScan head = repository.head();
        FileTexts texts = repository.texts(counts);
        FileTexts others = repository.texts(new ReadCounts());
        MigrationReader reader =
                new MigrationReader(head.layouts(), head.examiner().models(), path -> other(path, repository, others));
        for (HeadScan.Migration file : head.migrations().values()) {
            texts.text(file.file()).ifPresent(text -> reader.add(file.tool(), file.file(), text));
        }
        return reader.all();
    }

    private static Optional<String> other(String path, IndexedRepository repository, FileTexts texts) {
        try {
            return repository.snapshot().file(path).isPresent()
                    ? texts.text(repository.snapshot().file(path).get())
                    : Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static Migration migration(
            FoundMigration found,
            FileHistory history,
            VersionTables versions,
            IndexedRepository repository,
            Examination examination) {
        String path = found.file().path();
        Snapshot snapshot = repository.snapshot();
        List<EvidenceId> evidence =
                new ArrayList<>(CodeNotes.record(examination, snapshot, path, found.up(), "going up: "));
        evidence.addAll(CodeNotes.record(examination, snapshot, path, found.down(), "coming down: "));
        List<FileChange> changes = history.of(path, repository.repository());
        VersionTables.Standing standing = versions.of(found);
        Migration migration = Migration.builder()
                .tool(found.tool())
                .revision(found.revision())
                .path(path)
                .after(found.after())
                .up(found.up())
                .down(found.down())
                .declared(found.declared())
                .loaded(found.loaded())
                .standing(standing.standing())
                .applied(standing.applied())
                .place(standing.place())
                .history(changes)
                .build();
        if (!evidence.isEmpty()) {
            evidence.addAll(HistoryNotes.record(changes, snapshot, examination));
            evidence.addAll(remarks(migration, repository, examination));
        }
        evidence.addAll(standing.evidence());
        return Migration.builder().from(migration).evidence(evidence).build();
    }

    /** What a reader of the migration alone would not see. */
    private static List<EvidenceId> remarks(
            Migration migration, IndexedRepository repository, Examination examination) {
        List<EvidenceId> ids = new ArrayList<>();
        for (FileChange edit : migration.edits()) {
            ids.add(record(
                    migration,
                    edit,
                    "edited " + migration.path() + " after it was brought in",
                    repository,
                    examination));
        }
        Optional<Instant> loss = examination.incident().window().notAfter();
        if (loss.isPresent() && migration.committedAfter(loss.get())) {
            migration
                    .introduced()
                    .ifPresent(c -> ids.add(record(
                            migration,
                            c,
                            "brought in " + migration.path() + " after the loss",
                            repository,
                            examination)));
        }
        return ids;
    }

    private static EvidenceId record(
            Migration migration, FileChange change, String act, IndexedRepository repository, Examination examination) {
        return examination.record(
                new Observation.CommitFound(
                        migration.path(),
                        change.commit().id(),
                        change.commit().shortId() + " by " + change.commit().author() + " " + act),
                Moment.at(change.commit().committed()),
                repository.snapshot().provenance(migration.path(), change.commit()));
    }

    @Override
    public String toString() {
        return ID + " of " + index;
    }
}
