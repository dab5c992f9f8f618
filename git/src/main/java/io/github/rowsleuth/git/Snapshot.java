package io.github.rowsleuth.git;

import io.github.rowsleuth.evidence.Provenance;
import io.github.rowsleuth.probe.CommitRef;
import io.github.rowsleuth.probe.Coverage;
import io.github.rowsleuth.probe.Examination;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;

/** The files of one commit, and how many of them could be read. For one thread. */
final class Snapshot {

    /** Files beyond this size are not read. */
    static final int MAX_FILE = 1 << 20;

    private static final int BINARY_CHECK = 8_192;
    private static final int MAX_DEPTH = 64;

    private final OpenRepository repository;
    private final Commit commit;
    private final String source;
    private final List<StoredFile> files = new ArrayList<>();
    private int read;
    private int large;
    private int binary;
    private int missing;
    private int missingFolders;
    private int submodules;

    private Snapshot(OpenRepository repository, Commit commit, String source) {
        this.repository = repository;
        this.commit = commit;
        this.source = source;
    }

    static Snapshot of(OpenRepository repository, Commit commit, String name) throws InterruptedException {
        Snapshot snapshot = new Snapshot(
                repository, commit, "git:" + name + "@" + commit.ref().shortId());
        snapshot.walk("", commit.tree(), 0);
        snapshot.files.sort(Comparator.comparing(StoredFile::path));
        return snapshot;
    }

    private void walk(String prefix, ObjectId tree, int depth) throws InterruptedException {
        OpenRepository.checkInterrupt();
        Map<String, TreeEntry> entries;
        try {
            entries = repository.trees().entries(tree);
        } catch (IOException | LargeObjectException e) {
            missingFolders++;
            return;
        }
        for (TreeEntry entry : entries.values()) {
            if (entry.file()) {
                files.add(new StoredFile(prefix + entry.name(), entry.id()));
            } else if (entry.folder() && depth < MAX_DEPTH && !Trees.FOREIGN.contains(entry.name())) {
                walk(prefix + entry.name() + "/", entry.id(), depth + 1);
            } else if (org.eclipse.jgit.lib.FileMode.GITLINK.equals(entry.mode())) {
                submodules++;
            }
        }
    }

    /** The files, by path; folders of foreign code are left out. */
    List<StoredFile> files() {
        return files;
    }

    CommitRef asOf() {
        return commit.ref();
    }

    Commit commit() {
        return commit;
    }

    /** The text of a file; empty, and counted, where it is too large, binary or missing. */
    Optional<String> text(StoredFile file) throws InterruptedException {
        OpenRepository.checkInterrupt();
        try {
            if (repository.objects().size(file.id()) > MAX_FILE) {
                large++;
                return Optional.empty();
            }
            byte[] content = repository.objects().bytes(file.id(), Constants.OBJ_BLOB);
            for (int i = 0; i < Math.min(content.length, BINARY_CHECK); i++) {
                if (content[i] == 0) {
                    binary++;
                    return Optional.empty();
                }
            }
            read++;
            return Optional.of(new String(content, StandardCharsets.UTF_8));
        } catch (IOException | LargeObjectException e) {
            missing++;
            return Optional.empty();
        }
    }

    Provenance provenance(String path, int line) {
        return new Provenance(source, path + ":" + line);
    }

    Provenance provenance(String path, CommitRef at) {
        return new Provenance(source.substring(0, source.lastIndexOf('@') + 1) + at.shortId(), path);
    }

    /** Says how much was read of {@code what}, and why the rest was not. */
    void report(Examination examination, String what) {
        StringJoiner skipped = new StringJoiner(", ", "; not read: ", "").setEmptyValue("");
        count(skipped, large, "larger than 1 MiB");
        count(skipped, binary, "binary");
        count(skipped, missing, "missing");
        count(skipped, missingFolders, "folders missing");
        count(skipped, submodules, "submodules");
        String detail = read + " " + what + " of " + files.size() + " files at "
                + commit.ref().shortId() + skipped;
        for (String remark : repository.folder().remarks()) {
            detail += "; " + remark;
        }
        boolean partial = large + missing + missingFolders + submodules > 0;
        examination.coverage(partial ? Coverage.partial(detail) : Coverage.complete(detail));
        if (missing + missingFolders > 0) {
            examination.gap(
                    missing + " files and " + missingFolders + " folders of the commit are missing from the repository",
                    "what they hold can not be known; it may be a partial clone, or damaged",
                    "work on a full clone, or run in a copy of it: git fsck --full");
        }
        if (large > 0) {
            examination.gap(
                    large + " files are larger than 1 MiB",
                    "statements in them are not found",
                    "look into large scripts and dumps by hand");
        }
    }

    private static void count(StringJoiner into, int number, String what) {
        if (number > 0) {
            into.add(number + " " + what);
        }
    }
}
