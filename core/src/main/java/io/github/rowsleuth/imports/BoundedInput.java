package io.github.rowsleuth.imports;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Unpacked XML up to a limit that several parts share. Refuses a tag without an end: a parser would keep all of it in memory.
 */
final class BoundedInput extends FilterInputStream {

    private static final int LONGEST_TAG = 1 << 20;

    private final long[] left;
    private final Budget budget;
    private int sinceTag;

    BoundedInput(InputStream in, long[] left, Budget budget) {
        super(in);
        this.left = left;
        this.budget = budget;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (left[0] <= 0 || budget.spent()) {
            throw new CutOffException();
        }
        int got = in.read(buffer, offset, (int) Math.min(length, left[0]));
        if (got > 0) {
            left[0] -= got;
            check(buffer, offset, got);
        }
        return got;
    }

    private void check(byte[] buffer, int offset, int length) throws IOException {
        for (int i = offset; i < offset + length; i++) {
            sinceTag = buffer[i] == '>' ? 0 : sinceTag + 1;
        }
        if (sinceTag > LONGEST_TAG) {
            throw new IOException("a tag or text of it is longer than " + LONGEST_TAG + " bytes");
        }
    }

    /** The one whose parts these are closes it. */
    @Override
    public void close() {}

    /** The limit or the deadline came before the end. */
    static final class CutOffException extends IOException {
        private static final long serialVersionUID = 1L;

        CutOffException() {
            super("it was not read to its end: it is too large, or the deadline came first");
        }
    }
}
