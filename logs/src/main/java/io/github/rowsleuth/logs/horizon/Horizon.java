package io.github.rowsleuth.logs.horizon;

import io.github.rowsleuth.logs.event.SettingChange;
import io.github.rowsleuth.logs.event.Sql;
import io.github.rowsleuth.logs.language.Part;
import io.github.rowsleuth.logs.record.Counts;
import io.github.rowsleuth.logs.record.LogRecord;
import io.github.rowsleuth.logs.record.Origin;
import io.github.rowsleuth.logs.record.Place;
import io.github.rowsleuth.logs.time.Stamp;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/** Follows what a log could have shown, from one change of a setting to the next. */
public final class Horizon {

    private static final int MOST_STRETCHES = 2_000;
    private static final int DELAY = 64; // a record is handed on that many records later at the latest

    private static final int OF_ENDED = Signs.TEXTS | Signs.TRANSACTIONS | Signs.ENDED | Signs.FAST_ENDED;

    private static final Set<String> DECIDING = Set.of(
            "log_statement",
            "log_min_duration_statement",
            "log_min_error_statement",
            "log_min_messages",
            "pgaudit.log",
            "auto_explain.log_min_duration",
            "auto_explain.log_nested_statements");

    /** What a record shows; it is not sure yet whether a setting changed before it. */
    private record Sign(Place place, int signs, long due) {}

    private final Origin origin;
    private final Counts counts;
    private final List<Stretch> stretches = new ArrayList<>();
    private final List<LogSpan> logs = new ArrayList<>();
    private final Deque<Sign> open = new ArrayDeque<>();
    private int sure;

    /** Follows that part of a log. */
    public Horizon(Origin origin, Counts counts) {
        this.origin = origin;
        this.counts = counts;
        stretches.add(new Stretch(null, "", ""));
        logs.add(new LogSpan());
    }

    /** A record of that time began. */
    public void reach(Stamp stamp) {
        reach(stamp.local(), stamp.zone(), stamp.spread());
    }

    /** A record of that time began; the parts are those of a {@link Stamp}. */
    public void reach(long local, String zone, int spread) {
        logs.get(logs.size() - 1).reach(local, zone, spread);
    }

    /** Another log begins. */
    public void nextLog() {
        logs.add(new LogSpan());
    }

    /** A record is complete. */
    public void accept(LogRecord record, long begun) {
        while (!open.isEmpty() && open.element().due <= begun) {
            assign(open.remove());
        }
        if (record.part() != Part.LOG) {
            return;
        }
        String message = record.message();
        SettingChange.of(message).ifPresent(change -> changed(change, record.place()));
        int signs = isKnown(message, record) ? 0 : signs(message, record);
        if (signs != 0) {
            open.add(new Sign(record.place(), signs, begun + DELAY));
        }
    }

    /** {@return whether it is the text of a statement that has run, and all that such a text can show is known} */
    private boolean isKnown(String message, LogRecord record) {
        return (sure & OF_ENDED) == OF_ENDED
                && message.startsWith("duration: ")
                && !message.contains(" ms  plan:")
                && stretches.get(stretches.size() - 1).beginsBefore(record.place());
    }

    private static int signs(String message, LogRecord record) {
        if (message.startsWith("AUDIT: ")) {
            return message.contains(",WRITE,") ? Signs.AUDIT_WRITES : 0;
        }
        if (message.startsWith("duration: ") && message.contains(" ms  plan:")) {
            return Signs.PLANS;
        }
        return Sql.of(record).map(Signs::of).orElse(0);
    }

    private void changed(SettingChange change, Place place) {
        if (change.name().equals("log_line_prefix")) {
            change.value().ifPresent(counts::announce);
        } else if (change.name().equals("log_timezone")) {
            change.value().ifPresent(counts::zone);
        }
        if (DECIDING.contains(change.name()) && stretches.size() < MOST_STRETCHES) {
            stretches.add(new Stretch(place, change.name(), change.value().orElse("")));
            sure = 0;
        }
    }

    private void assign(Sign sign) {
        for (int i = stretches.size() - 1; i >= 0; i--) {
            if (stretches.get(i).beginsBefore(sign.place)) {
                stretches.get(i).sign(sign.signs);
                return;
            }
        }
    }

    /** {@return the signs that are known already of the time at hand: more of the same say nothing new} */
    public int known() {
        return sure;
    }

    /** A record that nobody else needs to see shows this. */
    public void sign(int signs) {
        stretches.get(stretches.size() - 1).sign(signs);
        sure |= signs;
    }

    private void settle() {
        while (!open.isEmpty()) {
            assign(open.remove());
        }
    }

    /**
     * Goes on with the next part.
     *
     * @param begun how many logs of that part were begun here already, because its first lines were read here
     */
    public void join(Horizon next, int begun) {
        settle();
        Stretch last = stretches.get(stretches.size() - 1);
        last.sign(next.stretches.get(0).signs());
        for (Stretch stretch : next.stretches.subList(1, next.stretches.size())) {
            if (stretches.size() < MOST_STRETCHES) {
                stretches.add(stretch);
            }
        }
        open.addAll(next.open);
        sure = 0;
        int first = logs.size() - 1 - begun;
        for (int i = 0; i <= begun; i++) {
            logs.get(first + i).join(next.logs.get(i));
        }
        logs.addAll(next.logs.subList(begun + 1, next.logs.size()));
    }

    /** Forgets from when to when the first logs go. */
    public void forgetLogs(int count) {
        logs.subList(0, count).clear();
    }

    /** {@return the logs, in the order in which they were read} */
    public List<LogSpan> logs() {
        return List.copyOf(logs);
    }

    /** {@return what the log shows, in the order of the log} */
    public Timeline timeline() {
        settle();
        return Timeline.of(stretches, logs);
    }

    /** Writes it. */
    public void write(DataOutput out) throws IOException {
        out.writeInt(stretches.size());
        for (Stretch stretch : stretches) {
            stretch.write(out);
        }
        out.writeInt(logs.size());
        for (LogSpan log : logs) {
            log.write(out);
        }
        out.writeInt(open.size());
        for (Sign sign : open) {
            sign.place.write(out);
            out.writeInt(sign.signs);
            out.writeLong(sign.due);
        }
    }

    /** Reads what was written. */
    public void read(DataInput in) throws IOException {
        stretches.clear();
        for (int i = in.readInt(); i > 0; i--) {
            stretches.add(Stretch.read(in, origin));
        }
        logs.clear();
        for (int i = in.readInt(); i > 0; i--) {
            logs.add(LogSpan.read(in));
        }
        for (int i = in.readInt(); i > 0; i--) {
            open.add(new Sign(Place.read(in, origin), in.readInt(), in.readLong()));
        }
    }
}
