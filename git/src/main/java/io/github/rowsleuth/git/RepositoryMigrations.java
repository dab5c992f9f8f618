package io.github.rowsleuth.git;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.probe.Examination;
import io.github.rowsleuth.probe.FileChange;
import io.github.rowsleuth.probe.Migration;
import io.github.rowsleuth.probe.MigrationProbe;
import io.github.rowsleuth.probe.Migrations;
import io.github.rowsleuth.probe.Volatility;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the migrations of a repository. */
final class RepositoryMigrations implements MigrationProbe {

    static final String ID = "git.migrations";

    private final RepositorySource source;

    RepositoryMigrations(RepositorySource source) {
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
    public Migrations examine(Examination examination) throws Exception {
        try (OpenRepository repository = source.open()) {
            Snapshot snapshot = source.snapshot(repository);
            repository.reportGaps(examination);
            List<FoundMigration> found = MigrationOrder.of(find(snapshot));
            snapshot.report(examination, "files that can be migrations");
            List<List<EvidenceId>> evidence = new ArrayList<>();
            for (FoundMigration migration : found) {
                String path = migration.file().path();
                List<EvidenceId> ids =
                        new ArrayList<>(CodeNotes.record(examination, snapshot, path, migration.up(), "going up: "));
                ids.addAll(CodeNotes.record(examination, snapshot, path, migration.down(), "coming down: "));
                evidence.add(ids);
            }
            if (found.isEmpty()) {
                return new Migrations(List.of());
            }
            HistoryNotes history = HistoryNotes.read(repository, snapshot, examination);
            List<Migration> migrations = new ArrayList<>();
            for (int i = 0; i < found.size(); i++) {
                migrations.add(migration(found.get(i), evidence.get(i), history));
            }
            return new Migrations(migrations);
        }
    }

    private static List<FoundMigration> find(Snapshot snapshot) throws InterruptedException {
        List<FoundMigration> found = new ArrayList<>();
        SqlMigrations sql = new SqlMigrations();
        for (StoredFile file : snapshot.files()) {
            boolean python = file.name().endsWith(".py");
            boolean candidate = python || MigrationFiles.tool(file, "").isPresent();
            Optional<String> text = candidate ? snapshot.text(file) : Optional.empty();
            if (text.isPresent()) {
                Optional<String> tool = MigrationFiles.tool(file, text.get());
                if (python && tool.isPresent()) {
                    found.add(new AlembicReader(file, text.get()).read());
                } else if (tool.isPresent()) {
                    sql.add(tool.get(), file, text.get());
                }
            }
        }
        found.addAll(sql.all());
        return found;
    }

    private static Migration migration(FoundMigration found, List<EvidenceId> evidence, HistoryNotes history)
            throws InterruptedException {
        List<FileChange> changes = history.of(found.file().path());
        List<EvidenceId> ids = new ArrayList<>(evidence);
        if (!evidence.isEmpty()) {
            ids.addAll(history.record(changes));
        }
        return Migration.builder()
                .tool(found.tool())
                .revision(found.revision())
                .path(found.file().path())
                .up(found.up())
                .down(found.down())
                .declared(found.declared())
                .history(changes)
                .evidence(ids)
                .build();
    }

    @Override
    public String toString() {
        return ID + " of " + source;
    }
}
