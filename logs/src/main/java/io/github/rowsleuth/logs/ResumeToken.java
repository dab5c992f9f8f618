package io.github.rowsleuth.logs;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.rowsleuth.logs.event.Told;
import io.github.rowsleuth.logs.pass.SliceMark;
import io.github.rowsleuth.logs.record.Text;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * Where a reading ended.
 *
 * @param sequences one for each sequence of logs that was read
 */
record ResumeToken(List<Sequence> sequences) {

    static final int HEAD = 4096;

    private static final String NAME = "rowsleuth-logs";
    private static final int VERSION = 1;
    private static final int MOST = 64 << 20;
    private static final Pattern SHAPE = Pattern.compile(NAME + "-(\\d{1,6})\\.([A-Za-z0-9_-]+)");
    private static final String REMEDY =
            "; give what resumeToken() of an earlier answer holds, unchanged," + " or begin anew with resumable()";

    /** Copies the list. */
    ResumeToken {
        sequences = List.copyOf(sequences);
    }

    /**
     * A log that was read.
     *
     * @param name its name then, without a path
     * @param head how many of its first bytes are hashed
     * @param hash their hash: it tells the log, whatever its name is
     * @param consumed how many bytes of it were read
     */
    record ReadLog(String name, int head, long hash, long consumed) {

        static ReadLog of(String name, byte[] beginning, long consumed) {
            int head = (int) Math.min(Math.min(HEAD, beginning.length), consumed);
            return new ReadLog(name, head, Told.hash(beginning, 0, head), consumed);
        }

        /** {@return whether a log with that name and beginning can be this one} */
        boolean isOf(String other, byte[] beginning) {
            return head == 0 ? name.equals(other) : beginning.length >= head && Told.hash(beginning, 0, head) == hash;
        }
    }

    /**
     * Logs that go on with one another.
     *
     * @param source the number of their source
     * @param logs those that were read, in their order
     * @param last the number of the last one
     * @param before how many bytes before the end of the last one are hashed; they hold the lines that are read again
     * @param hash their hash: it tells whether that part of the log is still the same
     * @param mark what was found
     */
    record Sequence(int source, List<ReadLog> logs, int last, int before, long hash, SliceMark mark) {

        /** Copies the list. */
        Sequence {
            logs = List.copyOf(logs);
        }

        ReadLog lastLog() {
            return logs.get(last);
        }
    }

    static ResumeToken parse(String token) {
        Matcher shape = SHAPE.matcher(token.strip());
        if (!shape.matches()) {
            throw new IllegalArgumentException(
                    "expected a token that begins with " + NAME + "-" + VERSION + "." + REMEDY);
        }
        if (!shape.group(1).equals(Integer.toString(VERSION))) {
            throw new IllegalArgumentException(
                    "expected a token of version " + VERSION + ", found one of version " + shape.group(1) + REMEDY);
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(shape.group(2));
            if (bytes.length <= Long.BYTES
                    || ByteBuffer.wrap(bytes).getLong() != Told.hash(bytes, Long.BYTES, bytes.length)) {
                throw new IOException("the hash is another one");
            }
            return read(Arrays.copyOfRange(bytes, Long.BYTES, bytes.length));
        } catch (IOException | RuntimeException damaged) {
            throw new IllegalArgumentException("expected a whole token, found a damaged one" + REMEDY, damaged);
        }
    }

    private static ResumeToken read(byte[] packed) throws IOException {
        byte[] bytes;
        try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(packed))) {
            bytes = in.readNBytes(MOST);
        }
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        List<Sequence> sequences = new ArrayList<>();
        for (int i = in.readInt(); i > 0; i--) {
            int source = in.readInt();
            List<ReadLog> logs = new ArrayList<>();
            for (int j = in.readInt(); j > 0; j--) {
                logs.add(new ReadLog(Text.read(in), in.readInt(), in.readLong(), in.readLong()));
            }
            sequences.add(new Sequence(source, logs, in.readInt(), in.readInt(), in.readLong(), SliceMark.read(in)));
        }
        return new ResumeToken(sequences);
    }

    /** {@return the token; {@link #parse} reads it} */
    String text() {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(packed))) {
            out.writeInt(sequences.size());
            for (Sequence sequence : sequences) {
                out.writeInt(sequence.source);
                out.writeInt(sequence.logs.size());
                for (ReadLog log : sequence.logs) {
                    Text.write(out, log.name);
                    out.writeInt(log.head);
                    out.writeLong(log.hash);
                    out.writeLong(log.consumed);
                }
                out.writeInt(sequence.last);
                out.writeInt(sequence.before);
                out.writeLong(sequence.hash);
                sequence.mark.write(out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] bytes = packed.toByteArray();
        byte[] all = ByteBuffer.allocate(Long.BYTES + bytes.length)
                .putLong(Told.hash(bytes, 0, bytes.length))
                .put(bytes)
                .array();
        return NAME + "-" + VERSION + "."
                + new String(Base64.getUrlEncoder().withoutPadding().encode(all), US_ASCII);
    }

    /** Not what it holds: it is long. */
    @Override
    public String toString() {
        return NAME + "-" + VERSION + ".…";
    }
}
