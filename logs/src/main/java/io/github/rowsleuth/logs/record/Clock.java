package io.github.rowsleuth.logs.record;

import io.github.rowsleuth.logs.time.Stamp;
import io.github.rowsleuth.logs.time.StampReader;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Reads the times of lines that follow each other: most of them are of the same minute. */
final class Clock {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int MINUTE = 16; // dddd-dd-dd dd:dd

    private long date;
    private long hourAndMinute;
    private long minute = Long.MIN_VALUE;
    private byte[] zoneBytes = new byte[0];
    private String zone = "";
    private long local;
    private int spread;

    void read(byte[] b, PrefixMatch match) {
        char letter = match.start('m') >= 0 ? 'm' : 't';
        int from = match.start(letter);
        int end = match.end(letter);
        long first = (long) LONGS.get(b, from);
        long second = (long) LONGS.get(b, from + 8);
        if (first != date || second != hourAndMinute) {
            date = first;
            hourAndMinute = second;
            minute = whole(b, from);
        }
        int at = from + MINUTE + 3;
        int millis = 1000 * (10 * (b[from + MINUTE + 1] - '0') + b[from + MINUTE + 2] - '0');
        spread = Stamp.SECOND;
        if (b[at] == '.') {
            spread = 0;
            at++;
            for (int weight = 100; at < end && StampReader.isDigit(b[at]); weight /= 10) {
                millis += weight * (b[at] - '0');
                at++;
            }
        }
        local = minute == Long.MIN_VALUE || millis > 60_999 ? Long.MIN_VALUE : minute + millis;
        zone(b, at + 1, end);
    }

    /** The milliseconds of the minute; those of its seconds are added to them. */
    private static long whole(byte[] b, int from) {
        byte[] minute = new byte[19];
        System.arraycopy(b, from, minute, 0, MINUTE);
        minute[MINUTE] = ':';
        minute[MINUTE + 1] = '0';
        minute[MINUTE + 2] = '0';
        return StampReader.dateTime(minute, 0);
    }

    private void zone(byte[] b, int from, int end) {
        boolean same = end - from == zoneBytes.length;
        for (int i = 0; same && i < zoneBytes.length; i++) {
            same = b[from + i] == zoneBytes[i];
        }
        if (!same) {
            zoneBytes = java.util.Arrays.copyOfRange(b, from, end);
            zone = new String(zoneBytes, java.nio.charset.StandardCharsets.US_ASCII);
        }
    }

    /** {@return as in a {@link Stamp}} */
    long local() {
        return local;
    }

    String zone() {
        return zone;
    }

    int spread() {
        return spread;
    }
}
