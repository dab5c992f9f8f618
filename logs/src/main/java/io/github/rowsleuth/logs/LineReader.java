package io.github.rowsleuth.logs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Splits bytes at LF and nowhere else. Never keeps more than {@link #MAX_LINE} bytes of a line. */
final class LineReader {

    static final int MAX_LINE = 64 * 1024;

    private static final char REPLACEMENT = '\uFFFD';

    private final InputStream in;
    private final byte[] buffer = new byte[64 * 1024];
    private final byte[] kept = new byte[MAX_LINE];
    private int at;
    private int end;
    private long number;
    private long cutBytes;
    private long undecodable;

    LineReader(InputStream in) {
        this.in = in;
    }

    /** {@return the next line, or null at the end; a line that the source breaks off is not returned} */
    @Nullable Line next() throws IOException {
        int length = 0;
        long dropped = 0;
        boolean began = false;
        boolean ended = false;
        while (!ended && (at < end || fill())) {
            began = true;
            int stop = at;
            while (stop < end && buffer[stop] != '\n') {
                stop++;
            }
            int taken = Math.min(stop - at, MAX_LINE - length);
            System.arraycopy(buffer, at, kept, length, taken);
            length += taken;
            dropped += stop - at - taken;
            ended = stop < end;
            at = ended ? stop + 1 : stop;
        }
        return began ? line(length, dropped) : null;
    }

    private boolean fill() throws IOException {
        at = 0;
        end = Math.max(0, in.read(buffer));
        return end > 0;
    }

    private Line line(int length, long dropped) {
        number++;
        cutBytes += dropped;
        int to = dropped == 0 && length > 0 && kept[length - 1] == '\r' ? length - 1 : length;
        int from = number == 1 && startsWithMark(to) ? 3 : 0;
        while (from < to && kept[from] == 0) {
            from++; // what copytruncate leaves at the head of a file
        }
        String text = new String(kept, from, to - from, UTF_8);
        if (dropped == 0 && text.indexOf(REPLACEMENT) >= 0 && !sameBytes(text, from, to)) {
            undecodable++;
        }
        return new Line(number, text, dropped > 0);
    }

    private boolean startsWithMark(int length) {
        return length >= 3 && kept[0] == (byte) 0xEF && kept[1] == (byte) 0xBB && kept[2] == (byte) 0xBF;
    }

    private boolean sameBytes(String text, int from, int to) {
        return Arrays.equals(text.getBytes(UTF_8), Arrays.copyOfRange(kept, from, to));
    }

    /** {@return how many lines were read} */
    long lines() {
        return number;
    }

    /** {@return the bytes that were left out of lines that are too long} */
    long cutBytes() {
        return cutBytes;
    }

    /** {@return how many lines are not UTF-8} */
    long undecodable() {
        return undecodable;
    }
}
