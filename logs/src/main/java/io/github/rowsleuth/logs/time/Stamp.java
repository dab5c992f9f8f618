package io.github.rowsleuth.logs.time;

import io.github.rowsleuth.evidence.Moment;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;

/**
 * A time stamp as a log prints it: a local time, and a zone that may name several places on earth. It becomes a moment
 * only at the end, when everything that the log and its owner say of time zones is known.
 *
 * @param local the printed time in milliseconds since 1970, as if it were UTC
 * @param zone the zone as printed, such as {@code CET} or {@code +0545}; empty where none was printed
 * @param spread how many milliseconds later it can have been, because the log prints no fraction
 */
public record Stamp(long local, String zone, int spread) {

    /** A record without a time. */
    public static final Stamp UNKNOWN = new Stamp(Long.MIN_VALUE, "", 0);

    /** What a time without a fraction leaves open, in milliseconds. */
    public static final int SECOND = 999;

    private static final long QUARTER = 900_000;

    private static final long FURTHEST = 56 * QUARTER;

    /** {@return a point in time, from milliseconds since 1970} */
    public static Stamp at(long epochMillis) {
        return new Stamp(epochMillis, "UTC", 0);
    }

    /** {@return whether there is a time at all} */
    public boolean known() {
        return local != Long.MIN_VALUE;
    }

    /**
     * {@return the same with the zone as a number, which is never ambiguous}
     *
     * @param offset the offset from UTC in milliseconds; one that no zone has is ignored
     */
    public Stamp withOffset(long offset) {
        boolean possible = Math.abs(offset) <= FURTHEST && offset % QUARTER == 0;
        return possible
                ? new Stamp(
                        local, ZoneOffset.ofTotalSeconds((int) (offset / 1000)).getId(), spread)
                : this;
    }

    /** {@return when that was; an interval where the zone or the precision leaves it open} */
    public Moment moment(Zones zones) {
        if (!known()) {
            return Moment.unknown();
        }
        Zones.Offsets offsets = zones.offsets(zone, local);
        Instant earliest = Instant.ofEpochMilli(local - offsets.greatest() * 1000L);
        Instant latest = Instant.ofEpochMilli(local - offsets.least() * 1000L + spread);
        return Moment.between(earliest, latest);
    }

    /** Writes it. */
    public void write(DataOutput out) throws IOException {
        out.writeLong(local);
        out.writeUTF(zone);
        out.writeShort(spread);
    }

    /** {@return one that was written} */
    public static Stamp read(DataInput in) throws IOException {
        return new Stamp(in.readLong(), in.readUTF(), in.readShort());
    }
}
