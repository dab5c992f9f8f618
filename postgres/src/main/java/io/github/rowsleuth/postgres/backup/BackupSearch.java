package io.github.rowsleuth.postgres.backup;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.evidence.Observation;
import io.github.rowsleuth.evidence.Provenance;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.probe.Coverage;
import io.github.rowsleuth.probe.Examination;
import io.github.rowsleuth.probe.Probe;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import io.github.rowsleuth.probe.Volatility;
import io.github.rowsleuth.recovery.BackedUpTable;
import io.github.rowsleuth.recovery.Backup;
import io.github.rowsleuth.recovery.Backups;
import io.github.rowsleuth.server.WriteAheadLog;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Walks through a folder and looks into everything that may be a backup. */
final class BackupSearch implements Probe<Backups> {

    private static final int DEEPEST = 8;
    private static final int MOST_FILES = 100_000;

    private final Path root;
    private final DumpTime time;

    BackupSearch(Path root, DumpTime time) {
        this.root = root;
        this.time = time;
    }

    @Override
    public Class<Backups> answerType() {
        return Backups.class;
    }

    @Override
    public String id() {
        return "postgres.backups";
    }

    // Backups expire like logs are rotated.
    @Override
    public Volatility volatility() {
        return Volatility.LOG;
    }

    // How large a file of the log is.
    @Override
    public List<Class<?>> buildsOn() {
        return List.of(WriteAheadLog.class);
    }

    @Override
    public Backups examine(Examination examination) throws ProbeUnavailableException, InterruptedException {
        if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            throw new ProbeUnavailableException(
                    "expected a folder with backups at " + root + ", found nothing",
                    "correct the path; mount the volume with the backups where it is");
        }
        Visit visit = new Visit(examination);
        try {
            Files.walkFileTree(root, EnumSet.noneOf(java.nio.file.FileVisitOption.class), DEEPEST, visit);
        } catch (InterruptedIOException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedException("interrupted");
            }
            visit.partial = true;
            examination.gap(
                    "the deadline came before every file below " + root + " was looked into",
                    "there may be more backups, and more recent ones",
                    "allow more time with deadline(…), or name a smaller folder");
        } catch (IOException e) {
            throw new ProbeUnavailableException(
                    "the folder " + root + " could not be read", "run with read access to it", e);
        }
        return visit.answer();
    }

    private final class Visit extends SimpleFileVisitor<Path> {
        private final Examination examination;
        private final BackupReader reader;
        private final List<Backup> found = new ArrayList<>();
        private final ArchivedFiles archive;
        private int files;
        private boolean partial;

        Visit(Examination examination) {
            this.archive = new ArchivedFiles(examination.answers(WriteAheadLog.class));
            this.examination = examination;
            this.reader = new BackupReader(time, examination.incident(), new Pace(examination));
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
            Optional<Backup> backup = attempt(folder, reader::folder);
            backup.ifPresent(b -> add(b, attributes));
            return backup.isPresent() ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            if (archive.add(file, attributes)) {
                return FileVisitResult.CONTINUE;
            }
            if (++files > MOST_FILES) {
                partial = true;
                examination.gap(
                        "there are more than " + MOST_FILES + " files below " + root,
                        "there may be more backups",
                        "name a smaller folder");
                return FileVisitResult.TERMINATE;
            }
            if (attributes.isRegularFile()) {
                attempt(file, reader::file).ifPresent(b -> add(b, attributes));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            unreadable(file, "it could not be read");
            return FileVisitResult.CONTINUE;
        }

        private Optional<Backup> attempt(Path path, Attempt attempt) throws IOException {
            try {
                return attempt.read(path);
            } catch (InterruptedIOException e) {
                throw e;
            } catch (DamagedBackupException | java.io.EOFException e) {
                unreadable(path, String.valueOf(e.getMessage()));
            } catch (IOException e) {
                unreadable(path, "it could not be read");
            }
            return Optional.empty();
        }

        private void unreadable(Path path, String why) {
            partial = true;
            examination.gap(
                    path + ": " + why,
                    "what it could bring back is unknown",
                    "look into it with pg_restore -l, and check the rights on it");
        }

        /** A dump was begun before its file was last written, whatever its header says. */
        private void add(Backup backup, BasicFileAttributes attributes) {
            Moment written = Moment.notAfter(attributes.lastModifiedTime().toInstant());
            Moment begun = backup.begun().narrowedBy(written);
            EvidenceId id = examination.record(
                    new Observation.ServerFact(summary(backup)), begun, new Provenance(root.toString(), backup.path()));
            found.add(Backup.builder().from(backup).begun(begun).addEvidence(id).build());
        }

        private String summary(Backup backup) {
            String what = backup.path() + " is a backup in the format "
                    + backup.format().name().toLowerCase(Locale.ROOT)
                    + backup.database().map(d -> " of the database " + d).orElse("")
                    + backup.serverVersion().map(v -> ", from PostgreSQL " + v).orElse("")
                    + backup.recoveryFrom()
                            .map(l -> ", recovery begins at " + l)
                            .orElse("");
            String tables = examination.incident().tables().stream()
                    .filter(t -> !backup.tables().isEmpty())
                    .map(t -> rows(t, backup.of(t)))
                    .collect(Collectors.joining("; "));
            return what
                    + (tables.isEmpty() ? "" : "; " + tables)
                    + backup.damage().map(d -> "; damaged: " + d).orElse("");
        }

        private String rows(TableName table, Optional<BackedUpTable> in) {
            return in.map(t -> !t.withData()
                            ? t.table() + " without its rows"
                            : t.table() + " with "
                                    + t.rows().map(n -> n + " rows").orElse("its rows"))
                    .orElse(table + " is not in it");
        }

        Backups answer() {
            found.sort(Comparator.comparing(Backup::path));
            String read = found.size() + " backups below " + root + ", among " + files + " files";
            examination.coverage(partial ? Coverage.partial(read) : Coverage.complete(read));
            return new Backups(
                    found, archive.recorded(root, examination).stream().toList());
        }
    }

    @FunctionalInterface
    private interface Attempt {
        Optional<Backup> read(Path path) throws IOException;
    }
}
