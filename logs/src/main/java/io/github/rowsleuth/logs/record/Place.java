package io.github.rowsleuth.logs.record;

import io.github.rowsleuth.logs.time.Stamp;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Where a record stands. */
public final class Place implements Comparable<Place> {

    private final Origin origin;
    private final int log;
    private final long line;
    private final Stamp stamp;

    /**
     * Makes a place.
     *
     * @param origin the part of the log that it is in
     * @param log the number of its log within that part, from 0
     * @param line the line within that part, from 1
     * @param stamp when it was written
     */
    public Place(Origin origin, int log, long line, Stamp stamp) {
        this.origin = origin;
        this.log = log;
        this.line = line;
        this.stamp = stamp;
    }

    /** {@return the number of the log among those that were read, from 0} */
    public int log() {
        return Math.max(0, origin.log(log)); // what is of logs that were forgotten counts as of the first that was not
    }

    /** {@return the line of its head, from 1} */
    public long line() {
        return origin.line(log, line);
    }

    /** {@return when it was written} */
    public Stamp stamp() {
        return stamp;
    }

    @Override
    public int compareTo(Place other) {
        int logs = Integer.compare(log(), other.log());
        return logs != 0 ? logs : Long.compare(line(), other.line());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Place that && compareTo(that) == 0 && stamp.equals(that.stamp);
    }

    @Override
    public int hashCode() {
        return stamp.hashCode();
    }

    @Override
    public String toString() {
        return "line " + line() + " of log " + log();
    }

    /** Writes it. */
    public void write(DataOutput out) throws IOException {
        out.writeInt(log());
        out.writeLong(line());
        stamp.write(out);
    }

    /** {@return one that was written, in that part of a log} */
    public static Place read(DataInput in, Origin origin) throws IOException {
        return new Place(origin, in.readInt(), in.readLong(), Stamp.read(in));
    }
}
