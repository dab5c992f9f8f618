package io.github.rowsleuth.logs.pass;

import io.github.rowsleuth.logs.event.SessionTable;
import io.github.rowsleuth.logs.horizon.Horizon;
import io.github.rowsleuth.logs.language.Part;
import io.github.rowsleuth.logs.record.Counts;
import io.github.rowsleuth.logs.record.FamiliarHeads;
import io.github.rowsleuth.logs.record.LinePrefix;
import io.github.rowsleuth.logs.record.Prefixes;
import io.github.rowsleuth.logs.record.RecordAssembler;
import io.github.rowsleuth.logs.record.Text;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Passes over the records that nobody needs: most of a log. It only passes over what reading line by line would not keep
 * either, and hands on everything else, so the findings are the same.
 *
 * <p>A record that may be passed over is held back until the next one begins, since its text can go on over lines.
 */
final class FastPass {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long LINE_FEEDS = 0x0A0A_0A0A_0A0A_0A0AL;
    private static final long SEMICOLONS = 0x3B3B_3B3B_3B3B_3B3BL;
    private static final long LOW = 0x0101_0101_0101_0101L;
    private static final long HIGH = 0x8080_8080_8080_8080L;

    /** Longer lines can be torn. */
    private static final int ATOMIC = 4096;

    private static final int WAIT = 64;

    private final FamiliarHeads heads;
    private final RecordAssembler records;
    private final SessionTable sessions;
    private final Horizon horizon;
    private final Counts counts;
    private final LineSink slow;
    private final boolean possible;
    private final Message message = new Message();

    /** The record that is held back: where it begins in the block, -1 if none is. */
    private int held = -1;

    private long heldProcess;
    private int heldLines;
    private int heldSemicolon;
    private int heldUndecodable;
    private int idFrom;
    private int idTo;
    private long local;
    private String zone = "";
    private int spread;
    private boolean semicolons;
    private boolean foreign;
    private long waitUntil;

    FastPass(
            Prefixes prefixes,
            RecordAssembler records,
            SessionTable sessions,
            Horizon horizon,
            Counts counts,
            LineSink slow) {
        LinePrefix prefix = prefixes.all().get(0);
        this.heads = new FamiliarHeads(prefix);
        this.records = records;
        this.sessions = sessions;
        this.horizon = horizon;
        this.counts = counts;
        this.slow = slow;
        this.possible = FamiliarHeads.canRead(prefix);
    }

    /** {@return whether the lines have a prefix that can be read so} */
    boolean isPossible() {
        return possible;
    }

    /** Whole lines. {@return up to where they were understood: a record that is held back is given again} */
    int block(byte[] b, int from, int to) {
        held = -1;
        int at = from;
        while (at < to) {
            int end = scan(b, at);
            line(b, at, end);
            at = end + 1;
        }
        return held < 0 ? to : held;
    }

    /** {@return where the line ends; notices on the way whether it holds a semicolon, or bytes that are not ASCII} */
    private int scan(byte[] b, int from) {
        long ends = 0;
        long bytes = 0;
        int at = from;
        while (true) {
            long word = (long) LONGS.get(b, at);
            long line = word ^ LINE_FEEDS;
            long feeds = (line - LOW) & ~line & HIGH;
            if (feeds != 0) {
                word &= (Long.lowestOneBit(feeds) >>> 7) - 1;
            }
            long end = word ^ SEMICOLONS;
            ends |= (end - LOW) & ~end;
            bytes |= word;
            if (feeds != 0) {
                semicolons = (ends & HIGH) != 0;
                foreign = (bytes & HIGH) != 0;
                return at + (Long.numberOfTrailingZeros(feeds) >>> 3);
            }
            at += 8;
        }
    }

    private void line(byte[] b, int from, int to) {
        if (b[from] == '\t') {
            goesOn(b, from, to);
        } else if (to - from > ATOMIC || from == to || b[to - 1] == '\r' || records.isUnfinished()) {
            slow(b, from, to);
        } else if (heads.read(b, from, to)) {
            head(b, from, to);
        } else {
            slow(b, from, to);
        }
    }

