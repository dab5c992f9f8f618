package io.github.rowsleuth.logs.source;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts the bytes of a log while they are read, and keeps the last of them. */
public final class Tail extends FilterInputStream {

    private final byte[] ring;
    private long count;

    /**
     * Makes one.
     *
     * @param in the log
     * @param kept how many of the last bytes are kept
     */
    public Tail(InputStream in, int kept) {
        super(in);
        this.ring = new byte[kept];
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int read = in.read(target, offset, length);
        if (read > 0 && ring.length > 0) {
            keep(target, offset, read);
        }
        count += Math.max(0, read);
        return read;
    }

    private void keep(byte[] b, int offset, int length) {
        int skipped = Math.max(0, length - ring.length);
        int at = (int) ((count + skipped) % ring.length);
        int first = Math.min(length - skipped, ring.length - at);
        System.arraycopy(b, offset + skipped, ring, at, first);
        System.arraycopy(b, offset + skipped + first, ring, 0, length - skipped - first);
    }

    /** {@return how many bytes were read} */
    public long count() {
        return count;
    }

    /** {@return the bytes before that one, as far as they are kept} */
    public byte[] before(long end) {
        long from = Math.max(0, count - ring.length);
        byte[] bytes = new byte[(int) Math.max(0, end - from)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = ring[(int) ((from + i) % ring.length)];
        }
        return bytes;
    }

    /** {@return the bytes before that one of a file, so many at most} */
    public static byte[] before(PlainFile file, long end, int most) throws IOException {
        long from = Math.max(0, end - most);
        try (InputStream in = file.open(from, end)) {
            return in.readNBytes((int) (end - from));
        }
    }
}
