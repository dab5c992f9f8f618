package io.github.rowsleuth.logs.record;

import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What began on a line and needs the next ones: a record of csvlog, a JSON object, a name with a line break. */
final class Unfinished {

    private static final int MOST = 1024 * 1024;
    private static final int MOST_CHANNELS = 8;

    private enum Kind {
        NOTHING,
        CSV,
        JSON,
        BROKEN
    }

    private Kind kind = Kind.NOTHING;
    private ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Map<String, ByteArrayOutputStream> channels = new HashMap<>();
    private long line;
    private long channelsFrom;
    private int pieces;
    private int depth;
    private boolean oddQuotes;
    private int lastLength;

    private void begin(Kind what, byte[] b, int from, int to, long number) {
        kind = what;
        bytes = new ByteArrayOutputStream(Math.max(256, 2 * (to - from)));
        bytes.write(b, from, to - from);
        line = number;
        pieces = 1;
        depth = 0;
        oddQuotes = false;
        follow(b, from, to);
    }

    private void follow(byte[] b, int from, int to) {
        if (kind == Kind.JSON) {
            depth += depth(b, from, to);
        } else if (kind == Kind.CSV) {
            oddQuotes ^= !CsvLine.isBalanced(b, from, to);
        }
    }

    void beginCsv(byte[] b, int from, int to, long number) {
        begin(Kind.CSV, b, from, to, number);
    }

    void beginJson(byte[] b, int from, int to, long number) {
        begin(Kind.JSON, b, from, to, number);
    }

    void beginBroken(byte[] b, int from, int to, long number) {
        begin(Kind.BROKEN, b, from, to, number);
    }

    boolean isAny() {
        return kind != Kind.NOTHING || !channels.isEmpty();
    }

    boolean isCsv() {
        return kind == Kind.CSV;
    }

    boolean isJson() {
        return kind == Kind.JSON;
    }

    boolean isBroken() {
        return kind == Kind.BROKEN;
    }

    boolean isFull() {
        return bytes.size() > MOST;
    }

    /** {@return the line on which it began} */
    long line() {
        return line;
    }

    /** {@return the line on which the first of it began, or {@code otherwise} if there is nothing} */
    long firstLine(long otherwise) {
        long first = kind == Kind.NOTHING ? otherwise : Math.min(line, otherwise);
        return channels.isEmpty() ? first : Math.min(channelsFrom, first);
    }

    void follow(long lines) {
        line += lines;
        channelsFrom += lines;
    }

    int pieces() {
        return pieces;
    }

    /** {@return whether all that was opened is closed} */
    boolean isComplete() {
        return depth <= 0 && !oddQuotes;
    }

    /** Adds the next line. */
    void add(byte[] b, int from, int to) {
        lastLength = to - from + 1;
        bytes.write('\n');
        bytes.write(b, from, to - from);
        pieces++;
        follow(b, from, to);
    }

    /** {@return all lines so far} */
    byte[] whole() {
        return bytes.toByteArray();
    }

    /** Takes the last line away again. */
    void removeLast() {
        byte[] all = bytes.toByteArray();
        bytes = new ByteArrayOutputStream();
        bytes.write(all, 0, all.length - lastLength);
    }

    void drop() {
        kind = Kind.NOTHING;
        bytes = new ByteArrayOutputStream(0);
    }

    byte[] take() {
        byte[] all = bytes.toByteArray();
        drop();
        return all;
    }

    /** Container runtimes split long lines. {@return the line, empty if it goes on} */
    Optional<byte[]> join(Envelope envelope, long number) {
        channelsFrom = channels.isEmpty() ? number : channelsFrom;
        ByteArrayOutputStream before = channels.get(envelope.channel());
        byte[] text = envelope.text();
        if (before == null && envelope.whole()) {
            return Optional.of(text);
        }
        ByteArrayOutputStream all = before == null ? new ByteArrayOutputStream() : before;
        all.write(text, 0, Math.min(text.length, Math.max(0, MOST - all.size())));
        if (envelope.whole()) {
            channels.remove(envelope.channel());
            return Optional.of(all.toByteArray());
        }
        if (channels.size() < MOST_CHANNELS) {
            channels.put(envelope.channel(), all);
        }
        return Optional.empty();
    }

    /** {@return how many braces are open at the end of the line; strings do not go over lines} */
    static int depth(byte[] b, int from, int to) {
        int depth = 0;
        boolean quoted = false;
        for (int i = from; i < to; i++) {
            if (quoted && b[i] == '\\') {
                i++;
            } else if (b[i] == '"') {
                quoted = !quoted;
            } else if (!quoted && b[i] == '{') {
                depth++;
            } else if (!quoted && b[i] == '}') {
                depth--;
            }
        }
        return depth;
    }

    /** Goes on with what another one holds, which is not used any more. */
    void takeOver(Unfinished other) {
        kind = other.kind;
        bytes = other.bytes;
        channels.putAll(other.channels);
        channelsFrom = other.channelsFrom;
        line = other.line;
        pieces = other.pieces;
        depth = other.depth;
        oddQuotes = other.oddQuotes;
        lastLength = other.lastLength;
    }

    void write(DataOutput out) throws IOException {
        out.writeUTF(kind.name());
        bytes(out, bytes);
        out.writeLong(line);
        out.writeInt(pieces);
        out.writeInt(depth);
        out.writeBoolean(oddQuotes);
        out.writeLong(channelsFrom);
        out.writeInt(channels.size());
        for (Map.Entry<String, ByteArrayOutputStream> channel : channels.entrySet()) {
            Text.write(out, channel.getKey());
            bytes(out, channel.getValue());
        }
    }

    private static void bytes(DataOutput out, ByteArrayOutputStream bytes) throws IOException {
        out.writeInt(bytes.size());
        out.write(bytes.toByteArray());
    }

    void read(DataInput in) throws IOException {
        kind = Kind.valueOf(in.readUTF());
        bytes = bytes(in);
        line = in.readLong();
        pieces = in.readInt();
        depth = in.readInt();
        oddQuotes = in.readBoolean();
        channelsFrom = in.readLong();
        for (int i = in.readInt(); i > 0; i--) {
            channels.put(Text.read(in), bytes(in));
        }
    }

    private static ByteArrayOutputStream bytes(DataInput in) throws IOException {
        byte[] all = new byte[in.readInt()];
        in.readFully(all);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(all);
        return bytes;
    }
}
