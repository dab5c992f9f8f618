package io.github.rowsleuth.git.index;

import io.github.rowsleuth.git.store.Commit;
import io.github.rowsleuth.git.store.OpenRepository;
import io.github.rowsleuth.git.store.RepositorySource;
import io.github.rowsleuth.git.store.Snapshot;
import io.github.rowsleuth.probe.Examination;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import java.io.IOException;
import java.lang.ref.SoftReference;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The one index that the probes of a repository share. Whoever comes first makes what it needs, and the others find it
 * made; what one was stopped in the middle of, the next one begins anew. Between examinations only what was learned is
 * kept, as long as there is memory for it, and only for a repository that did not change since. Safe for several
 * threads, one of which reads at a time.
 */
public final class SharedIndex {

    private final RepositorySource source;
    private final ReentrantLock lock = new ReentrantLock(true);
    private SoftReference<Knowledge> kept = new SoftReference<>(null);

    /**
     * Makes the index of a repository, which is not opened yet.
     *
     * @param source the repository, and the revision to look at
     */
    public SharedIndex(RepositorySource source) {
        this.source = source;
    }

    /** {@return the repository, and the revision to look at} */
    public RepositorySource source() {
        return source;
    }

    /**
     * {@return the repository, opened and listed; to be closed by the same thread}
     *
     * @param examination how long there is time, and where gaps of the repository as a whole are reported
     * @throws ProbeUnavailableException if there is no such repository or revision
     * @throws IOException if it can not be read
     * @throws InterruptedException if the thread is stopped while it waits for another one, or reads
     */
    public IndexedRepository open(Examination examination)
            throws ProbeUnavailableException, IOException, InterruptedException {
        lock.lockInterruptibly();
        boolean opened = false;
        try {
            OpenRepository repository = source.open();
            try {
                Commit commit = repository.revisions().commit(source.revision());
                repository.reportGaps(examination);
                IndexedRepository indexed =
                        new IndexedRepository(repository, knowledge(repository, commit), examination, lock::unlock);
                opened = true;
                return indexed;
            } finally {
                if (!opened) {
                    repository.close();
                }
            }
        } finally {
            if (!opened) {
                lock.unlock();
            }
        }
    }

    private Knowledge knowledge(OpenRepository repository, Commit commit) throws IOException, InterruptedException {
        String state = commit.id().name() + " " + repository.state();
        Knowledge known = kept.get();
        if (known == null || !known.state.equals(state)) {
            known = new Knowledge(
                    state, Snapshot.of(repository, commit, source.path().toString()));
            kept = new SoftReference<>(known);
        }
        return known;
    }

    @Override
    public String toString() {
        return source.toString();
    }
}
