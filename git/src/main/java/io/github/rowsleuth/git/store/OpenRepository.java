package io.github.rowsleuth.git.store;

import io.github.rowsleuth.probe.Examination;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;

/** A repository while it is being read. For one thread; nothing is written, run or fetched. */
public final class OpenRepository implements AutoCloseable {

    private final RepositoryFolder folder;
    private final References references;
    private final StoredObjects objects;
    private final Revisions revisions;

    private OpenRepository(RepositoryFolder folder, References references, StoredObjects objects) {
        this.folder = folder;
        this.references = references;
        this.objects = objects;
        this.revisions = new Revisions(objects, references);
    }

    static OpenRepository at(Path path) throws ProbeUnavailableException, IOException {
        RepositoryFolder folder = RepositoryFolder.locate(path);
        return new OpenRepository(folder, references(folder, path), StoredObjects.open(folder.objectFolders()));
    }

    private static References references(RepositoryFolder folder, Path path) throws ProbeUnavailableException {
        try {
            return References.read(folder);
        } catch (IOException e) {
            throw new ProbeUnavailableException(
                    "expected readable references in " + path + "; they can not be read: " + e.getMessage(),
                    "run in a copy of the repository: git fsck --full, or git refs verify",
                    e);
        }
    }

    RepositoryFolder folder() {
        return folder;
    }

    /** {@return its branches, tags and other references} */
    public References references() {
        return references;
    }

    /** {@return its objects} */
    public StoredObjects objects() {
        return objects;
    }

    /** {@return finds commits by what people call them} */
    public Revisions revisions() {
        return revisions;
    }

    /** {@return ids of commits whose parents were cut off, as a shallow clone lists them} */
    public Set<String> shallow() {
        return folder.shallow();
    }

    /** {@return commits that only the logs of references name, dead branches among them} */
    public Set<ObjectId> logged() {
        return Reflogs.read(folder);
    }

    /** {@return what lies elsewhere than a reader would expect} */
    public List<String> remarks() {
        return folder.remarks();
    }

    /**
     * {@return changes whenever a reference or an object comes or goes}
     *
     * @throws IOException if a folder can not be read
     */
    public String state() throws IOException {
        return references + " " + folder.shallow() + " " + objects.state();
    }

    /**
     * Reports what of the repository as a whole can not be seen.
     *
     * @param examination where to report it
     */
    public void reportGaps(Examination examination) {
        if (!folder.shallow().isEmpty()) {
            examination.gap(
                    "history is cut: the clone is shallow",
                    "commits before " + folder.shallow().size() + " cut points can not be seen, so when a file was"
                            + " introduced may be unknown",
                    "work on a full clone, or run in a copy of it: git fetch --unshallow");
        }
        if (folder.config().includes()) {
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

    /**
     * Lets a thread that was interrupted stop.
     *
     * @throws InterruptedException if it was
     */
    public static void checkInterrupt() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("the examination was stopped");
        }
    }

    @Override
    public void close() {
        objects.close();
    }
}
