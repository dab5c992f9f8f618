package io.github.rowsleuth.git;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Turns a resource into a repository, commit by commit. {@code = commit <time> <author>: <subject>} begins a commit,
 * {@code -- <path> --} a file, {@code ~ <path>} deletes one and {@code > <old> <new>} moves one.
 */
final class FixtureRepository {

    private final RepositoryBuilder repository;
    private final List<String> lines = new ArrayList<>();
    private String path = "";
    private String subject = "";

    private FixtureRepository(RepositoryBuilder repository) {
        this.repository = repository;
    }

    /** Builds the repository of {@code /io/github/rowsleuth/git/<name>.repo} there. */
    static GitRepository build(String name, Path folder) {
        try (RepositoryBuilder repository = RepositoryBuilder.in(folder)) {
            new FixtureRepository(repository).read(text(name));
        }
        return GitRepository.at(folder);
    }

    private static String text(String name) {
        String resource = name + ".repo";
        try (InputStream in = Objects.requireNonNull(FixtureRepository.class.getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(String text) {
        for (String line : text.split("\n", -1)) {
            if (line.startsWith("= commit ")) {
                endCommit();
                String[] head = line.substring("= commit ".length()).split(" ", 2);
                String[] who = head[1].split(": ", 2);
                repository.at(OffsetDateTime.parse(head[0])).by(who[0]);
                subject = who[1];
            } else if (line.matches("-- \\S+ --")) {
                endFile();
                path = line.substring(3, line.length() - 3);
            } else if (line.startsWith("~ ") && path.isEmpty()) {
                repository.without(line.substring(2));
            } else if (line.startsWith("> ") && path.isEmpty()) {
                String[] both = line.split(" ", -1);
                repository.move(both[1], both[2]);
            } else {
                lines.add(line);
            }
        }
        endCommit();
    }

    private void endFile() {
        if (!path.isEmpty()) {
            while (!lines.isEmpty() && lines.get(lines.size() - 1).isBlank()) {
                lines.remove(lines.size() - 1);
            }
            repository.file(path, lines.toArray(String[]::new));
        }
        lines.clear();
        path = "";
    }

    private void endCommit() {
        endFile();
        if (!subject.isEmpty()) {
            repository.commit(subject);
        }
        subject = "";
    }
}
