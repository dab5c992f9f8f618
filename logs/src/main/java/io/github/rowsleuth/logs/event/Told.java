package io.github.rowsleuth.logs.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.rowsleuth.logs.record.Place;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an earlier reading told of the statements and traces that a later one can meet again, as hashes: those that had not
 * ended, and those of records that could still grow.
 */
public final class Told {

    private static final int TRACES = 0x3FFF_FFFF;

    /** A statement or a trace. */
    private record Key(int log, long line, int index) implements Comparable<Key> {

        static Key of(Place place, int index) {
            return new Key(place.log(), place.line(), index);
        }

        @Override
        public int compareTo(Key other) {
            int logs = Integer.compare(log, other.log);
            int lines = logs != 0 ? logs : Long.compare(line, other.line);
            return lines != 0 ? lines : Integer.compare(index, other.index);
        }
    }

    private final Map<Key, Long> hashes = new TreeMap<>();

    /** The earlier reading told this. */
    public void add(Sighting sighting, long fingerprint) {
        hashes.put(Key.of(sighting.place(), sighting.index()), fingerprint);
    }

    /** The earlier reading told this. */
    public void add(Trace trace) {
        hashes.put(key(trace), trace.fingerprint());
    }

    /** A record can leave several traces; they stand before its statements. */
    private static Key key(Trace trace) {
        return Key.of(trace.place(), -1 - ((trace.kind() + trace.summary()).hashCode() & TRACES));
    }

    boolean isNews(Sighting sighting, long fingerprint) {
        Long before = hashes.get(Key.of(sighting.place(), sighting.index()));
        return before == null || before != fingerprint;
    }

    boolean isNews(Trace trace) {
        Long before = hashes.get(key(trace));
        return before == null || before != trace.fingerprint();
    }

    /** {@return whether the earlier reading told it, maybe otherwise} */
    public boolean knows(Sighting sighting) {
        return hashes.containsKey(Key.of(sighting.place(), sighting.index()));
    }

    /** {@return the same where the first logs are not counted any more} */
    public Told withoutLogs(int count) {
        Told other = new Told();
        hashes.forEach((key, hash) ->
                other.hashes.put(new Key(Math.max(0, key.log - count), key.line, key.index), hash));
        return other;
    }

    static long hash(String text) {
        return hash(text.getBytes(UTF_8), 0, text.getBytes(UTF_8).length);
    }

    /** {@return the first bytes of the SHA-256 hash of those bytes} */
    public static long hash(byte[] b, int from, int to) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(b, from, to - from);
            return ByteBuffer.wrap(digest.digest()).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Writes it. */
    public void write(DataOutput out) throws IOException {
        out.writeInt(hashes.size());
        for (Map.Entry<Key, Long> entry : hashes.entrySet()) {
            out.writeInt(entry.getKey().log);
            out.writeLong(entry.getKey().line);
            out.writeInt(entry.getKey().index);
            out.writeLong(entry.getValue());
        }
    }

    /** {@return what was written} */
    public static Told read(DataInput in) throws IOException {
        Told told = new Told();
        for (int i = in.readInt(); i > 0; i--) {
            told.hashes.put(new Key(in.readInt(), in.readLong(), in.readInt()), in.readLong());
        }
        return told;
    }
}
