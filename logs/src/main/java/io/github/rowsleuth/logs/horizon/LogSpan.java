package io.github.rowsleuth.logs.horizon;

import io.github.rowsleuth.logs.time.Stamp;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** From when to when a log goes, how long it was silent, and how far its clock went back. */
public final class LogSpan {

    /** Servers write their records a little out of order. */
    private static final long TOLERANCE = 1_000;

    private Stamp first = Stamp.UNKNOWN;
    private long lastLocal = Long.MIN_VALUE;
    private String lastZone = "";
    private int lastSpread;
    private long silence;
    private Stamp silentFrom = Stamp.UNKNOWN;
    private long jumps;
    private long farthest;

    /** {@return when its first record was written} */
    public Stamp first() {
        return first;
    }

    /** {@return when its last record was written} */
    public Stamp last() {
        return new Stamp(lastLocal, lastZone, lastSpread);
    }

    /** {@return the longest time without a record, in milliseconds} */
    public long silence() {
        return silence;
    }

    /** {@return when that began} */
    public Stamp silentFrom() {
        return silentFrom;
    }

    /** {@return how often a record is older than the one before it, by more than a second} */
    public long jumps() {
        return jumps;
    }

    /** {@return how far back the clock went at most, in milliseconds} */
    public long farthest() {
        return farthest;
    }

    void reach(long local, String zone, int spread) {
        if (local == Long.MIN_VALUE) {
            return;
        }
        compare(local, zone);
        if (!first.known()) {
            first = new Stamp(local, zone, spread);
        }
        lastLocal = local;
        lastZone = zone;
        lastSpread = spread;
    }

    /** Stamps can be compared where they are of one zone. */
    private void compare(long local, String zone) {
        if (lastLocal == Long.MIN_VALUE || !lastZone.equals(zone)) {
            return;
        }
        long passed = local - lastLocal;
        if (passed > silence) {
            silence = passed;
            silentFrom = last();
        } else if (passed < -TOLERANCE) {
            jumps++;
            farthest = Math.max(farthest, -passed);
        }
    }

    /** Goes on with the next part of the same log. */
    void join(LogSpan next) {
        if (!next.first.known()) {
            return;
        }
        compare(next.first.local(), next.first.zone());
        first = first.known() ? first : next.first;
        lastLocal = next.lastLocal;
        lastZone = next.lastZone;
        lastSpread = next.lastSpread;
        if (next.silence > silence) {
            silence = next.silence;
            silentFrom = next.silentFrom;
        }
        jumps += next.jumps;
        farthest = Math.max(farthest, next.farthest);
    }

    void write(DataOutput out) throws IOException {
        first.write(out);
        last().write(out);
        out.writeLong(silence);
        silentFrom.write(out);
        out.writeLong(jumps);
        out.writeLong(farthest);
    }

    static LogSpan read(DataInput in) throws IOException {
        LogSpan span = new LogSpan();
        span.first = Stamp.read(in);
        Stamp last = Stamp.read(in);
        span.lastLocal = last.local();
        span.lastZone = last.zone();
        span.lastSpread = last.spread();
        span.silence = in.readLong();
        span.silentFrom = Stamp.read(in);
        span.jumps = in.readLong();
        span.farthest = in.readLong();
        return span;
    }
}
