package io.github.rowsleuth.git.index;

import io.github.rowsleuth.git.destruction.Examiner;
import io.github.rowsleuth.git.history.FileHistory;
import io.github.rowsleuth.git.history.HistoryNotes;
import io.github.rowsleuth.git.migration.MigrationLayouts;
import io.github.rowsleuth.git.store.OpenRepository;
import io.github.rowsleuth.git.store.Snapshot;
import io.github.rowsleuth.probe.Examination;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A repository while it is examined, with what is known of it. For the thread that opened it. */
public final class IndexedRepository implements AutoCloseable {

    /** The share of the time left that comparing commits, and searching what they brought, may each take. */
    private static final double SHARE = 0.6;

    private final OpenRepository repository;
    private final Knowledge knowledge;
    private final Examination examination;
    private final Runnable release;

    IndexedRepository(OpenRepository repository, Knowledge knowledge, Examination examination, Runnable release) {
        this.repository = repository;
        this.knowledge = knowledge;
        this.examination = examination;
        this.release = release;
    }

    /** {@return the repository} */
    public OpenRepository repository() {
        return repository;
    }

    /** {@return the files of the commit} */
    public Snapshot snapshot() {
        return knowledge.snapshot;
    }

    /** {@return what lies elsewhere than a reader would expect} */
    public List<String> remarks() {
        return repository.remarks();
    }

    /**
     * {@return reads files}
     *
     * @param counts where it counts those that can not be read
     */
    public FileTexts texts(ReadCounts counts) {
        return new FileTexts(repository, counts, knowledge.contents);
    }

    /**
     * {@return what the files of the commit hold}
     *
     * @throws InterruptedException if the thread is stopped
     */
    public HeadScan head() throws InterruptedException {
        if (knowledge.head.isEmpty()) {
            knowledge.head = Optional.of(HeadScan.of(this));
        }
        return knowledge.head.get();
    }

    /**
     * {@return the lives of all files; what can not be seen of them is reported each time}
     *
     * @throws InterruptedException if the thread is stopped
     */
    public FileHistory history() throws InterruptedException {
        if (knowledge.history.isEmpty()) {
            Instant limit = limit();
            knowledge.history = Optional.of(FileHistory.read(
                    repository,
                    snapshot().commit().id(),
                    () -> examination.clock().instant().isAfter(limit)));
        }
        FileHistory history = knowledge.history.get();
        HistoryNotes.reportGaps(history, examination);
        return history;
    }

    /**
     * {@return what files held at any commit}
     *
     * @throws InterruptedException if the thread is stopped
     */
    public PastScan past() throws InterruptedException {
        if (knowledge.past.isEmpty()) {
            FileHistory history = history();
            HeadScan head = head();
            Instant limit = limit();
            knowledge.past = Optional.of(PastScan.of(
                    this, history, head, () -> examination.clock().instant().isAfter(limit)));
        }
        return knowledge.past.get();
    }

    /**
     * {@return where migrations stand in this commit}
     *
     * @throws IllegalStateException before {@link #head()}
     */
    public MigrationLayouts layouts() {
        return knowledge.head.orElseThrow(IllegalStateException::new).layouts();
    }

    /**
     * {@return examines a file, with what the commit tells of models and tests}
     *
     * @throws IllegalStateException before {@link #head()}
     */
    public Examiner examiner() {
        return knowledge.head.orElseThrow(IllegalStateException::new).examiner();
    }

    private Instant limit() {
        Duration left = examination.remaining();
        return examination.clock().instant().plusMillis((long) (left.toMillis() * SHARE));
    }

    @Override
    public void close() {
        try {
            repository.close();
        } finally {
            release.run();
        }
    }
}
