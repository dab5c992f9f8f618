package io.github.rowsleuth.git.store;

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
import java.util.Deque;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.internal.storage.file.PackIndex;
import org.eclipse.jgit.internal.storage.pack.BinaryDelta;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/** One pack of objects (gitformat-pack(5)), opened for reading only. For one thread. */
final class PackFile implements Closeable {

    private static final int MAX_CHAIN = 4_096;
    private static final int WINDOW_BITS = 15;
    private static final int WINDOWS = 8;

    private final PackIndex index;
    private final FileChannel channel;
    private final ObjectCache cache;
    private final Inflater inflater = new Inflater();
    /** Stretches of the file read last; a chain of deltas leads back and forth between a few of them. */
    private final @Nullable ByteBuffer[] windows = new ByteBuffer[WINDOWS];

    private final long[] starts = new long[WINDOWS];
    private final byte[] trailer = new byte[1];
    private ByteBuffer window = ByteBuffer.allocate(0);
    private long windowStart;

    private PackFile(PackIndex index, FileChannel channel, ObjectCache cache) {
        this.index = index;
        this.channel = channel;
        this.cache = cache;
    }

    static PackFile open(Path indexFile, ObjectCache cache) throws IOException {
        String name = String.valueOf(indexFile.getFileName());
        Path pack = indexFile.resolveSibling(name.substring(0, name.length() - ".idx".length()) + ".pack");
        PackIndexFile.check(indexFile);
        PackIndex index;
        try (BufferedInputStream in = new BufferedInputStream(Files.newInputStream(indexFile))) {
            index = PackIndex.read(in);
        }
        FileChannel channel = FileChannel.open(pack, StandardOpenOption.READ);
        PackFile file = new PackFile(index, channel, cache);
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

    /** Where the object begins in the pack; negative where the pack does not hold it. */
    long find(AnyObjectId id) {
        return index.findOffset(id);
    }

    PackIndex index() {
        return index;
    }

    /** The size of the object in bytes, without unpacking it. */
    long size(long offset) throws IOException {
        Header header = header(offset);
        return header.base < 0 ? header.size : BinaryDelta.getResultSize(inflate(header, header.size, 20));
    }

    /** The object, if it has at most {@code limit} bytes. */
    RawObject read(long offset, int limit) throws IOException {
        Deque<Header> deltas = new ArrayDeque<>();
        long at = offset;
        RawObject base = cache.get(this, at);
        while (base == null) {
            Header header = header(at);
            if (header.base < 0) {
                base = cache.put(this, at, whole(header, deltas.isEmpty() ? limit : StoredObjects.MAX_OBJECT));
            } else if (deltas.size() >= MAX_CHAIN) {
                throw new CorruptObjectException("a chain of deltas has no end");
            } else {
                deltas.push(header);
                at = header.base;
                base = cache.get(this, at);
            }
        }
        while (!deltas.isEmpty()) {
            Header delta = deltas.pop();
            base = cache.put(
                    this, delta.offset, applied(base, delta, deltas.isEmpty() ? limit : StoredObjects.MAX_OBJECT));
        }
        checked(base.content().length, limit);
        return base;
    }

    private RawObject whole(Header header, int limit) throws IOException {
        return new RawObject(header.type, inflate(header, header.size, checked(header.size, limit)));
    }

    private RawObject applied(RawObject base, Header delta, int limit) throws IOException {
        byte[] instructions = inflate(delta, delta.size, checked(delta.size, StoredObjects.MAX_OBJECT));
        try {
            checked(BinaryDelta.getResultSize(instructions), limit);
            return new RawObject(base.type(), BinaryDelta.apply(base.content(), instructions));
        } catch (IllegalArgumentException | IndexOutOfBoundsException | NegativeArraySizeException e) {
            throw new CorruptObjectException("a delta does not fit its base", e);
        }
    }

    private static int checked(long size, int limit) {
        if (size < 0 || size > limit) {
            throw new LargeObjectException.ExceedsLimit(limit, size);
        }
        return (int) size;
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

    /** The first {@code wanted} bytes of an entry, all of them checked against their sum where all are wanted. */
    private byte[] inflate(Header header, long size, int wanted) throws IOException {
        moveTo(header.data);
        inflater.reset();
        byte[] result = new byte[(int) Math.min(size, wanted)];
        int done = 0;
        try {
            while (done < result.length) {
                done += inflated(result, done, result.length - done, false);
            }
            if (result.length == size && !inflater.finished() && inflated(trailer, 0, 1, true) > 0) {
                throw new CorruptObjectException("an entry of a pack is longer than it says");
            }
            return result;
        } catch (DataFormatException e) {
            throw new CorruptObjectException("an entry of a pack can not be unpacked", e);
        }
    }

    private int inflated(byte[] into, int from, int length, boolean mayEnd) throws DataFormatException, IOException {
        while (true) {
            if (inflater.needsInput()) {
                if (!window.hasRemaining()) {
                    fill(position());
                }
                inflater.setInput(window);
            }
            int n = inflater.inflate(into, from, length);
            if (n == 0 && mayEnd && inflater.finished()) {
                return 0;
            }
            if (n == 0 && (inflater.finished() || inflater.needsDictionary())) {
                throw new CorruptObjectException("an entry of a pack is shorter than it says");
            }
            if (n > 0) {
                return n;
            }
        }
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
        long number = offset >> WINDOW_BITS;
        int slot = (int) (number % WINDOWS);
        ByteBuffer there = windows[slot];
        windowStart = number << WINDOW_BITS;
        if (there == null) {
            there = ByteBuffer.allocate(1 << WINDOW_BITS).limit(0);
            windows[slot] = there;
        }
        if (there.limit() == 0 || starts[slot] != windowStart) {
            there.clear();
            starts[slot] = windowStart;
            while (there.hasRemaining() && channel.read(there, windowStart + there.position()) > 0) {
                // What the system gives may be less than what was asked for.
            }
            there.flip();
        }
        int within = (int) (offset - windowStart);
        if (within >= there.limit()) {
            throw new EOFException("a pack ends too early");
        }
        window = there.position(within);
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
