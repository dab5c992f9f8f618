package io.github.rowsleuth.logs.pass;

import io.github.rowsleuth.logs.event.Ledger;
import io.github.rowsleuth.logs.event.SessionTable;
import io.github.rowsleuth.logs.event.Sighting;
import io.github.rowsleuth.logs.event.StatementTracker;
import io.github.rowsleuth.logs.event.Told;
import io.github.rowsleuth.logs.event.Trace;
import io.github.rowsleuth.logs.horizon.Horizon;
import io.github.rowsleuth.logs.horizon.Timeline;
import io.github.rowsleuth.logs.record.Counts;
import io.github.rowsleuth.logs.record.LogRecord;
import io.github.rowsleuth.logs.record.Origin;
import io.github.rowsleuth.logs.record.Place;
import io.github.rowsleuth.logs.record.Prefixes;
import io.github.rowsleuth.logs.record.RecordAssembler;
import io.github.rowsleuth.logs.time.Stamp;
import java.util.ArrayList;
import java.util.List;

/**
 * What was found in a part of a log. Parts that follow each other join, and it does not matter where the log was cut or
 * in which order its parts are joined: reading it at once finds the same.
 *
 * <p>A part that does not begin where the log begins can not know what its first lines belong to. It keeps those lines as
 * they are, until as many records have begun as can still grow: everything after that it understands by itself. The part
 * before it reads the kept lines when both are joined.
 */
public final class Slice implements LineSink {

    /** As many records can grow at the same time. */
    private static final int WINDOW = 64;

    /** What a log is called of which a part holds nothing but its end. */
    private static final String NO_LOG = "";

    Scan scan;
    final boolean fromStart;
    final Origin origin = new Origin();
    final Counts counts = new Counts();
    final Ledger ledger;
    final SessionTable sessions;
    final Horizon horizon;
    final List<String> names = new ArrayList<>();
    final Head head = new Head();
    private final StatementTracker tracker;
    private RecordAssembler records;
    private FastPass fast;
    /** The log in which the first line is that this part understands by itself, counted within the part. */
    private int ownLog;

    private int muteLog = Integer.MAX_VALUE;
    private long muteFrom = Long.MAX_VALUE;
    private long misaligned;
    private Carry carry = Carry.NONE;
    private List<Sighting> recalled = List.of();
    private Told told = new Told();

    Slice(Scan scan, boolean fromStart) {
        this.scan = scan;
        this.fromStart = fromStart;
        this.ledger = new Ledger(scan.focus());
        this.sessions = new SessionTable(ledger, fromStart);
        this.tracker = new StatementTracker(ledger, sessions);
        this.horizon = new Horizon(origin, counts);
        this.records = new RecordAssembler(scan.prefixes(), scan.latest());
        this.fast = adopt(records);
        if (fromStart) {
            head.complete();
        }
    }

    /** {@return a part that begins where the log begins} */
    public static Slice first(Scan scan, String name) {
        Slice slice = new Slice(scan, true);
        slice.names.add(name);
        return slice;
    }

    /** {@return a part that begins anywhere} */
    public static Slice anywhere(Scan scan, String name) {
        Slice slice = new Slice(scan, false);
        slice.names.add(name);
        return slice;
    }

    /** {@return a part that begins where a log begins, which may follow another one} */
    public static Slice beginning(Scan scan, String name) {
        Slice slice = anywhere(scan, NO_LOG);
        slice.nextLog(name);
        return slice;
    }

    private FastPass adopt(RecordAssembler assembler) {
        records = assembler;
        assembler.bind(origin, counts, this::reach, this::accept);
        return new FastPass(scan.prefixes(), assembler, sessions, horizon, counts, this);
    }

    private void reach(Stamp stamp) {
        boolean own = fromStart || records.begun() >= WINDOW;
        if (own && !isMuted(records.logNumber(), records.number())) {
            horizon.reach(stamp);
        }
    }

