package io.github.rowsleuth.git;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;

/** Builds a repository commit by commit, with people and times of one's own. The files lie in objects only. */
final class RepositoryBuilder implements AutoCloseable {

    static {
        SystemReader.setInstance(new WithoutSettings(SystemReader.getInstance()));
    }

    private final Path root;
    private final Repository repository;
    private final Map<String, byte[]> files = new TreeMap<>();
    private final Map<String, ObjectId> submodules = new TreeMap<>();
    private String branch = "main";
    private Instant time = Instant.parse("2025-01-01T00:00:00Z");
    private ZoneId zone = ZoneOffset.UTC;
    private String author = "Ada";

    private RepositoryBuilder(Path root, boolean bare) {
        this.root = root;
        try {
            FileRepositoryBuilder builder = new FileRepositoryBuilder();
            builder = bare ? builder.setGitDir(root.toFile()).setBare() : builder.setWorkTree(root.toFile());
            repository = builder.setup().build();
            repository.create(bare);
            repository.updateRef(Constants.HEAD).link(Constants.R_HEADS + branch);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static RepositoryBuilder in(Path root) {
        return new RepositoryBuilder(root, false);
    }

    static RepositoryBuilder bareIn(Path root) {
        return new RepositoryBuilder(root, true);
    }

    RepositoryBuilder on(String branchName) {
        branch = branchName;
        return this;
    }

    RepositoryBuilder at(String instant) {
        return at(OffsetDateTime.parse(instant));
    }

    RepositoryBuilder at(OffsetDateTime moment) {
        time = moment.toInstant();
        zone = moment.getOffset();
        return this;
    }

    RepositoryBuilder by(String name) {
        author = name;
        return this;
    }

    RepositoryBuilder file(String path, String... lines) {
        return file(path, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    RepositoryBuilder file(String path, byte[] content) {
        files.put(path, content);
        return this;
    }

    /** A repository within this one, at a commit that is not here. */
    RepositoryBuilder submodule(String path, ObjectId commit) {
        submodules.put(path, commit);
        return this;
    }

    RepositoryBuilder without(String path) {
        files.remove(path);
        return this;
    }

    /** Leaves no file. */
    RepositoryBuilder empty() {
        files.clear();
        return this;
    }

    RepositoryBuilder move(String from, String to) {
        files.put(to, files.remove(from));
        return this;
    }

    /** Commits the files on the branch, which begins at {@code main} where it is new. */
    ObjectId commit(String message) {
        return commit(message, List.of());
    }

    ObjectId merge(ObjectId other, String message) {
        return commit(message, List.of(other));
    }

    /** Merges several at once, which git calls an octopus. */
    ObjectId merge(List<ObjectId> others, String message) {
        return commit(message, others);
    }

    private ObjectId commit(String message, List<ObjectId> others) {
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(tree(inserter));
            commit.setParentIds(parents(others));
            PersonIdent ident = new PersonIdent(author, author + "@example.org", time, zone);
            commit.setAuthor(ident);
            commit.setCommitter(ident);
            commit.setMessage(message + "\n\nA body.\n");
            ObjectId id = inserter.insert(commit);
            inserter.flush();
            RefUpdate update = repository.updateRef(Constants.R_HEADS + branch);
            update.setNewObjectId(id);
            update.disableRefLog();
            update.forceUpdate();
            time = time.plusSeconds(60);
            return id;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<ObjectId> parents(List<ObjectId> others) throws IOException {
        List<ObjectId> parents = new ArrayList<>();
        ObjectId tip = repository.resolve(Constants.R_HEADS + branch);
        ObjectId main = repository.resolve(Constants.R_HEADS + "main");
        if (tip != null || main != null) {
            parents.add(tip != null ? tip : main);
        }
        parents.addAll(others);
        return parents;
    }

    private ObjectId tree(ObjectInserter inserter) throws IOException {
        DirCache cache = DirCache.newInCore();
        DirCacheBuilder builder = cache.builder();
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            DirCacheEntry entry = new DirCacheEntry(file.getKey());
            entry.setFileMode(FileMode.REGULAR_FILE);
            entry.setObjectId(inserter.insert(Constants.OBJ_BLOB, file.getValue()));
            builder.add(entry);
        }
        for (Map.Entry<String, ObjectId> submodule : submodules.entrySet()) {
            DirCacheEntry entry = new DirCacheEntry(submodule.getKey());
            entry.setFileMode(FileMode.GITLINK);
            entry.setObjectId(submodule.getValue());
            builder.add(entry);
        }
        builder.finish();
        return cache.writeTree(inserter);
    }

    Path root() {
        return root;
    }

    Path gitFolder() {
        return repository.getDirectory().toPath();
    }

    /** The id that the content has as a blob. */
    static ObjectId blob(String... lines) {
        try (ObjectInserter.Formatter formatter = new ObjectInserter.Formatter()) {
            return formatter.idFor(
                    Constants.OBJ_BLOB, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Loses an object, as a partial clone or a damaged disk does. */
    RepositoryBuilder lose(ObjectId id) throws IOException {
        String name = id.name();
        Files.delete(gitFolder().resolve("objects/" + name.substring(0, 2) + "/" + name.substring(2)));
        return this;
    }

    /** Puts all objects into a pack with deltas, and all references into one file. */
    RepositoryBuilder pack() {
        try {
            org.eclipse.jgit.internal.storage.file.GC gc =
                    new org.eclipse.jgit.internal.storage.file.GC((FileRepository) repository);
            gc.setExpireAgeMillis(0);
            gc.setPackExpireAgeMillis(0);
            gc.gc().get();
            return this;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        repository.close();
    }

    /** Keeps the tests from reading and writing settings of the person who runs them. */
    private static final class WithoutSettings extends SystemReader.Delegate {

        WithoutSettings(SystemReader reader) {
            super(reader);
        }

        @Override
        public FileBasedConfig openUserConfig(Config parent, FS fs) {
            return new NoFile(parent, fs);
        }

        @Override
        public FileBasedConfig openSystemConfig(Config parent, FS fs) {
            return new NoFile(parent, fs);
        }

        @Override
        public FileBasedConfig openJGitConfig(Config parent, FS fs) {
            return new NoFile(parent, fs);
        }
    }

    private static final class NoFile extends FileBasedConfig {

        NoFile(Config parent, FS fs) {
            super(parent, new java.io.File("no-settings"), fs);
        }

        @Override
        public void load() {}

        @Override
        public void save() {}

        @Override
        public boolean isOutdated() {
            return false;
        }
    }
}
