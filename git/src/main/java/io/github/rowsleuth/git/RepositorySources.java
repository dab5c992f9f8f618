package io.github.rowsleuth.git;

import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.evidence.Provenance;
import io.github.rowsleuth.git.history.FileHistory;
import io.github.rowsleuth.git.index.IndexedRepository;
import io.github.rowsleuth.git.index.SharedIndex;
import io.github.rowsleuth.git.store.OpenRepository;
import io.github.rowsleuth.git.store.StoredFile;
import io.github.rowsleuth.git.store.StoredObjects;
import io.github.rowsleuth.imports.SourceContent;
import io.github.rowsleuth.imports.SourceReader;
import io.github.rowsleuth.imports.TableSources;
import io.github.rowsleuth.probe.CommitRef;
import io.github.rowsleuth.probe.Examination;
import io.github.rowsleuth.probe.Probe;
import io.github.rowsleuth.probe.Scope;
import io.github.rowsleuth.probe.Volatility;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.lib.ObjectId;

/**
 * Offers the files of a repository from which tables may have been filled: of each path what it held last before the loss
 * was noticed, on any branch, whether or not it is still there.
 */
final class RepositorySources implements Probe<TableSources> {

    static final String ID = "git.source-files";

    private static final int MOST_PATHS = 100_000;

    private final SharedIndex index;

    RepositorySources(SharedIndex index) {
        this.index = index;
    }

    @Override
    public Class<TableSources> answerType() {
        return TableSources.class;
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
        return List.of(Scope.class);
    }

    /** What a path held, and the commit that brought it. */
    private record Version(ObjectId content, CommitRef commit) {}

    @Override
    public TableSources examine(Examination examination) throws Exception {
        try (IndexedRepository repository = index.open(examination)) {
            SourceReader reader = new SourceReader(examination);
            for (Map.Entry<String, Version> file : last(repository, examination).entrySet()) {
                OpenRepository.checkInterrupt();
                reader.offer(content(file.getKey(), file.getValue(), repository));
            }
            return reader.finish("the history of " + index.source().path());
        }
    }

    private static Map<String, Version> last(IndexedRepository repository, Examination examination)
            throws InterruptedException {
        Map<String, Version> last = new TreeMap<>();
        for (StoredFile file : repository.snapshot().files()) {
            if (SourceReader.concerns(file.path())) {
                last.put(
                        file.path(),
                        new Version(file.id(), repository.snapshot().asOf()));
            }
        }
        FileHistory history = repository.history();
        Optional<Instant> noticed = examination.incident().window().notAfter();
        Map<String, Version> brought = new TreeMap<>();
        // The newest commits come first.
        history.changes().forEachContent((path, content, commit) -> {
            if (SourceReader.concerns(path) && !brought.containsKey(path) && brought.size() < MOST_PATHS) {
                CommitRef ref = history.ref(commit, repository.repository());
                if (noticed.filter(ref.committed()::isAfter).isEmpty()) {
                    brought.put(path, new Version(history.changes().contentId(content), ref));
                }
            }
        });
        last.putAll(brought);
        return last;
    }

    private SourceContent content(String path, Version version, IndexedRepository repository) {
        Provenance provenance = repository.snapshot().provenance(path, version.commit());
        String name = index.source().path().toAbsolutePath().normalize().toString();
        StoredObjects objects = repository.repository().objects();
        return new SourceContent() {
            @Override
            public String path() {
                return path;
            }

            @Override
            public Moment written() {
                return Moment.at(version.commit().committed());
            }

            @Override
            public Provenance provenance() {
                return provenance;
            }

            @Override
            public Optional<String> repository() {
                return Optional.of(name);
            }

            @Override
            public Optional<CommitRef> commit() {
                return Optional.of(version.commit());
            }

            @Override
            public InputStream open() throws IOException {
                try {
                    return new ByteArrayInputStream(objects.file(version.content(), StoredObjects.MAX_OBJECT));
                } catch (LargeObjectException e) {
                    throw new IOException("it is larger than 32 MiB", e);
                }
            }
        };
    }

    @Override
    public String toString() {
        return ID + " of " + index;
    }
}