    private void accept(LogRecord record) {
        if (isMine(record.place())
                && !isMuted(record.place().log(), record.place().line())) {
            counts.complete(record);
            tracker.accept(record);
            horizon.accept(record, records.begun());
        }
    }

    private boolean isMine(Place place) {
        boolean later = place.log() > ownLog;
        boolean here = place.log() == ownLog && head.owns(place.line());
        return fromStart || (head.isOwned() && (later || here));
    }

    /** {@return whether another part understands that line by itself, which is joined to this one now} */
    private boolean isMuted(int log, long line) {
        return log > muteLog || (log == muteLog && line >= muteFrom);
    }

    /** Whole lines. {@return up to where they were understood; the rest needs what comes after it} */
    int block(byte[] b, int from, int to) {
        int at = from;
        while (at < to && (!head.isComplete() || records.isUnfinished())) {
            at = one(b, at, to);
        }
        if (at >= to) {
            return to;
        }
        return scan.fast() && fast.isPossible() ? fast.block(b, at, to) : hurry(b, at, to);
    }

    /** Whole lines, one by one. */
    int hurry(byte[] b, int from, int to) {
        int at = from;
        while (at < to) {
            at = one(b, at, to);
        }
        return to;
    }

    private int one(byte[] b, int from, int to) {
        int end = Feeder.lineFeed(b, from, to);
        line(b, from, end, 0);
        return end + 1;
    }

    @Override
    public void line(byte[] b, int from, int end, long dropped) {
        if (end - from > Feeder.MAX_LINE) {
            line(b, from, from + Feeder.MAX_LINE, dropped + end - from - Feeder.MAX_LINE);
            return;
        }
        if (!head.isComplete() && head.keep(b, from, end, dropped)) {
            records.skipLines(1); // it may be the end of a line only, which the part before this one has
            return;
        }
        if (!fromStart && !head.isOwned()) {
            counts.clear();
        }
        boolean first = records.number() == 0 && (fromStart || records.log() > 0);
        int begin = Bytes.visible(b, from, end, first);
        int to = Bytes.end(b, begin, end, dropped);
        boolean muted = isMuted(records.logNumber(), records.number() + 1);
        records.countIn(muted ? new Counts() : counts);
        records.line(b, begin, to, dropped);
        records.countIn(counts);
        boolean owned = head.isOwned();
        head.reached(records.number(), records.begun(), WINDOW);
        ownLog = owned ? ownLog : records.log();
    }

    Carry takeCarry() {
        Carry taken = carry;
        carry = Carry.NONE;
        return taken;
    }

    void carry(Carry line) {
        carry = line;
    }

    /** The log ends here, and another one follows. */
    public void nextLog(String name) {
        endLine();
        if (!head.isComplete()) {
            head.keepEnd();
        }
        records.nextLog();
        horizon.nextLog();
        names.add(name);
    }

    /** Says how lines can begin from now on. */
    public void expect(Scan other) {
        scan = other;
        records.expect(other.prefixes());
        fast = adopt(records);
    }

    private void endLine() {
        if (!carry.isEmpty()) {
            Carry last = takeCarry();
            line(last.bytes(), 0, last.bytes().length, last.dropped());
        }
    }

    /** Goes on with the next part. */
    public void join(Slice next) {
        int logs = records.log();
        long lines = records.number();
        next.origin.follow(origin, logs, lines);
        if (next.head.isComplete()) {
            // only the first log of that part goes on with one whose lines were counted here
            muteFrom = next.head.ownFrom() + (next.ownLog == 0 ? lines : 0);
            muteLog = records.logNumber() + next.ownLog;
        }
        int name = 1;
        records.expect(next.scan.prefixes());
        for (Carry line : next.head.lines()) {
            if (line.isEnd()) {
                nextLog(next.names.get(name++));
            } else {
                Carry whole = takeCarry().and(line);
                line(whole.bytes(), 0, whole.bytes().length, whole.dropped());
            }
        }
        if (next.head.isComplete()) {
            take(next, logs, lines, name - 1);
            names.addAll(next.names.subList(name, next.names.size()));
        }
        carry = carry.and(next.carry);
        unmute();
    }

