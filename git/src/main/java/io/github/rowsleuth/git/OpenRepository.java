package io.github.rowsleuth.git;

import io.github.rowsleuth.probe.Examination;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.lib.ObjectId;

/** A repository while it is being read. For one thread; nothing is written, run or fetched. */
final class OpenRepository implements AutoCloseable {

    private final RepositoryFolder folder;
    private final References references;
    private final StoredObjects objects;
    private final Trees trees;
    private final Revisions revisions;

    private OpenRepository(RepositoryFolder folder, References references, StoredObjects objects) {
        this.folder = folder;
        this.references = references;
        this.objects = objects;
        this.trees = new Trees(objects);
        this.revisions = new Revisions(objects, references);
    }

    static OpenRepository at(Path path) throws ProbeUnavailableException, IOException {
        RepositoryFolder folder = RepositoryFolder.locate(path);
        return new OpenRepository(folder, References.read(folder), StoredObjects.open(folder.objectFolders()));
    }

    RepositoryFolder folder() {
        return folder;
    }

    References references() {
        return references;
    }

    StoredObjects objects() {
        return objects;
    }

    Trees trees() {
        return trees;
    }

    Revisions revisions() {
        return revisions;
    }

    /** The commit, or empty and its id among the unreadable ones. */
    Optional<Commit> tryRead(ObjectId id, Set<String> unreadable) {
        try {
            return Optional.of(revisions.read(id));
        } catch (IOException | LargeObjectException e) {
            unreadable.add(id.name());
            return Optional.empty();
        }
    }

    /** Reports what of the repository as a whole can not be seen. */
    void reportGaps(Examination examination) {
        if (!folder.shallow().isEmpty()) {
            examination.gap(
                    "history is cut: the clone is shallow",
                    "commits before " + folder.shallow().size() + " cut points can not be seen, so when a file was"
                            + " introduced may be unknown",
                    "work on a full clone, or run in a copy of it: git fetch --unshallow");
        }
        if (folder.ignoresIncludes()) {
            examination.gap(
                    "the repository's configuration includes other files",
                    "they were not opened, so settings in them are unknown",
                    "look at [include] in its file config");
        }
        if (!objects.damagedPacks().isEmpty()) {
            examination.gap(
                    objects.damagedPacks().size() + " packs can not be opened: "
                            + objects.damagedPacks().get(0),
                    "the objects in them are missing: files and commits may be overlooked",
                    "run in a copy of it: git fsck --full");
        }
        if (!references.broken().isEmpty()) {
            examination.gap(
                    "references hold no commit: " + String.join(", ", references.broken()),
                    "commits that only they reach can not be seen",
                    "run in a copy of it: git fsck --full");
        }
    }

    static void checkInterrupt() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("the examination was stopped");
        }
    }

    @Override
    public void close() {
        objects.close();
    }
}
