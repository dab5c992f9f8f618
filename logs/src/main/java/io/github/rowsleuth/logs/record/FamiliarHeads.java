package io.github.rowsleuth.logs.record;

import io.github.rowsleuth.logs.language.Part;
import io.github.rowsleuth.logs.time.Stamp;
import io.github.rowsleuth.logs.time.StampReader;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the beginnings of lines, most of which were seen before but for the second and the process in them. The answer
 * is the same as that of the prefix: time, process and line number stand among the tokens that decide alone how far they
 * reach, so other digits in their place change nothing else.
 *
 * <p>Loads eight bytes at a time: the array must go on for {@link #PADDING} bytes behind a line.
 */
public final class FamiliarHeads {

    /** How far behind the end of a line the array must reach. */
    public static final int PADDING = 64;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ZEROS = 0x3030_3030_3030_3030L;
    private static final long NOT_DIGIT = 0xF0F0_F0F0_F0F0_F0F0L;
    private static final long TO_NIBBLE = 0x0606_0606_0606_0606L;
    private static final int DATE_TIME = 19; // dddd-dd-dd dd:dd:dd
    private static final int SECONDS = 16; // where the colon before them stands
    private static final int SLOTS = 1024;
    private static final int WAYS = 4; // a message, its detail, an error, its statement
    private static final int LONGEST = 512;

    /**
     * What was seen behind the process, or the line number, up to the text.
     *
     * @param bytes the bytes
     * @param part what they begin
     * @param idFrom where the session id begins in them, negative if there is none
     * @param idTo past its end
     */
    @SuppressWarnings("ArrayRecordComponent")
    private record Known(byte[] bytes, Part part, int idFrom, int idTo) {}

    private final LinePrefix prefix;
    private final PrefixMatch match = new PrefixMatch();
    private final Clock clock = new Clock();
    private final char time;
    private final boolean foreseeable;
    private final boolean numbered;

    private final @Nullable Known[] known = new @Nullable Known[SLOTS * WAYS];

    private long date;
    private long hourAndMinute;
    private long minute;
    private byte[] gap = new byte[0];
    private String gapZone = "";
    private byte[] numberGap = new byte[0];

    private int textStart;
    private long process;
    private Part part = Part.LOG;
    private int idFrom;
    private int idTo;
    private long local;
    private String zone = "";
    private int spread;
    private int at;

    /** Makes one for lines with that prefix, which must be one that {@link #canRead} admits. */
    public FamiliarHeads(LinePrefix prefix) {
        this.prefix = prefix;
        this.time = prefix.fixedAt('m') == 0 ? 'm' : 't';
        int processAt = prefix.fixedAt('p');
        int numberAt = prefix.fixedAt('l');
        int idAt = prefix.fixedAt('c');
        this.numbered = processAt > 0 && numberAt > processAt && prefix.isUnique("l");
        this.foreseeable = prefix.fixedAt(time) == 0
                && processAt > 0
                && prefix.isUnique("mt")
                && prefix.isUnique("p")
                && (idAt < 0 || idAt > Math.max(processAt, numbered ? numberAt : -1));
    }

    /** {@return whether the lines say a local time and their process} */
    public static boolean canRead(LinePrefix prefix) {
        return prefix.hasLocalTime() && prefix.hasProcess();
    }

    /** {@return whether a line begins as the prefix says, as {@link LinePrefix#match} has it} */
    public boolean read(byte[] b, int from, int to) {
        return (foreseeable && recall(b, from, to)) || learn(b, from, to);
    }

    // ---- what was seen before

    private boolean recall(byte[] b, int from, int to) {
        if (to - from < DATE_TIME + gap.length
                || (long) LONGS.get(b, from) != date
                || (long) LONGS.get(b, from + 8) != hourAndMinute
                || !time(b, from)
                || !isSame(b, at, to, gap)) {
            return false;
        }
        at += gap.length;
        if (!process(b)) {
            return false;
        }
        if (numbered && !number(b, to)) {
            return false;
        }
        Known seen = find(b, to);
        if (seen == null) {
            return false;
        }
        zone = gapZone;
        textStart = at + seen.bytes.length;
        part = seen.part;
        idFrom = seen.idFrom < 0 ? -1 : at + seen.idFrom;
        idTo = at + seen.idTo;
        return true;
    }

    private @Nullable Known find(byte[] b, int to) {
        int slot = slot(b, at);
        for (int way = slot; way < slot + WAYS; way++) {
            Known seen = known[way];
            if (seen != null && isSame(b, at, to, seen.bytes)) {
                return seen;
            }
        }
        return null;
    }

    private static boolean isSame(byte[] b, int from, int to, byte[] bytes) {
        return from + bytes.length <= to && Arrays.equals(b, from, from + bytes.length, bytes, 0, bytes.length);
    }

    /** {@code :dd.ddd }, or {@code :dd} only. */
    private boolean time(byte[] b, int from) {
        long word = (long) LONGS.get(b, from + SECONDS) ^ (time == 'm' ? 0x2030_3030_2E30_303AL : 0x30_303AL);
        long wrong = time == 'm' ? 0xFFF0_F0F0_FFF0_F0FFL : 0xF0_F0FFL;
        long digits = time == 'm' ? 0x0006_0606_0006_0600L : 0x06_0600L;
        if (((word | (word + digits)) & wrong) != 0) {
            return false;
        }
        int second = 10 * (int) (word >>> 8 & 0xF) + (int) (word >>> 16 & 0xF);
        local = minute + 1000L * second;
        at = from + DATE_TIME;
        spread = Stamp.SECOND;
        if (time == 'm') {
            spread = 0;
            local += 100 * (word >>> 32 & 0xF) + 10 * (word >>> 40 & 0xF) + (word >>> 48 & 0xF);
            at += 4;
        }
        return second < 60;
    }

    /** One to seven digits. */
    private boolean process(byte[] b) {
        long word = (long) LONGS.get(b, at) ^ ZEROS;
        long others = (word | (word + TO_NIBBLE)) & NOT_DIGIT;
        int length = Long.numberOfTrailingZeros(others) >>> 3;
        if (length == 0 || others == 0) {
            return false;
        }
        long digits = word << (64 - 8 * length);
        digits = (digits * 10 + (digits >>> 8)) & 0x00FF_00FF_00FF_00FFL;
        digits = (digits * 100 + (digits >>> 16)) & 0x0000_FFFF_0000_FFFFL;
        process = (digits * 10_000 + (digits >>> 32)) & 0xFFFF_FFFFL;
        at += length;
        return true;
    }

    private boolean number(byte[] b, int to) {
        if (!isSame(b, at, to, numberGap)) {
            return false;
        }
        int begin = at + numberGap.length;
        at = begin;
        while (at < to && StampReader.isDigit(b[at])) {
            at++;
        }
        return at > begin;
    }

    private int slot(byte[] b, int from) {
        long hash = (long) LONGS.get(b, from) * 0x9E37_79B9_7F4A_7C15L;
        hash = (hash ^ hash >>> 29 ^ (long) LONGS.get(b, from + 8)) * 0xBF58_476D_1CE4_E5B9L;
        return (int) (hash >>> 54) * WAYS;
    }

    // ---- what was not

    private boolean learn(byte[] b, int from, int to) {
        if (!prefix.match(b, from, to, match)) {
            return false;
        }
        textStart = match.textStart();
        process = match.process(b);
        part = match.part(b);
        idFrom = match.start('c');
        idTo = match.end('c');
        clock.read(b, match);
        local = clock.local();
        spread = clock.spread();
        zone = clock.zone();
        if (foreseeable && local != Long.MIN_VALUE) {
            remember(b, from);
        }
        return true;
    }

    private void remember(byte[] b, int from) {
        int timeEnd = from + DATE_TIME + (time == 'm' ? 4 : 0);
        int rest = match.end(numbered ? 'l' : 'p');
        boolean usual = b[from + SECONDS + 3] == (time == 'm' ? '.' : ' ') && b[timeEnd] == ' ';
        if (!usual || b[from + SECONDS + 1] > '5' || textStart - rest > LONGEST) {
            return;
        }
        date = (long) LONGS.get(b, from);
        hourAndMinute = (long) LONGS.get(b, from + 8);
        minute = local - Math.floorMod(local, 60_000L);
        gapZone = zone;
        gap = same(gap, b, timeEnd, match.start('p'));
        if (numbered) {
            numberGap = same(numberGap, b, match.end('p'), match.start('l'));
        }
        int slot = slot(b, rest);
        System.arraycopy(known, slot, known, slot + 1, WAYS - 1);
        known[slot] =
                new Known(Arrays.copyOfRange(b, rest, textStart), part, idFrom < 0 ? -1 : idFrom - rest, idTo - rest);
    }

    private static byte[] same(byte[] before, byte[] b, int from, int to) {
        return Arrays.equals(before, 0, before.length, b, from, to) ? before : Arrays.copyOfRange(b, from, to);
    }

    // ---- the line that was read

    /** {@return where the text begins} */
    public int textStart() {
        return textStart;
    }

    /** {@return the process, 0 if the line does not tell} */
    public long process() {
        return process;
    }

    /** {@return what the line begins} */
    public Part part() {
        return part;
    }

    /** {@return where the session id begins, -1 if there is none} */
    public int idFrom() {
        return idFrom;
    }

    /** {@return past the end of the session id} */
    public int idTo() {
        return idTo;
    }

    /** {@return the time, as in a {@code Stamp}} */
    public long local() {
        return local;
    }

    /** {@return the zone of the time, as in a {@code Stamp}} */
    public String zone() {
        return zone;
    }

    /** {@return the spread of the time, as in a {@code Stamp}} */
    public int spread() {
        return spread;
    }
}
