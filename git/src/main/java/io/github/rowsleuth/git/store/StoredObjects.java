package io.github.rowsleuth.git.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.AbbreviatedObjectId;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the objects of a repository and touches nothing.
 *
 * <p>JGit's own file repository writes {@code .probe-…} files into the folder it reads to learn the precision of its
 * time stamps, saves what it learned in the home directory and starts the git program. All of it can only be switched
 * off for the whole process, which is not for a library to do. This reader needs none of it, and the algorithms of
 * JGit work on it all the same.
 */
public final class StoredObjects extends ObjectReader {

    /** No object beyond this size, in bytes, is brought into memory. */
    public static final int MAX_OBJECT = 32 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(StoredObjects.class);

    private final LooseObjects loose;
    private final ObjectCache cache = new ObjectCache();
    private final List<PackFile> packs = new ArrayList<>();
    private final List<String> packNames = new ArrayList<>();
    private final List<String> damagedPacks = new ArrayList<>();

    private StoredObjects(List<Path> folders) {
        this.loose = new LooseObjects(folders);
    }

    static StoredObjects open(List<Path> folders) throws IOException {
        StoredObjects objects = new StoredObjects(folders);
        for (Path folder : folders) {
            objects.openPacks(folder.resolve("pack"));
        }
        return objects;
    }

    private void openPacks(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> indexes = Files.newDirectoryStream(folder, "pack-*.idx")) {
            List<Path> sorted = new ArrayList<>();
            indexes.forEach(sorted::add);
            sorted.sort(null);
            for (Path index : sorted) {
                packNames.add(index + " " + Files.size(index));
                try {
                    packs.add(PackFile.open(index, cache));
                } catch (IOException | RuntimeException e) {
                    LOG.debug("a pack can not be opened", e);
                    damagedPacks.add(String.valueOf(index.getFileName()));
                }
            }
        }
    }

    /** {@return names of packs that could not be opened} */
    List<String> damagedPacks() {
        return List.copyOf(damagedPacks);
    }

    /** What changes whenever objects come or go. */
    String state() throws IOException {
        return packNames + " " + loose.state();
    }

    /**
     * {@return the size of the object in bytes}
     *
     * @param id the object
     * @throws IOException if it is missing or damaged
     */
    public long size(AnyObjectId id) throws IOException {
        for (PackFile pack : packs) {
            long offset = pack.find(id);
            if (offset >= 0) {
                return pack.size(offset);
            }
        }
        return loose.size(id);
    }

    @Override
    public long getObjectSize(AnyObjectId id, int typeHint) throws IOException {
        return size(id);
    }

    @Override
    public boolean has(AnyObjectId id) {
        return packs.stream().anyMatch(p -> p.find(id) >= 0) || loose.has(id);
    }

    @Override
    public ObjectLoader open(AnyObjectId id, int typeHint) throws IOException {
        RawObject object = read(id, typeHint, MAX_OBJECT);
        return new ObjectLoader.SmallObject(object.type(), object.content());
    }

    /**
     * {@return the bytes of a file, shared: not to be changed}
     *
     * @param id the file
     * @param limit the most bytes to read
     * @throws org.eclipse.jgit.errors.LargeObjectException if it has more
     * @throws IOException if it is missing or damaged
     */
    public byte[] file(AnyObjectId id, int limit) throws IOException {
        return read(id, Constants.OBJ_BLOB, limit).content();
    }

    byte[] bytes(AnyObjectId id, int type) throws IOException {
        return read(id, type, MAX_OBJECT).content();
    }

    private RawObject read(AnyObjectId id, int typeHint, int limit) throws IOException {
        RawObject object = packed(id, limit);
        if (typeHint != OBJ_ANY && object.type() != typeHint) {
            throw new IncorrectObjectTypeException(id.copy(), typeHint);
        }
        return object;
    }

    /** A damaged copy in one place does not hide a sound one in another. */
    private RawObject packed(AnyObjectId id, int limit) throws IOException {
        Optional<IOException> damage = Optional.empty();
        for (int i = 0; i < packs.size(); i++) {
            PackFile pack = packs.get(i);
            long offset = pack.find(id);
            if (offset >= 0) {
                try {
                    RawObject object = pack.read(offset, limit);
                    packs.add(0, packs.remove(i));
                    return object;
                } catch (IOException e) {
                    damage = Optional.of(e);
                }
            }
        }
        try {
            return loose.read(id, limit);
        } catch (MissingObjectException e) {
            throw damage.orElse(e);
        }
    }

    /**
     * {@return the objects in the order in which they are read fastest: as they lie in their packs}
     *
     * @param ids the objects
     */
    public List<ObjectId> inReadingOrder(Collection<ObjectId> ids) {
        record Placed(ObjectId id, int pack, long offset) {}
        List<PackFile> order = List.copyOf(packs);
        List<Placed> placed = new ArrayList<>(ids.size());
        for (ObjectId id : ids) {
            int pack = 0;
            long offset = -1;
            while (pack < order.size() && offset < 0) {
                offset = order.get(pack++).find(id);
            }
            placed.add(new Placed(id, pack, offset));
        }
        placed.sort(Comparator.comparingInt(Placed::pack).thenComparingLong(Placed::offset));
        return placed.stream().map(Placed::id).toList();
    }

    @Override
    public Collection<ObjectId> resolve(AbbreviatedObjectId id) throws IOException {
        Set<ObjectId> matches = new LinkedHashSet<>();
        for (PackFile pack : packs) {
            pack.index().resolve(matches, id, 256);
        }
        loose.resolve(id, matches);
        return matches;
    }

    @Override
    public ObjectReader newReader() {
        return this;
    }

    @Override
    public Set<ObjectId> getShallowCommits() {
        return Set.of();
    }

    @Override
    public void close() {
        for (PackFile pack : packs) {
            try {
                pack.close();
            } catch (IOException e) {
                LOG.debug("a pack did not close", e);
            }
        }
    }
}
