package io.github.rowsleuth.logs.source;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Unpacks gzip, keeps what can be read of a damaged file, and stops at what looks like a bomb. */
final class GzipGuard extends InputStream {

    static final long MAX_UNPACKED = 4L << 30;
    static final long RATIO_FROM = 16L << 20;
    static final long MAX_RATIO = 200;

    private final Counted packed;
    private final GZIPInputStream unpacked;
    private long read;

    GzipGuard(InputStream packed) throws IOException {
        this.packed = new Counted(packed);
        try {
            this.unpacked = new GZIPInputStream(this.packed, 64 * 1024);
        } catch (EOFException | ZipException damaged) {
            throw damaged();
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (read >= MAX_UNPACKED) {
            throw tooLarge("it unpacks to more than 4 GiB");
        }
        if (read > RATIO_FROM && read / Math.max(1, packed.count) > MAX_RATIO) {
            throw tooLarge("it unpacks to more than " + MAX_RATIO + " times its size");
        }
        try {
            int count = unpacked.read(target, offset, length);
            read += Math.max(0, count);
            return count;
        } catch (EOFException | ZipException damaged) {
            throw damaged();
        }
    }

    private IncompleteLogException damaged() {
        return new IncompleteLogException(
                "the rest of a damaged gzip file, after " + read + " bytes unpacked",
                "what the log says after that is not known",
                "copy the file again from where it was rotated; gzip -t tells whether a copy is whole");
    }

    private static IncompleteLogException tooLarge(String reason) {
        return new IncompleteLogException(
                "the rest of a gzip file: " + reason,
                "what the log says after that is not known",
                "unpack it on a disk with room and give the part that covers the loss");
    }

    @Override
    public void close() throws IOException {
        unpacked.close();
    }

    /** Counts the packed bytes. */
    private static final class Counted extends FilterInputStream {

        private long count;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int b = super.read();
            count += b < 0 ? 0 : 1;
            return b;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int taken = super.read(target, offset, length);
            count += Math.max(0, taken);
            return taken;
        }
    }
}
