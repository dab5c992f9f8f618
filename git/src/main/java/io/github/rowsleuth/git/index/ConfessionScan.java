package io.github.rowsleuth.git.index;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.evidence.Observation;
import io.github.rowsleuth.git.destruction.Secrets;
import io.github.rowsleuth.git.history.Confessions;
import io.github.rowsleuth.git.history.FileHistory;
import io.github.rowsleuth.git.store.Commit;
import io.github.rowsleuth.git.store.StoredFile;
import io.github.rowsleuth.git.store.WordSearch;
import io.github.rowsleuth.probe.Confession;
import io.github.rowsleuth.probe.Examination;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.errors.LargeObjectException;

/** Looks through messages of commits and documents for people who speak of a loss. */
public final class ConfessionScan {

    private static final int MOST = 200;
    private static final int MOST_IN_ONE = 5;
    private static final Set<String> DOCUMENTS = Set.of("md", "mdx", "rst", "txt", "adoc", "org", "markdown");
    private static final WordSearch SEARCH = new WordSearch(Confessions.MARKS);

    private final IndexedRepository repository;
    private final Examination examination;
    private final Set<String> known = new HashSet<>();
    private final List<Confession> found = new ArrayList<>();

    private ConfessionScan(IndexedRepository repository, Examination examination) {
        this.repository = repository;
        this.examination = examination;
    }

    /**
     * {@return the places that speak of a loss, commits before documents}
     *
     * @param repository the repository
     * @param history its history
     * @param examination where they are recorded
     * @throws InterruptedException if the thread is stopped
     */
    public static List<Confession> of(IndexedRepository repository, FileHistory history, Examination examination)
            throws InterruptedException {
        ConfessionScan scan = new ConfessionScan(repository, examination);
        history.changes().forEachPath(path -> scan.known.add(path.substring(path.lastIndexOf('/') + 1)));
        repository.snapshot().files().forEach(f -> scan.known.add(f.name()));
        scan.commits(history);
        scan.documents();
        return scan.found;
    }

    private void commits(FileHistory history) throws InterruptedException {
        for (int position : history.graph().telling()) {
            if (found.size() >= MOST / 2) {
                return;
            }
            try {
                Commit commit =
                        repository.repository().revisions().read(history.graph().id(position));
                for (Confessions.Line line : Confessions.in(commit.message(), MOST_IN_ONE)) {
                    EvidenceId id = examination.record(
                            new Observation.CommitFound(
                                    "",
                                    commit.id().name(),
                                    "the message of " + commit.ref().shortId() + " speaks of a loss"),
                            Moment.at(commit.committed().toInstant()),
                            repository.snapshot().provenance("message", commit.ref()),
                            Secrets.without(line.text()));
                    found.add(new Confession(
                            "",
                            line.line(),
                            Optional.of(commit.ref()),
                            Secrets.without(line.text()),
                            line.names(),
                            unknown(line.names()),
                            id));
                }
            } catch (IOException | LargeObjectException e) {
                // counted where the graph was read
            }
        }
    }

    private void documents() throws InterruptedException {
        FileTexts texts = repository.texts(new ReadCounts());
        for (StoredFile file : repository.snapshot().files()) {
            if (found.size() >= MOST) {
                return;
            }
            Optional<byte[]> bytes = document(file) ? texts.bytes(file.id()) : Optional.empty();
            if (bytes.isPresent() && tells(bytes.get())) {
                Confessions.in(FileTexts.decoded(bytes.get()), MOST_IN_ONE).forEach(line -> add(file, line));
            }
        }
    }

    private static boolean document(StoredFile file) {
        String name = file.name().toLowerCase(Locale.ROOT);
        return DOCUMENTS.contains(name.substring(name.lastIndexOf('.') + 1))
                || name.startsWith("readme")
                || name.startsWith("changelog");
    }

    private static boolean tells(byte[] bytes) {
        boolean[] tells = new boolean[1];
        SEARCH.search(bytes, (word, text, start) -> tells[0] = true);
        return tells[0];
    }

    private void add(StoredFile file, Confessions.Line line) {
        EvidenceId id = examination.record(
                new Observation.CodeFound(file.path(), line.line(), List.of(), "a document speaks of a loss"),
                Moment.notAfter(repository.snapshot().asOf().committed()),
                repository.snapshot().provenance(file.path(), line.line()),
                Secrets.without(line.text()));
        found.add(new Confession(
                file.path(),
                line.line(),
                Optional.empty(),
                Secrets.without(line.text()),
                line.names(),
                unknown(line.names()),
                id));
    }

    /** Paths that are named and that no commit has, by the name of the file. */
    private List<String> unknown(List<String> names) {
        return names.stream()
                .filter(n -> n.matches(
                        "(?:[\\w.-]+/)*[\\w-][\\w.-]*\\.(?:py|sh|sql|js|ts|mjs|cjs|rb|rake|go|php|exs?|java|kt|cs)"))
                .filter(n -> !known.contains(n.substring(n.lastIndexOf('/') + 1)))
                .toList();
    }
}