    private void unmute() {
        muteLog = Integer.MAX_VALUE;
        muteFrom = Long.MAX_VALUE;
    }

    private void take(Slice next, int logs, long lines, int begun) {
        misaligned += records.endBefore(muteLog, muteFrom) ? 0 : 1;
        misaligned += next.misaligned;
        unmute();
        next.records.follow(logs, lines);
        fast = adopt(next.records);
        counts.add(next.counts);
        ledger.add(next.ledger);
        sessions.join(next.sessions);
        horizon.join(next.horizon, begun);
    }

    /** {@return the same as it would be if nothing came before and nothing came after; this part must not be used again} */
    public Slice whole() {
        if (!fromStart) {
            return joinedToNothing().whole();
        }
        endLine();
        records.finish();
        sessions.tellAll();
        return this;
    }

    /** {@return how many bytes were read behind the last whole line} */
    public long pending() {
        return carry.bytes().length + carry.dropped();
    }

    /** Goes on where an earlier reading ended. */
    void goOn(List<Sighting> open, Told earlier) {
        recalled = open;
        told = earlier;
    }

    /** Forgets what the first logs are called: what is still known of them counts as of the one after them. */
    void forgetLogs(int count) {
        if (count > 0) {
            origin.follow(new Origin(), -count, 0);
            names.subList(0, count).clear();
            horizon.forgetLogs(count);
            told = told.withoutLogs(count);
        }
    }

    /** {@return the statements, in the order of the log, but for those that an earlier reading told as they are} */
    public List<Sighting> sightings() {
        Timeline timeline = horizon.timeline();
        return ledger.news(recalled, told, s -> timeline.at(s.place()).showsTransactions());
    }

    /** {@return the traces, but for those that an earlier reading told} */
    public List<Trace> traces() {
        return ledger.news(told);
    }

    /** {@return whether an earlier reading told that statement, otherwise} */
    public boolean isToldBefore(Sighting sighting) {
        return told.knows(sighting);
    }

    /** {@return the statements of an earlier reading that had not ended in it} */
    List<Sighting> recalled() {
        return recalled;
    }

    /** Before the first log there is none: it must not be counted. */
    private Slice joinedToNothing() {
        Slice whole = new Slice(scan, true);
        boolean beginsLog = names.get(0).equals(NO_LOG);
        if (beginsLog) {
            whole.records.startAfter(-1, 0);
        } else {
            whole.names.add(names.get(0));
        }
        whole.join(this);
        if (beginsLog) {
            whole.horizon.forgetLogs(1);
        }
        return whole;
    }

    RecordAssembler records() {
        return records;
    }

    long misaligned() {
        return misaligned;
    }

    int ownLog() {
        return ownLog;
    }

    void ownLog(int number) {
        ownLog = number;
    }

    void misaligned(long parts) {
        misaligned = parts;
    }

    Carry carry() {
        return carry;
    }

    /** {@return the names of the logs, in the order in which they were read} */
    public List<String> names() {
        return List.copyOf(names);
    }

    /** {@return how lines can begin} */
    public Prefixes prefixes() {
        return scan.prefixes();
    }

    /** {@return what was counted} */
    public Counts counts() {
        return counts;
    }

    /** {@return the statements and the traces} */
    public Ledger ledger() {
        return ledger;
    }

    /** {@return what the log could have shown} */
    public Horizon horizon() {
        return horizon;
    }

    /** {@return how many parts could not be joined to the one before them, because it is damaged there} */
    public long unjoined() {
        return misaligned;
    }

    /** {@return how many lines of the log at hand were read} */
    public long line() {
        return records.number();
    }
}
