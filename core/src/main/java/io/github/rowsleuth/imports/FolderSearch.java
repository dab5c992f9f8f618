package io.github.rowsleuth.imports;

import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.evidence.Provenance;
import io.github.rowsleuth.probe.Examination;
import io.github.rowsleuth.probe.Probe;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import io.github.rowsleuth.probe.Scope;
import io.github.rowsleuth.probe.Volatility;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Walks through folders and offers every file that may be a source of tables. */
final class FolderSearch implements Probe<TableSources> {

    private static final int DEEPEST = 16;
    private static final int MOST_FILES = 1_000_000;
    private static final double SHARE = 0.4;

    private final List<Path> roots;

    FolderSearch(List<Path> roots) {
        this.roots = roots;
    }

    @Override
    public Class<TableSources> answerType() {
        return TableSources.class;
    }

    @Override
    public String id() {
        return "files.sources";
    }

    // Folders of imports are cleared like logs are rotated.
    @Override
    public Volatility volatility() {
        return Volatility.LOG;
    }

    @Override
    public List<Class<?>> buildsOn() {
        return List.of(Scope.class);
    }

    @Override
    public TableSources examine(Examination examination) throws ProbeUnavailableException, InterruptedException {
        SourceReader reader = new SourceReader(examination);
        Budget budget = Budget.of(examination, SHARE);
        int[] files = {0};
        for (Path root : roots) {
            walk(root, new Visit(root, examination, reader, budget, files));
        }
        return reader.finish(roots.stream().map(Path::toString).collect(Collectors.joining(", ")));
    }

    private static void walk(Path root, Visit visit) throws ProbeUnavailableException, InterruptedException {
        try {
            // The folder that was named may be a link; what is in it may not.
            Files.walkFileTree(root.toRealPath(), EnumSet.noneOf(FileVisitOption.class), DEEPEST, visit);
        } catch (InterruptedIOException e) {
            throw new InterruptedException("interrupted");
        } catch (IOException e) {
            throw new ProbeUnavailableException(
                    Files.exists(root, LinkOption.NOFOLLOW_LINKS)
                            ? "the folder " + root + " could not be read"
                            : "expected a folder with files that were imported at " + root + ", found nothing",
                    "correct the path, and run with read access to it",
                    e);
        }
        visit.report();
    }

    private static final class Visit extends SimpleFileVisitor<Path> {
        private final Path root;
        private final Examination examination;
        private final SourceReader reader;
        private final Budget budget;
        private final int[] files;
        private final List<String> unreadable = new ArrayList<>();
        private boolean cut;

        Visit(Path root, Examination examination, SourceReader reader, Budget budget, int[] files) {
            this.root = root;
            this.examination = examination;
            this.reader = reader;
            this.budget = budget;
            this.files = files;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            if (++files[0] > MOST_FILES || budget.spent()) {
                cut = true;
                return FileVisitResult.TERMINATE;
            }
            if (attributes.isRegularFile() && SourceReader.concerns(file.toString())) {
                offer(file, attributes);
            }
            return FileVisitResult.CONTINUE;
        }

        private void offer(Path file, BasicFileAttributes attributes) throws IOException {
            try {
                reader.offer(new FileContent(
                        file,
                        Moment.at(attributes.lastModifiedTime().toInstant()),
                        new Provenance(root.toString(), file.toString())));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted");
            }
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            unreadable.add(file.toString());
            return FileVisitResult.CONTINUE;
        }

        void report() {
            if (!unreadable.isEmpty()) {
                examination.gap(
                        unreadable.size() + " files and folders below " + root + " could not be read: "
                                + Shown.list(unreadable),
                        "there may be more sources in them",
                        "run with read access to them");
            }
            if (cut) {
                examination.gap(
                        "not every file below " + root + " was seen: there are too many, or the time was up",
                        "there may be more sources",
                        "name a smaller folder, or allow more time with probeDeadline(…)");
            }
        }
    }

    private record FileContent(Path place, Moment written, Provenance provenance) implements SourceContent {
        @Override
        public String path() {
            return place.toString();
        }

        @Override
        public Optional<Path> file() {
            return Optional.of(place);
        }

        @Override
        public InputStream open() throws IOException {
            return Files.newInputStream(place, LinkOption.NOFOLLOW_LINKS);
        }
    }
}
