package io.github.rowsleuth.logs.pass;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** A line, or a piece of one, that is kept for later. */
final class Carry {

    static final Carry NONE = new Carry(new byte[0], 0);

    /** Stands for the end of a log. */
    static final Carry END = new Carry(new byte[0], -1);

    private final byte[] bytes;
    private final long dropped;

    /**
     * Makes one.
     *
     * @param bytes what is kept of the line
     * @param dropped how many bytes of it are not
     */
    Carry(byte[] bytes, long dropped) {
        this.bytes = bytes;
        this.dropped = dropped;
    }

    byte[] bytes() {
        return bytes;
    }

    long dropped() {
        return dropped;
    }

    boolean isEmpty() {
        return bytes.length == 0;
    }

    boolean isEnd() {
        return dropped < 0;
    }

    /** {@return this piece and the next one of the same line} */
    Carry and(Carry more) {
        int kept = Math.min(more.bytes.length, Math.max(0, Feeder.MAX_LINE - bytes.length));
        byte[] both = Arrays.copyOf(bytes, bytes.length + kept);
        System.arraycopy(more.bytes, 0, both, bytes.length, kept);
        return new Carry(both, dropped + more.dropped + more.bytes.length - kept);
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(dropped);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static Carry read(DataInput in) throws IOException {
        long dropped = in.readLong();
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return new Carry(bytes, dropped);
    }
}
