package io.github.rowsleuth.logs.pass;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The lines at the beginning of a part that the part before it has to read. */
final class Head {

    private final List<Carry> lines = new ArrayList<>();
    private boolean complete;
    private long ownFrom;

    /** Keeps a line. {@return whether it is the first, which may be the end of one only} */
    boolean keep(byte[] b, int from, int end, long dropped) {
        lines.add(new Carry(Arrays.copyOfRange(b, from, end), dropped));
        return lines.size() == 1;
    }

    void keepEnd() {
        lines.add(Carry.END);
    }

    /** A line was read. */
    void reached(long line, long begun, int window) {
        if (!complete && ownFrom == 0 && begun > window) {
            ownFrom = line;
        }
        complete |= begun >= 2L * window;
    }

    void complete() {
        complete = true;
    }

    /** {@return whether it holds all lines that the part before needs} */
    boolean isComplete() {
        return complete;
    }

    /** {@return whether a line was reached that this part understands by itself} */
    boolean isOwned() {
        return ownFrom > 0;
    }

    /** {@return the first line that this part understands by itself} */
    long ownFrom() {
        return ownFrom;
    }

    boolean owns(long line) {
        return ownFrom > 0 && line >= ownFrom;
    }

    List<Carry> lines() {
        return lines;
    }

    void write(DataOutput out) throws IOException {
        out.writeBoolean(complete);
        out.writeLong(ownFrom);
        out.writeInt(lines.size());
        for (Carry line : lines) {
            line.write(out);
        }
    }

    void read(DataInput in) throws IOException {
        complete = in.readBoolean();
        ownFrom = in.readLong();
        for (int i = in.readInt(); i > 0; i--) {
            lines.add(Carry.read(in));
        }
    }
}
