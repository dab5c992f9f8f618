package io.github.rowsleuth.logs.source;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.SequenceInputStream;
import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The beginning of a log. */
public final class Sample {

    /** Nothing. */
    public static final Sample EMPTY = new Sample(new byte[0], Optional.empty());

    /** How many bytes are looked at. */
    public static final int SIZE = 64 * 1024;

    private final byte[] bytes;
    private final Optional<IOException> failure;

    private Sample(byte[] bytes, Optional<IOException> failure) {
        this.bytes = bytes;
        this.failure = failure;
    }

    /** {@return those bytes as the beginning of a log} */
    public static Sample of(byte[] beginning) {
        return new Sample(beginning.clone(), Optional.empty());
    }

    /** {@return the first 64 KiB; less where the log is shorter or breaks off} */
    public static Sample of(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] buffer = new byte[8 * 1024];
        try {
            int count = in.read(buffer);
            while (count >= 0 && bytes.size() < SIZE) {
                bytes.write(buffer, 0, count);
                count = bytes.size() < SIZE ? in.read(buffer) : -1;
            }
        } catch (InterruptedIOException | ClosedByInterruptException interrupted) {
            throw interrupted;
        } catch (IOException brokenOff) {
            return new Sample(bytes.toByteArray(), Optional.of(brokenOff));
        }
        return new Sample(bytes.toByteArray(), Optional.empty());
    }

    /** {@return the whole log: this, and what comes after it} */
    public InputStream and(InputStream rest) {
        return new SequenceInputStream(
                new ByteArrayInputStream(bytes), failure.isEmpty() ? rest : new BrokenOff(rest, failure.get()));
    }

    /** What breaks off again where it broke off before; what it came from is closed with it. */
    private static final class BrokenOff extends FilterInputStream {

        private final IOException failure;

        BrokenOff(InputStream rest, IOException failure) {
            super(rest);
            this.failure = failure;
        }

        @Override
        public int read() throws IOException {
            throw failure;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            throw failure;
        }
    }

    /** {@return its first bytes, so many at most} */
    public byte[] head(int most) {
        return Arrays.copyOf(bytes, Math.min(most, bytes.length));
    }

    /** {@return its lines; the last one may not be whole} */
    public List<byte[]> lines() {
        List<byte[]> lines = new ArrayList<>();
        int from = bytes.length >= 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB ? 3 : 0;
        for (int i = from; i <= bytes.length; i++) {
            if (i == bytes.length || bytes[i] == '\n') {
                int to = i > from && bytes[i - 1] == '\r' ? i - 1 : i;
                while (from < to && bytes[from] == 0) {
                    from++;
                }
                lines.add(Arrays.copyOfRange(bytes, from, to));
                from = i + 1;
            }
        }
        return lines;
    }
}
