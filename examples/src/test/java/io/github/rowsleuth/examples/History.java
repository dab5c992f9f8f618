package io.github.rowsleuth.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;

/** Writes a repository commit by commit, by authors and at times of one's own. The files lie in objects only. */
public final class History {

    private final Path gitFolder;
    private final ObjectInserter objects;
    private final Map<String, String> files = new TreeMap<>();
    private final Map<String, ObjectId> branches = new HashMap<>();

    private History(Path gitFolder) {
        this.gitFolder = gitFolder;
        this.objects = new LooseObjects(gitFolder.resolve("objects"));
    }

    public static History in(Path folder) throws IOException {
        Path gitFolder = folder.resolve(".git");
        Files.createDirectories(gitFolder.resolve("objects"));
        Files.createDirectories(gitFolder.resolve("refs/heads"));
        Files.writeString(gitFolder.resolve("HEAD"), "ref: refs/heads/main\n");
        Files.writeString(gitFolder.resolve("config"), "[core]\n\trepositoryformatversion = 0\n\tbare = false\n");
        return new History(gitFolder);
    }

    /** Adds files, or gives them the content they finally have. */
    public History add(String... paths) {
        for (String path : paths) {
            files.put(path, Resources.text("repository/" + path));
        }
        return this;
    }

    public History without(String path) {
        files.remove(path);
        return this;
    }

    public History edit(String path, String content) {
        files.put(path, content);
        return this;
    }

    /** A branch that begins where main is. */
    public void branch(String name) {
        branches.put(name, tip("main"));
    }

    /** Commits all files on the branch, with the other branches as further parents. */
    public void commit(String branch, String author, String time, String message, String... merged) {
        OffsetDateTime when = OffsetDateTime.parse(time);
        String address = author.toLowerCase(Locale.ROOT) + "@example.org";
        PersonIdent person = new PersonIdent(author, address, when.toInstant(), when.getOffset());
        CommitBuilder commit = new CommitBuilder();
        commit.setParentIds(parents(branch, merged));
        commit.setAuthor(person);
        commit.setCommitter(person);
        commit.setMessage(message + "\n");
        try {
            commit.setTreeId(tree());
            ObjectId id = objects.insert(commit);
            branches.put(branch, id);
            Files.writeString(gitFolder.resolve("refs/heads/" + branch), id.name() + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<ObjectId> parents(String branch, String... merged) {
        List<ObjectId> parents = new ArrayList<>();
        if (branches.containsKey(branch)) {
            parents.add(tip(branch));
        }
        for (String other : merged) {
            parents.add(tip(other));
        }
        return parents;
    }

    private ObjectId tip(String branch) {
        ObjectId tip = branches.get(branch);
        if (tip == null) {
            throw new IllegalStateException("expected a commit on " + branch + "; commit there first");
        }
        return tip;
    }

    private ObjectId tree() throws IOException {
        DirCache cache = DirCache.newInCore();
        DirCacheBuilder builder = cache.builder();
        for (Map.Entry<String, String> file : files.entrySet()) {
            DirCacheEntry entry = new DirCacheEntry(file.getKey());
            entry.setFileMode(FileMode.REGULAR_FILE);
            entry.setObjectId(objects.insert(Constants.OBJ_BLOB, file.getValue().getBytes(StandardCharsets.UTF_8)));
            builder.add(entry);
        }
        builder.finish();
        return cache.writeTree(objects);
    }
}
