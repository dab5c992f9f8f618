package io.github.rowsleuth.git.store;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.AbbreviatedObjectId;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.ObjectId;

/** Objects that lie in files of their own. Symbolic links are not followed. */
final class LooseObjects {

    private static final int FOLDERS = 256;

    private final List<Path> folders;

    LooseObjects(List<Path> folders) {
        this.folders = folders;
    }

    boolean has(AnyObjectId id) {
        return folders.stream().anyMatch(f -> Files.isRegularFile(file(f, id.name()), LinkOption.NOFOLLOW_LINKS));
    }

    /** What changes whenever a file comes or goes. */
    String state() throws IOException {
        long hash = 0;
        for (Path folder : folders) {
            for (int i = 0; i < FOLDERS; i++) {
                Path sub = folder.resolve(String.format("%02x", i));
                long changed =
                        Files.isDirectory(sub) ? Files.getLastModifiedTime(sub).toMillis() : 0;
                hash = 31 * hash + changed;
            }
        }
        return Long.toHexString(hash);
    }

    long size(AnyObjectId id) throws IOException {
        try (InputStream in = stream(id)) {
            return header(in, id).size;
        }
    }

    RawObject read(AnyObjectId id, int limit) throws IOException {
        try (InputStream in = stream(id)) {
            Header header = header(in, id);
            if (header.size > limit) {
                throw new LargeObjectException.ExceedsLimit(limit, header.size);
            }
            byte[] content = in.readNBytes((int) header.size);
            if (content.length < header.size) {
                throw new CorruptObjectException(id, "it is shorter than it says");
            }
            if (in.read() >= 0) {
                throw new CorruptObjectException(id, "it is longer than it says");
            }
            return new RawObject(header.type, content);
        } catch (ZipException | EOFException e) {
            throw new CorruptObjectException(id, "its file can not be unpacked");
        }
    }

    private static Path file(Path folder, String name) {
        return folder.resolve(name.substring(0, 2)).resolve(name.substring(2));
    }

    private InputStream stream(AnyObjectId id) throws IOException {
        for (Path folder : folders) {
            Path file = file(folder, id.name());
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
            long size = type > 0 ? Long.parseLong(head.substring(space + 1)) : -1;
            if (size >= 0) {
                return new Header(type, size);
            }
        } catch (NumberFormatException e) {
            throw new CorruptObjectException(id, "the size in its header can not be read");
        }
        throw new CorruptObjectException(id, "its header can not be read");
    }

    void resolve(AbbreviatedObjectId id, Set<ObjectId> into) throws IOException {
        for (Path folder : folders) {
            Path sub = folder.resolve(id.name().substring(0, 2));
            if (Files.isDirectory(sub)) {
                try (DirectoryStream<Path> files = Files.newDirectoryStream(sub)) {
                    for (Path file : files) {
                        String name = sub.getFileName() + "" + file.getFileName();
                        if (ObjectId.isId(name) && id.prefixCompare(ObjectId.fromString(name)) == 0) {
                            into.add(ObjectId.fromString(name));
                        }
                    }
                }
            }
        }
    }
}
