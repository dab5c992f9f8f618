package io.github.rowsleuth.logs.pass;

import io.github.rowsleuth.logs.event.Pool;
import io.github.rowsleuth.logs.event.Sighting;
import io.github.rowsleuth.logs.event.Told;
import io.github.rowsleuth.logs.event.Trace;
import io.github.rowsleuth.logs.horizon.Timeline;
import io.github.rowsleuth.logs.record.Counts;
import io.github.rowsleuth.logs.record.Place;
import io.github.rowsleuth.logs.record.RecordAssembler;
import io.github.rowsleuth.logs.record.Text;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;

/**
 * What a later reading needs to go on where this one ended: the sessions that did something which has not ended, what the
 * log could have shown up to now, and where the records begin that can still grow. Their lines are read again, so that no
 * text of the log with its values is kept.
 */
public final class SliceMark {

    private static final int MOST_DONE = 32;
    private static final int MOST_LOGS = 100;

    private final byte[] state;
    private final long lines;
    private final Told told;

    private SliceMark(byte[] state, long lines, Told told) {
        this.state = state;
        this.lines = lines;
        this.told = told;
    }

    /** What was marked, until the reading has told what it found. */
    public static final class Unfinished {

        private final byte[] state;
        private final long lines;
        private final int log;
        private final long from;
        private final Set<Sighting> open;

        private Unfinished(byte[] state, long lines, int log, long from, Set<Sighting> open) {
            this.state = state;
            this.lines = lines;
            this.log = log;
            this.from = from;
            this.open = open;
        }

        /** {@return how many of the last lines before the mark will have to be read again} */
        public long lines() {
            return lines;
        }

        /** {@return the mark, once that slice is whole} */
        public SliceMark told(Slice slice) {
            Told told = new Told();
            Timeline timeline = slice.horizon.timeline();
            for (Sighting sighting : slice.ledger.sightings()) {
                if (open.contains(sighting) || canComeAgain(sighting.place())) {
                    told.add(sighting, sighting.fingerprint(shows(timeline, sighting)));
                }
            }
            for (Sighting sighting : slice.recalled()) {
                told.add(sighting, sighting.fingerprint(shows(timeline, sighting)));
            }
            for (Trace trace : slice.ledger.traces()) {
                if (canComeAgain(trace.place())) {
                    told.add(trace);
                }
            }
            return new SliceMark(state, lines, told);
        }

        private static boolean shows(Timeline timeline, Sighting sighting) {
            return timeline.at(sighting.place()).showsTransactions();
        }

        private boolean canComeAgain(Place place) {
            return place.log() == log && place.line() >= from;
        }
    }

    /**
     * {@return a mark behind the last whole line of what was read; what was read of the next one is left to the later
     * reading}
     *
     * @param slice what was read, from the beginning of a log, and not yet {@link Slice#whole()}
     * @param atHand how many of its last lines a later reading can read again; records that began before are as they are
     */
    public static Unfinished of(Slice slice, long atHand) {
        slice.takeCarry();
        RecordAssembler records = slice.records();
        records.handOnBefore(records.number() - atHand + 1);
        long from = Math.max(records.firstNeeded(), records.number() - atHand + 1);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Pool.Writer pool = new Pool.Writer(new DataOutputStream(bytes));
        try {
            DataOutput out = pool.data();
            out.writeInt(slice.names.size());
            for (String name : slice.names) {
                Text.write(out, name);
            }
            Counts settings = new Counts();
            settings.learn(slice.counts);
            settings.write(out);
            pool.atMostDone(MOST_DONE);
            slice.sessions.writeKnown(pool);
            slice.horizon.write(out);
            records.writeOutline(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Unfinished(
                bytes.toByteArray(), records.number() - from + 1, records.logNumber(), from, pool.sightings());
    }

    /** {@return how many of the last lines before the mark have to be read again} */
    public long lines() {
        return lines;
    }

    /**
     * {@return what goes on behind the mark}
     *
     * @param scan what is looked for
     * @param before the last lines before the mark, as many as {@link #lines()} says; fewer if they are gone
     * @throws IOException if this is no such mark
     */
    public Slice resume(Scan scan, byte[] before) throws IOException {
        Slice slice = new Slice(scan, true);
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(state))) {
            for (int i = in.readInt(); i > 0; i--) {
                slice.names.add(Text.read(in));
            }
            slice.counts.learn(Counts.read(in));
            Pool.Reader pool = new Pool.Reader(in, slice.origin);
            slice.sessions.read(pool);
            slice.horizon.read(in);
            recall(slice, in, before);
            slice.goOn(pool.read(), told);
            slice.forgetLogs(slice.names.size() - MOST_LOGS);
        }
        return slice;
    }

    private void recall(Slice slice, DataInputStream outline, byte[] before) throws IOException {
        outline.mark(0);
        int log = outline.readInt();
        long number = outline.readLong();
        outline.reset();
        RecordAssembler again = new RecordAssembler(slice.scan.prefixes(), slice.scan.latest());
        again.bind(slice.origin, new Counts(), stamp -> {}, record -> {});
        long count = lineFeeds(before);
        again.startAfter(log, number - count);
        int from = 0;
        for (int i = 0; i < before.length; i++) {
            if (before[i] == '\n') {
                int kept = Math.min(i, from + Feeder.MAX_LINE);
                int begin = Bytes.visible(before, from, kept, again.number() == 0);
                again.line(before, begin, Bytes.end(before, begin, kept, i - kept), i - kept);
                from = i + 1;
            }
        }
        slice.records().readOutline(outline, again);
    }

    private static long lineFeeds(byte[] bytes) {
        long count = 0;
        for (byte b : bytes) {
            count += b == '\n' ? 1 : 0;
        }
        return count;
    }

    /** Writes it. */
    public void write(DataOutput out) throws IOException {
        out.writeInt(state.length);
        out.write(state);
        out.writeLong(lines);
        told.write(out);
    }

    /** {@return a mark that was written} */
    public static SliceMark read(DataInput in) throws IOException {
        byte[] state = new byte[in.readInt()];
        in.readFully(state);
        return new SliceMark(state, in.readLong(), Told.read(in));
    }
}
