package io.github.rowsleuth.git.store;

import io.github.rowsleuth.evidence.Provenance;
import io.github.rowsleuth.probe.CommitRef;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.lib.ObjectId;

/** The files of one commit. Holds names only, and no open file. */
public final class Snapshot {

    private static final int MAX_DEPTH = 64;
    private static final int MAX_FILES = 500_000;

    private final Commit commit;
    private final String source;
    private final List<StoredFile> files = new ArrayList<>();
    private int missingFolders;
    private int foreignFolders;
    private int submodules;
    private boolean cut;

    private Snapshot(Commit commit, String source) {
        this.commit = commit;
        this.source = source;
    }

    /**
     * {@return the files of a commit}
     *
     * @param repository the repository
     * @param commit the commit
     * @param name what people call the repository
     * @throws InterruptedException if the thread is stopped
     */
    public static Snapshot of(OpenRepository repository, Commit commit, String name) throws InterruptedException {
        Snapshot snapshot =
                new Snapshot(commit, "git:" + name + "@" + commit.ref().shortId());
        snapshot.walk(repository.objects(), "", commit.tree(), 0);
        snapshot.files.sort(Comparator.comparing(StoredFile::path));
        return snapshot;
    }

    private void walk(StoredObjects objects, String prefix, ObjectId tree, int depth) throws InterruptedException {
        OpenRepository.checkInterrupt();
        List<TreeEntry> entries;
        try {
            entries = Trees.entries(objects, tree);
        } catch (IOException | LargeObjectException e) {
            missingFolders++;
            return;
        }
        for (TreeEntry entry : entries) {
            if (files.size() >= MAX_FILES || depth >= MAX_DEPTH) {
                cut = true;
            } else if (entry.file()) {
                files.add(new StoredFile(prefix + entry.name(), entry.id()));
            } else if (entry.folder() && Trees.foreign(entry.name())) {
                foreignFolders++;
            } else if (entry.folder()) {
                walk(objects, prefix + entry.name() + "/", entry.id(), depth + 1);
            } else if (entry.submodule()) {
                submodules++;
            }
        }
    }

    /** {@return the files, by path; folders of foreign code are left out} */
    public List<StoredFile> files() {
        return files;
    }

    /**
     * {@return the file of that path}
     *
     * @param path the path, with slashes
     */
    public Optional<StoredFile> file(String path) {
        return files.stream().filter(f -> f.path().equals(path)).findFirst();
    }

    /** {@return the commit as reports name it} */
    public CommitRef asOf() {
        return commit.ref();
    }

    /** {@return the commit} */
    public Commit commit() {
        return commit;
    }

    /** {@return how many folders are missing or damaged} */
    public int missingFolders() {
        return missingFolders;
    }

    /** {@return how many folders were left out because they hold other people's code, or what a build made} */
    public int foreignFolders() {
        return foreignFolders;
    }

    /** {@return how many other repositories are linked in, which are not read} */
    public int submodules() {
        return submodules;
    }

    /** {@return whether there are more files, or deeper folders, than are looked at} */
    public boolean cut() {
        return cut;
    }

    /**
     * {@return names a line of a file at this commit}
     *
     * @param path the file
     * @param line the line, from 1
     */
    public Provenance provenance(String path, int line) {
        return new Provenance(source, path + ":" + line);
    }

    /**
     * {@return names a file at another commit of the same repository}
     *
     * @param path the file
     * @param at the commit
     */
    public Provenance provenance(String path, CommitRef at) {
        return new Provenance(source.substring(0, source.lastIndexOf('@') + 1) + at.shortId(), path);
    }
}
