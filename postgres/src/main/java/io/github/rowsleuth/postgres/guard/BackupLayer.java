package io.github.rowsleuth.postgres.guard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Writes the rows that are going to be hit to another file system, restores them, and compares. */
final class BackupLayer {

    private final GuardSettings settings;
    private final GuardSession session;

    BackupLayer(GuardSettings settings, GuardSession session) {
        this.settings = settings;
        this.session = session;
    }

    /** The place for backups, if it is one. */
    static Path place(GuardSettings settings) {
        try {
            Path backups = settings.backups()
                    .orElseThrow(() -> refused("expected a folder for backups, found none: call backingUpTo(…)"));
            Path files = settings.databaseFiles()
                    .orElseThrow(() -> refused("expected to be told where the files of the database are, was not"));
            if (!Files.isDirectory(backups) || !Files.isWritable(backups)) {
                throw refused("expected a folder that can be written, found none at " + backups);
            }
            if (settings.devices().same(backups, files)) {
                throw refused(
                        "expected a backup on another file system than the database, found both on one: " + backups);
            }
            return backups;
        } catch (IOException e) {
            throw new GuardException(
                    Layer.BACKUP, "expected to compare the file systems of backup and database, and could not", e);
        }
    }

    OperationBackup write(OperationPlan plan, Doomed doomed) {
        Path place = place(settings);
        try {
            refuseFull(place, doomed);
            Path folder = PrivateFiles.folder(place, "rowsleuth-" + plan.id());
            List<OperationBackup.Part> parts = new ArrayList<>();
            for (PlannedEffect effect : plan.effects()) {
                parts.add(part(folder, effect, table(doomed, effect), parts.size()));
            }
            OperationBackup backup = new OperationBackup(folder, parts);
            backup.writeManifest();
            return backup;
        } catch (IOException | SQLException e) {
            throw new GuardException(
                    Layer.BACKUP,
                    "expected a backup of every row, and could not write it ("
                            + e.getClass().getSimpleName() + "): the disk"
                            + " may be full, or a backup of this plan is there already",
                    e);
        }
    }

    private void refuseFull(Path place, Doomed doomed) throws IOException, SQLException {
        long needed = 0;
        for (TableRef table : doomed.tables()) {
            String size = """
                    SELECT coalesce(sum(pg_column_size(ROW(x.*))), 0)::bigint FROM %s x
                      JOIN %s d ON x.tableoid = d.part AND x.ctid = d.place""".formatted(table.name(), table.doomed());
            needed += session.row(size, row -> row.getLong(1));
        }
        long free = settings.devices().free(place);
        if (free / 2 < needed) {
            throw refused("expected at least twice " + needed + " bytes free at " + place + ", found " + free);
        }
    }

    private static TableRef table(Doomed doomed, PlannedEffect effect) {
        return doomed.tables().stream()
                .filter(t -> t.name().equals(effect.table()))
                .findFirst()
                .orElseThrow();
    }

    private OperationBackup.Part part(Path folder, PlannedEffect effect, TableRef table, int number)
            throws IOException, SQLException {
        String file = number + ".copy";
        PrivateFiles.<SQLException>write(
                folder,
                file,
                out -> session.copy()
                        .copyOut(
                                "COPY (SELECT " + columns(table) + " FROM " + table.name() + " x JOIN " + table.doomed()
                                        + " d ON x.tableoid = d.part AND x.ctid = d.place) TO STDOUT",
                                out));
        return new OperationBackup.Part(
                table.name(),
                file,
                effect.rows(),
                effect.digest(),
                PrivateFiles.sha256(folder.resolve(file)),
                table.columns());
    }

    private static String columns(TableRef table) {
        return table.columns().stream()
                .map(column -> "x." + TableRef.quoted(column))
                .collect(Collectors.joining(", "));
    }

    /** Reads it back from the disk into tables of this session only. */
    void prove(OperationBackup backup, Doomed doomed) {
        try {
            for (OperationBackup.Part part :
                    OperationBackup.read(backup.folder()).parts()) {
                TableRef table = doomed.tables().stream()
                        .filter(t -> t.name().equals(part.table()))
                        .findFirst()
                        .orElseThrow(() -> refused("the manifest names another table: " + part.table()));
                String name = table.restored().substring(table.restored().indexOf('.') + 1);
                session.update("CREATE TEMP TABLE " + name + " (LIKE " + table.name() + ") ON COMMIT DROP");
                backup.load(session, part, table.restored());
            }
            if (!OperationBackup.read(backup.folder()).equals(backup)) {
                throw refused("the manifest is not what was written");
            }
        } catch (IOException | SQLException e) {
            throw new GuardException(
                    Layer.BACKUP,
                    "expected a backup that can be restored, found one that can not in " + backup.folder(),
                    e);
        }
    }

    private static GuardException refused(String message) {
        return new GuardException(Layer.BACKUP, message);
    }
}
