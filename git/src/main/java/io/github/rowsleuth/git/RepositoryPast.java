package io.github.rowsleuth.git;

import io.github.rowsleuth.git.automation.arming.CommitTrees;
import io.github.rowsleuth.git.automation.tree.RepositoryTree;
import io.github.rowsleuth.git.automation.tree.TreeFile;
import io.github.rowsleuth.git.index.FileTexts;
import io.github.rowsleuth.git.index.IndexedRepository;
import io.github.rowsleuth.git.index.ReadCounts;
import io.github.rowsleuth.git.store.Commit;
import io.github.rowsleuth.git.store.OpenRepository;
import io.github.rowsleuth.git.store.Snapshot;
import io.github.rowsleuth.git.store.StoredFile;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.errors.LargeObjectException;

/** The files of commits, for those who compare them. For one thread. */
final class RepositoryPast {

    private static final int MAX_KEPT = 60;

    private final IndexedRepository repository;
    private final String name;
    private final Map<String, RepositoryTree> kept = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, RepositoryTree> eldest) {
            return size() > MAX_KEPT;
        }
    };

    RepositoryPast(IndexedRepository repository, String name) {
        this.repository = repository;
        this.name = name;
    }

    /** The files of a commit; an interrupt leaves the rest unread, and whoever reads them notices it. */
    static RepositoryTree tree(Snapshot snapshot, FileTexts texts) {
        Map<String, StoredFile> stored = new LinkedHashMap<>();
        snapshot.files().forEach(f -> stored.put(f.path(), f));
        List<TreeFile> files = stored.values().stream()
                .map(f -> new TreeFile(f.path(), f.id().name()))
                .toList();
        return new RepositoryTree(files, file -> {
            try {
                StoredFile known = stored.get(file.path());
                return known == null ? Optional.empty() : texts.text(known);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
        });
    }

    /** A commit beside its first parent; empty where one of them can not be read. */
    Optional<CommitTrees> trees(String id) {
        try {
            Commit commit = repository.repository().revisions().commit(id);
            RepositoryTree before = commit.parents().isEmpty()
                    ? new RepositoryTree(List.of(), f -> Optional.empty())
                    : tree(commit.parents().get(0).name());
            return Optional.of(new CommitTrees(before, tree(id)));
        } catch (IOException | LargeObjectException | ProbeUnavailableException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private RepositoryTree tree(String id) throws IOException, ProbeUnavailableException, InterruptedException {
        RepositoryTree known = kept.get(id);
        if (known == null) {
            OpenRepository opened = repository.repository();
            known = tree(Snapshot.of(opened, opened.revisions().commit(id), name), repository.texts(new ReadCounts()));
            kept.put(id, known);
        }
        return known;
    }
}