    private void goesOn(byte[] b, int from, int to) {
        if (held < 0 || to - from > ATOMIC || b[to - 1] == '\r') {
            slow(b, from, to);
            return;
        }
        if (semicolons && heldSemicolon < 0) {
            heldSemicolon = semicolon(b, from, to);
        }
        heldUndecodable += undecodable(b, from, to);
        heldLines++;
    }

    private int undecodable(byte[] b, int from, int to) {
        return foreign && !Text.isUtf8(b, from, to) ? 1 : 0;
    }

    private void head(byte[] b, int from, int to) {
        Part part = heads.part();
        long process = heads.process();
        boolean mine = held >= 0 && heldProcess == process;
        letGo(b, from);
        if (process == 0 || records.begun() < waitUntil) {
            slow(b, from, to);
        } else if (part == Part.LOG) {
            log(b, from, to, process);
        } else if (part.attaches()) {
            attached(b, from, to, process, mine);
        } else {
            slow(b, from, to);
        }
    }

    private void log(byte[] b, int from, int to, long process) {
        message.read(b, heads.textStart(), to);
        boolean closes = message.isDuration() && (records.isOpen(process) || !sessions.isIdle(process));
        if (message.canPass() && !closes) {
            hold(b, from, to, process);
            return;
        }
        waitUntil = message.canPass() || message.isOrdinary() ? waitUntil : records.begun() + WAIT;
        slow(b, from, to);
    }

    private void attached(byte[] b, int from, int to, long process, boolean mine) {
        boolean passed = mine ? !records.isOpen(process) : !records.isOpen(process) && records.wasPassed(process);
        if (!passed) {
            slow(b, from, to);
            return;
        }
        records.ignore();
        records.skipLines(1);
        counts.passed(1, 1);
        counts.undecodable(undecodable(b, from, to));
    }

    private void hold(byte[] b, int from, int to, long process) {
        held = from;
        heldProcess = process;
        heldLines = 1;
        heldUndecodable = undecodable(b, from, to);
        heldSemicolon = semicolons ? semicolon(b, message.body(), to) : -1;
        idFrom = heads.idFrom();
        idTo = heads.idTo();
        local = heads.local();
        zone = heads.zone();
        spread = heads.spread();
    }

    private static int semicolon(byte[] b, int from, int to) {
        int at = from;
        while (at < to && b[at] != ';') {
            at++;
        }
        return at < to ? at : -1;
    }

    /** Decides about the record that is held back: it is complete. */
    private void letGo(byte[] b, int end) {
        if (held < 0) {
            return;
        }
        int from = held;
        held = -1;
        boolean single = heldSemicolon < 0 || isBlank(b, heldSemicolon, end);
        if (!message.isHarmless(b, end, heldLines, single, horizon.known())) {
            again(b, from, end);
            return;
        }
        records.pass(heldProcess);
        records.skipLines(heldLines);
        counts.passed(heldLines, 1);
        counts.undecodable(heldUndecodable);
        horizon.reach(local, zone, spread);
        if (message.isSession()) {
            String id = idFrom < 0 ? "" : Text.decode(b, idFrom, idTo);
            sessions.follow(heldProcess, id, Text.decode(b, message.body(), end - 1));
            return;
        }
        if (idFrom >= 0) {
            sessions.meets(heldProcess, b, idFrom, idTo);
        }
        message.tell(heldProcess, sessions, horizon);
    }

    private static boolean isBlank(byte[] b, int from, int to) {
        for (int i = from; i < to; i++) {
            if (b[i] != ';' && b[i] != ' ' && b[i] != '\n' && b[i] != '\t') {
                return false;
            }
        }
        return true;
    }

    /** Reads lines that were held back after all. */
    private void again(byte[] b, int from, int end) {
        int at = from;
        while (at < end) {
            int next = Feeder.lineFeed(b, at, end);
            slow.line(b, at, next, 0);
            at = next + 1;
        }
    }

    private void slow(byte[] b, int from, int to) {
        if (held >= 0) {
            int begin = held;
            held = -1;
            again(b, begin, from);
        }
        slow.line(b, from, to, 0);
    }
}
