package io.github.rowsleuth.logs.application;

import io.github.rowsleuth.probe.Examination;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.regex.Pattern;

/** The files of a folder that are called like logs, by path; and the time for reading them. */
final class LogFolder {

    private static final int DEEPEST = 8;
    private static final int MOST_SEEN = 200_000;
    private static final int MOST_FILES = 10_000;
    private static final double SHARE = 0.8;
    private static final Pattern LOG = Pattern.compile(
            "(?i).*(?:\\.(?:log|out|err|jsonl|ndjson|json|txt)|[._-]log)(?:[._-][\\w-]{1,32})*(?:\\.gz)?");

    private final Examination examination;
    private final Instant end;
    private final List<Path> files = new ArrayList<>();
    private boolean cut;

    private LogFolder(Examination examination) {
        this.examination = examination;
        this.end = examination.clock().instant().plusMillis((long)
                (examination.remaining().toMillis() * SHARE));
    }

    static LogFolder of(Path root, Examination examination) throws ProbeUnavailableException, InterruptedException {
        LogFolder folder = new LogFolder(examination);
        try {
            Path real = root.toRealPath();
            if (Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)) {
                folder.files.add(real);
            } else {
                Files.walkFileTree(real, EnumSet.noneOf(FileVisitOption.class), DEEPEST, folder.new Visit());
            }
        } catch (IOException e) {
            throw new ProbeUnavailableException(
                    Files.exists(root, LinkOption.NOFOLLOW_LINKS)
                            ? "the folder " + root + " could not be read"
                            : "expected a folder with logs of an application at " + root + ", found nothing",
                    "correct the path, and run with read access to it",
                    e);
        }
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted");
        }
        Collections.sort(folder.files);
        return folder;
    }

    List<Path> files() {
        return files;
    }

    /** Whether there are more files than are looked at, or some could not be. */
    boolean cut() {
        return cut;
    }

    /** Whether the time for reading is up. */
    boolean late() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted");
        }
        return examination.clock().instant().isAfter(end);
    }

    private final class Visit extends SimpleFileVisitor<Path> {
        private int seen;

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            boolean over = ++seen > MOST_SEEN || files.size() >= MOST_FILES;
            if (over || Thread.currentThread().isInterrupted()) {
                cut = true;
                return FileVisitResult.TERMINATE;
            }
            if (attributes.isRegularFile()
                    && LOG.matcher(String.valueOf(file.getFileName())).matches()) {
                files.add(file);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            cut = true;
            return FileVisitResult.CONTINUE;
        }
    }
}
