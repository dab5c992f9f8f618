package io.github.rowsleuth.git;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.AbbreviatedObjectId;
import org.eclipse.jgit.lib.AnyObjectId;
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
final class StoredObjects extends ObjectReader {

    private static final Logger LOG = LoggerFactory.getLogger(StoredObjects.class);

    private final List<Path> folders;
    private final List<PackFile> packs = new ArrayList<>();
    private final List<String> damagedPacks = new ArrayList<>();

    private StoredObjects(List<Path> folders) {
        this.folders = folders;
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
                try {
                    packs.add(PackFile.open(index));
                } catch (IOException e) {
                    damagedPacks.add(String.valueOf(index.getFileName()));
                }
            }
        }
    }

    /** Names of packs that could not be opened. */
    List<String> damagedPacks() {
        return List.copyOf(damagedPacks);
    }

    long size(AnyObjectId id) throws IOException {
        for (PackFile pack : packs) {
            long offset = pack.find(id);
            if (offset >= 0) {
                return pack.size(offset);
            }
        }
        return looseSize(id);
    }

    @Override
    public long getObjectSize(AnyObjectId id, int typeHint) throws IOException {
        return size(id);
    }

    @Override
    public ObjectLoader open(AnyObjectId id, int typeHint) throws IOException {
        ObjectLoader object = read(id);
        if (typeHint != OBJ_ANY && object.getType() != typeHint) {
            throw new IncorrectObjectTypeException(id.copy(), typeHint);
        }
        return object;
    }

    byte[] bytes(AnyObjectId id, int type) throws IOException {
        return open(id, type).getCachedBytes(PackFile.MAX_OBJECT);
    }

    private ObjectLoader read(AnyObjectId id) throws IOException {
        for (int i = 0; i < packs.size(); i++) {
            PackFile pack = packs.get(i);
            long offset = pack.find(id);
            if (offset >= 0) {
                if (i > 0) {
                    packs.add(0, packs.remove(i));
                }
                return pack.read(offset);
            }
        }
        return loose(id);
    }

    private long looseSize(AnyObjectId id) throws IOException {
        try (InputStream in = looseStream(id)) {
            return header(in, id).size;
        }
    }

    private ObjectLoader loose(AnyObjectId id) throws IOException {
        try (InputStream in = looseStream(id)) {
            Header header = header(in, id);
            return whole(in, id, header.type, header.size);
        } catch (ZipException | EOFException e) {
            throw new CorruptObjectException(id, "its file can not be unpacked");
        }
    }

    private InputStream looseStream(AnyObjectId id) throws IOException {
        String name = id.name();
        for (Path folder : folders) {
            Path file = folder.resolve(name.substring(0, 2)).resolve(name.substring(2));
            if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                return new InflaterInputStream(Files.newInputStream(file));
            }
        }
        throw new MissingObjectException(id.copy(), "object");
    }

    private record Header(int type, long size) {}

    private static Header header(InputStream in, AnyObjectId id) throws IOException {
        StringBuilder head = new StringBuilder();
        for (int c = in.read(); c > 0 && head.length() <= 32; c = in.read()) {
            head.append((char) c);
        }
        int space = head.indexOf(" ");
        int type = List.of("", "commit", "tree", "blob", "tag").indexOf(space < 0 ? "?" : head.substring(0, space));
        try {
            if (type > 0) {
                return new Header(type, Long.parseLong(head.substring(space + 1)));
            }
        } catch (NumberFormatException e) {
            throw new CorruptObjectException(id, "the size in its header can not be read");
        }
        throw new CorruptObjectException(id, "its header can not be read");
    }

    private static ObjectLoader whole(InputStream in, AnyObjectId id, int type, long size) throws IOException {
        if (size > PackFile.MAX_OBJECT) {
            throw new LargeObjectException.ExceedsLimit(PackFile.MAX_OBJECT, size);
        }
        byte[] content = in.readNBytes((int) size);
        if (content.length < size) {
            throw new CorruptObjectException(id, "it is shorter than it says");
        }
        return new ObjectLoader.SmallObject(type, content);
    }

    @Override
    public Collection<ObjectId> resolve(AbbreviatedObjectId id) throws IOException {
        Set<ObjectId> matches = new LinkedHashSet<>();
        for (PackFile pack : packs) {
            pack.index().resolve(matches, id, 256);
        }
        for (Path folder : folders) {
            Path sub = folder.resolve(id.name().substring(0, 2));
            if (Files.isDirectory(sub)) {
                try (DirectoryStream<Path> files = Files.newDirectoryStream(sub)) {
                    for (Path file : files) {
                        String name = sub.getFileName() + "" + file.getFileName();
                        if (ObjectId.isId(name) && id.prefixCompare(ObjectId.fromString(name)) == 0) {
                            matches.add(ObjectId.fromString(name));
                        }
                    }
                }
            }
        }
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
