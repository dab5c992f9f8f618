package io.github.rowsleuth.logs.record;

import io.github.rowsleuth.logs.language.Part;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The records that can still grow. Parts join their record by process, not by neighbourhood: servers interleave them.
 * A record is handed on when its process begins another one, at the latest when {@link #WINDOW} others have begun; those
 * of one process are handed on in their order.
 */
final class OpenRecords {

    static final int WINDOW = 64;

    /** A record and when it began, counted in records. */
    private record Open(LogRecord record, long number, long process) {}

    private final List<Open> open = new ArrayList<>();
    private final long[] passed = new long[WINDOW];
    private final Consumer<LogRecord> target;
    private long begun;

    OpenRecords(Consumer<LogRecord> target) {
        this.target = target;
    }

    /** {@return how many records have begun} */
    long begun() {
        return begun;
    }

    /** {@return the record of that process that parts join, null if it has none} */
    @Nullable LogRecord of(long process) {
        int at = indexOf(process);
        return at < 0 ? null : open.get(at).record;
    }

    private int indexOf(long process) {
        for (int i = open.size() - 1; i >= 0; i--) {
            if (open.get(i).process == process) {
                return i;
            }
        }
        return -1;
    }

    /** A record begins; a complete one is handed on at once. */
    void begin(LogRecord record, boolean complete) {
        long process = record.process();
        close(process);
        passed[slot()] = -1;
        Open begins = new Open(record, begun, process);
        begun++;
        expire();
        if (complete) {
            emit(begins);
        } else {
            open.add(begins);
        }
    }

    /** A record begins that nobody needs to see. */
    void pass(long process) {
        passed[slot()] = process;
        begun++;
        if (!open.isEmpty()) {
            close(process);
            expire();
        }
    }

    private int slot() {
        return (int) (begun % WINDOW);
    }

    /** {@return whether the last record of that process is one that was passed} */
    boolean wasPassed(long process) {
        for (long number = begun - 1; number >= Math.max(0, begun - WINDOW); number--) {
            if (passed[(int) (number % WINDOW)] == process) {
                return true;
            }
        }
        return false;
    }

    private void close(long process) {
        int at = indexOf(process);
        if (at >= 0) {
            emit(open.remove(at));
        }
    }

    private void expire() {
        while (!open.isEmpty() && open.get(0).number <= begun - WINDOW) {
            emit(open.remove(0));
        }
    }

    private void emit(Open first) {
        if (!open.isEmpty() && open.get(0).number < first.number && speaksOfOthers(first.record)) {
            while (!open.isEmpty() && open.get(0).number < first.number) {
                emit(open.remove(0));
            }
        }
        target.accept(first.record);
    }

    /** What it says of other processes comes after what they said themselves. */
    private static boolean speaksOfOthers(LogRecord record) {
        if (record.part() == Part.LOG) {
            if (record.isOfStatement()) {
                return false;
            }
            String message = record.message();
            return message.contains(" (PID ")
                    || message.startsWith("all server processes")
                    || message.startsWith("starting PostgreSQL");
        }
        return record.part() == Part.ERROR && record.message().startsWith("deadlock detected");
    }

    /** {@return the record that begins on that line, null if none is open} */
    @Nullable LogRecord at(long line) {
        return open.stream()
                .map(Open::record)
                .filter(record -> record.place().line() == line)
                .findFirst()
                .orElse(null);
    }

    /** Hands on what is left. */
    void finish() {
        while (!open.isEmpty()) {
            emit(open.remove(0));
        }
    }

    /** Forgets records from that line on: another part of the log hands them on. */
    void forgetFrom(int log, long line) {
        open.removeIf(o -> {
            Place place = o.record.place();
            return place.log() > log || (place.log() == log && place.line() >= line);
        });
    }

    /** {@return the line on which the first of them begins that is in that log, or {@code otherwise} if none is} */
    long firstLine(int log, long otherwise) {
        return open.stream()
                .map(o -> o.record.place())
                .filter(place -> place.log() == log)
                .mapToLong(Place::line)
                .min()
                .orElse(otherwise);
    }

    /** Hands on those that begin before that line of that log. */
    void handOnBefore(int log, long line) {
        for (Open o : List.copyOf(open)) {
            Place place = o.record.place();
            if (place.log() < log || place.line() < line) {
                open.remove(o);
                target.accept(o.record);
            }
        }
    }

    /** Writes where they begin, and nothing that they say. */
    void writeOutline(DataOutput out) throws IOException {
        out.writeLong(begun);
        for (long process : passed) {
            out.writeLong(process);
        }
        out.writeInt(open.size());
        for (Open o : open) {
            out.writeLong(o.record.place().line());
            out.writeLong(o.number);
        }
    }

    /** Goes on from an outline; what the records say comes from their lines, which were read again. */
    void readOutline(DataInput in, OpenRecords again) throws IOException {
        begun = in.readLong();
        for (int i = 0; i < WINDOW; i++) {
            passed[i] = in.readLong();
        }
        for (int i = in.readInt(); i > 0; i--) {
            LogRecord record = again.at(in.readLong());
            long number = in.readLong();
            if (record != null) {
                open.add(new Open(record, number, record.process()));
            }
        }
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(begun);
        for (long process : passed) {
            out.writeLong(process);
        }
        out.writeInt(open.size());
        for (Open o : open) {
            o.record.write(out);
            out.writeLong(o.number);
        }
    }

    void read(DataInput in, Origin origin) throws IOException {
        begun = in.readLong();
        for (int i = 0; i < WINDOW; i++) {
            passed[i] = in.readLong();
        }
        for (int i = in.readInt(); i > 0; i--) {
            LogRecord record = LogRecord.read(in, origin);
            open.add(new Open(record, in.readLong(), record.process()));
        }
    }
}
