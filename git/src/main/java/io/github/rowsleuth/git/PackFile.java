package io.github.rowsleuth.git;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.internal.storage.file.PackIndex;
import org.eclipse.jgit.internal.storage.pack.BinaryDelta;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;

/** One pack of objects (gitformat-pack(5)), opened for reading only. For one thread. */
final class PackFile implements Closeable {

    /** No object beyond this size is brought into memory. */
    static final int MAX_OBJECT = 64 << 20;

    private static final int CACHED_BYTES = 24 << 20;
    private static final int MAX_CHAIN = 4_096;

    private final PackIndex index;
    private final FileChannel channel;
    private final Inflater inflater = new Inflater();
    private final ByteBuffer window = ByteBuffer.allocate(16_384).limit(0);
    private final LinkedHashMap<Long, ObjectLoader> cache = new LinkedHashMap<>(256, 0.75f, true);
    private long cachedBytes;
    private long windowStart;

    private PackFile(PackIndex index, FileChannel channel) {
        this.index = index;
        this.channel = channel;
    }

    static PackFile open(Path indexFile) throws IOException {
        String name = String.valueOf(indexFile.getFileName());
        Path pack = indexFile.resolveSibling(name.substring(0, name.length() - ".idx".length()) + ".pack");
        PackIndex index;
        try (BufferedInputStream in = new BufferedInputStream(Files.newInputStream(indexFile))) {
            index = PackIndex.read(in);
        }
        FileChannel channel = FileChannel.open(pack, StandardOpenOption.READ);
        PackFile file = new PackFile(index, channel);
        try {
            file.checkHeader();
            return file;
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    private void checkHeader() throws IOException {
        moveTo(0);
        boolean pack = window.remaining() >= 12 && window.getInt() == 0x5041434b;
        if (!pack || window.getInt() > 3 || window.getInt() != index.getObjectCount()) {
            throw new IOException("no pack, or not the one of its index");
        }
    }

    long find(AnyObjectId id) {
        return index.findOffset(id);
    }

    PackIndex index() {
        return index;
    }

    /** The size of the object in bytes, without unpacking it. */
    long size(long offset) throws IOException {
        Header header = header(offset);
        if (header.base < 0) {
            return header.size;
        }
        byte[] start = inflate(header, (int) Math.min(header.size, 20));
        return BinaryDelta.getResultSize(start);
    }

    ObjectLoader read(long offset) throws IOException {
        Deque<Header> deltas = new ArrayDeque<>();
        long at = offset;
        ObjectLoader base = cache.get(at);
        while (base == null) {
            Header header = header(at);
            if (header.base < 0) {
                base = remember(at, new ObjectLoader.SmallObject(header.type, inflate(header, checked(header.size))));
            } else if (deltas.size() >= MAX_CHAIN) {
                throw new CorruptObjectException("a chain of deltas has no end");
            } else {
                deltas.push(header);
                at = header.base;
                base = cache.get(at);
            }
        }
        for (Header delta : deltas) {
            byte[] instructions = inflate(delta, checked(delta.size));
            checked(BinaryDelta.getResultSize(instructions));
            byte[] whole = applied(base.getCachedBytes(), instructions);
            base = remember(delta.offset, new ObjectLoader.SmallObject(base.getType(), whole));
        }
        return base;
    }

    private static byte[] applied(byte[] base, byte[] delta) throws IOException {
        try {
            return BinaryDelta.apply(base, delta);
        } catch (RuntimeException e) {
            throw new CorruptObjectException("a delta does not fit its base", e);
        }
    }

    private static int checked(long size) {
        if (size < 0 || size > MAX_OBJECT) {
            throw new LargeObjectException.ExceedsLimit(MAX_OBJECT, size);
        }
        return (int) size;
    }

    private ObjectLoader remember(long offset, ObjectLoader object) {
        if (object.getSize() <= CACHED_BYTES / 8 && cache.put(offset, object) == null) {
            cachedBytes += object.getSize();
        }
        while (cachedBytes > CACHED_BYTES) {
            Map.Entry<Long, ObjectLoader> eldest = cache.entrySet().iterator().next();
            cachedBytes -= eldest.getValue().getSize();
            cache.remove(eldest.getKey());
        }
        return object;
    }

    /** The head of an entry; {@code base} is negative for an object that is no delta. */
    private record Header(long offset, int type, long size, long base, long data) {}

    private Header header(long offset) throws IOException {
        moveTo(offset);
        int c = next();
        int type = (c >> 4) & 7;
        long size = c & 15;
        for (int shift = 4; (c & 0x80) != 0; shift += 7) {
            c = next();
            size |= (long) (c & 0x7f) << shift;
        }
        return switch (type) {
            case Constants.OBJ_COMMIT, Constants.OBJ_TREE, Constants.OBJ_BLOB, Constants.OBJ_TAG ->
                new Header(offset, type, size, -1, position());
            case Constants.OBJ_OFS_DELTA -> {
                long base = offset - distance();
                yield new Header(offset, type, size, within(base, offset), position());
            }
            case Constants.OBJ_REF_DELTA -> {
                byte[] id = new byte[Constants.OBJECT_ID_LENGTH];
                for (int i = 0; i < id.length; i++) {
                    id[i] = (byte) next();
                }
                long base = index.findOffset(ObjectId.fromRaw(id));
                yield new Header(offset, type, size, within(base, Long.MAX_VALUE), position());
            }
            default -> throw new CorruptObjectException("an entry of a pack has the unknown type " + type);
        };
    }

    private static long within(long base, long limit) throws IOException {
        if (base < 12 || base >= limit) {
            throw new CorruptObjectException("the base of a delta is not in its pack");
        }
        return base;
    }

    private long distance() throws IOException {
        int c = next();
        long distance = c & 0x7f;
        while ((c & 0x80) != 0) {
            c = next();
            distance = ((distance + 1) << 7) | (c & 0x7f);
        }
        return distance;
    }

    private byte[] inflate(Header header, int wanted) throws IOException {
        moveTo(header.data);
        inflater.reset();
        byte[] result = new byte[wanted];
        int done = 0;
        try {
            while (done < wanted) {
                if (inflater.needsInput()) {
                    if (!window.hasRemaining()) {
                        fill(position());
                    }
                    inflater.setInput(window);
                }
                int n = inflater.inflate(result, done, wanted - done);
                done += n;
                if (n == 0 && (inflater.finished() || inflater.needsDictionary())) {
                    return Arrays.copyOf(result, endsAt(done, wanted));
                }
            }
            return result;
        } catch (DataFormatException e) {
            throw new CorruptObjectException("an entry of a pack can not be unpacked", e);
        }
    }

    private static int endsAt(int done, int wanted) throws IOException {
        if (done < wanted) {
            throw new CorruptObjectException("an entry of a pack is shorter than it says");
        }
        return done;
    }

    private void moveTo(long offset) throws IOException {
        long within = offset - windowStart;
        if (within >= 0 && within < window.limit()) {
            window.position((int) within);
        } else {
            fill(offset);
        }
    }

    private void fill(long offset) throws IOException {
        windowStart = offset;
        window.clear();
        int n = channel.read(window, offset);
        window.flip();
        if (n <= 0) {
            throw new EOFException("a pack ends too early");
        }
    }

    private long position() {
        return windowStart + window.position();
    }

    private int next() throws IOException {
        if (!window.hasRemaining()) {
            fill(position());
        }
        return window.get() & 0xff;
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        channel.close();
    }
}
