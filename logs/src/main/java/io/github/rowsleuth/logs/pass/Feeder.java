package io.github.rowsleuth.logs.pass;

import io.github.rowsleuth.logs.record.FamiliarHeads;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Feeds bytes to a slice, whole lines at a time. Memory does not grow with a line: what is longer than
 * {@link #MAX_LINE} is cut.
 */
public final class Feeder {

    /** The most bytes that are kept of a line. */
    public static final int MAX_LINE = 256 * 1024;

    private static final int SIZE = 1024 * 1024;
    /** So much at a time stays in the cache of a processor until it was read. */
    private static final int READ = 256 * 1024;

    private static final int PADDING = FamiliarHeads.PADDING;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long LINE_FEEDS = 0x0A0A_0A0A_0A0A_0A0AL;
    private static final long LOW = 0x0101_0101_0101_0101L;
    private static final long HIGH = 0x8080_8080_8080_8080L;

    private final Slice slice;
    private final byte[] buffer;
    private int filled;
    private long dropped;

    /** Feeds that slice, beginning with what it holds of a line already. */
    public Feeder(Slice slice) {
        this(slice, SIZE);
    }

    Feeder(Slice slice, int size) {
        this.slice = slice;
        this.buffer = new byte[Math.max(size, 2 * MAX_LINE) + PADDING];
        Carry carry = slice.takeCarry();
        System.arraycopy(carry.bytes(), 0, buffer, 0, carry.bytes().length);
        filled = carry.bytes().length;
        dropped = carry.dropped();
    }

    /** {@return whether more came} */
    public boolean feed(InputStream in) throws IOException {
        int count = in.read(buffer, filled, Math.min(READ, buffer.length - PADDING - filled));
        if (count < 0) {
            return false;
        }
        filled += count;
        pass();
        return true;
    }

    /** Feeds bytes. */
    void feed(byte[] b, int from, int to) {
        int at = from;
        while (at < to) {
            int count = Math.min(to - at, buffer.length - PADDING - filled);
            System.arraycopy(b, at, buffer, filled, count);
            at += count;
            filled += count;
            pass();
        }
    }

    private void pass() {
        int end = lastLineFeed() + 1;
        int used = 0;
        if (end > 0 && dropped > 0) {
            int lineFeed = lineFeed(buffer, 0, filled);
            int kept = Math.min(lineFeed, MAX_LINE);
            slice.line(buffer, 0, kept, dropped + lineFeed - kept);
            dropped = 0;
            used = lineFeed + 1;
        }
        if (used < end) {
            used = slice.block(buffer, used, end);
        }
        keep(used);
        if (filled > buffer.length - PADDING - MAX_LINE) {
            keep(slice.hurry(buffer, 0, lastLineFeed() + 1));
        }
        if (filled > MAX_LINE && lastLineFeed() < 0) {
            dropped += filled - MAX_LINE;
            filled = MAX_LINE;
        }
    }

    private void keep(int used) {
        System.arraycopy(buffer, used, buffer, 0, filled - used);
        filled -= used;
    }

    private int lastLineFeed() {
        int at = filled - 1;
        while (at >= 0 && buffer[at] != '\n') {
            at--;
        }
        return at;
    }

    /** {@return where the next line feed is, {@code to} if there is none; the array must be longer than that} */
    static int lineFeed(byte[] b, int from, int to) {
        int at = from;
        while (at < to) {
            if (at + 8 <= b.length) {
                long different = (long) LONGS.get(b, at) ^ LINE_FEEDS;
                long found = (different - LOW) & ~different & HIGH;
                if (found == 0) {
                    at += 8;
                    continue;
                }
                return Math.min(to, at + (Long.numberOfTrailingZeros(found) >>> 3));
            }
            if (b[at] == '\n') {
                return at;
            }
            at++;
        }
        return to;
    }

    /** Nothing more comes for now; the slice keeps the line that has not ended. */
    public void pause() {
        keep(slice.hurry(buffer, 0, lastLineFeed() + 1));
        slice.carry(new Carry(Arrays.copyOf(buffer, filled), dropped));
        filled = 0;
        dropped = 0;
    }
}
