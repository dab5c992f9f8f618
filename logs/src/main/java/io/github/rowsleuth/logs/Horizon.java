package io.github.rowsleuth.logs;

import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.incident.TimeWindow;
import io.github.rowsleuth.probe.Examination;
import io.github.rowsleuth.probe.Visibility;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** Follows what a log could have shown, from one change of {@code log_statement} to the next. */
final class Horizon {

    private static final int MAX_STRETCHES = 1_000;

    private final List<Stretch> stretches = new ArrayList<>();
    private long records;
    private long unread;

    void accept(LogRecord record) {
        records++;
        if (stretches.isEmpty()) {
            stretches.add(new Stretch(record.head(), Level.NONE));
        }
        current().reach(record.head());
        if (record.head().part() != Part.LOG) {
            return;
        }
        String message = record.message();
        SettingChange.of(message)
                .filter(change -> change.name().equals("log_statement") && stretches.size() < MAX_STRETCHES)
                .ifPresent(change -> stretches.add(new Stretch(
                        record.head(), Level.of(change.value().orElse("none").toLowerCase(Locale.ROOT)))));
        Sql.of(record)
                .filter(sql -> sql.kind() != Sql.Kind.NEITHER && !sql.text().isEmpty())
                .ifPresent(current()::saw);
        if (message.startsWith("AUDIT: ") || (message.startsWith("duration: ") && message.contains(" ms  plan:"))) {
            unread++;
        }
    }

    private Stretch current() {
        return stretches.get(stretches.size() - 1);
    }

    /** {@return whether a statement outside of any transaction that the log shows was outside of all} */
    boolean showsTransactions() {
        return stretches.stream().allMatch(Stretch::showsTransactions);
    }

    /** {@return from the first record to the last} */
    Moment span() {
        if (stretches.isEmpty()) {
            return Moment.unknown();
        }
        Moment first = stretches.get(0).from();
        Moment last = current().to();
        return first.earliest().isEmpty()
                        || last.latest().isEmpty()
                        || last.latest().get().isBefore(first.earliest().get())
                ? Moment.unknown()
                : Moment.between(first.earliest().get(), last.latest().get());
    }

    /** {@return whether the log could have shown a successful deletion in that window; says as gaps what it could not} */
    Visibility visibility(TimeWindow window, Examination examination) {
        if (unread > 0) {
            examination.gap(
                    unread + " records of pgaudit or auto_explain",
                    "what they say of rows, cascades and nested statements is not read",
                    "search the log for 'AUDIT: ' and 'Query Text: '");
        }
        reportWindow(window, examination);
        List<Stretch> lasting = stretches.stream().filter(Stretch::lasts).toList();
        List<Stretch> relevant = (lasting.isEmpty() ? stretches : lasting)
                .stream().filter(s -> s.meets(window)).toList();
        if (records == 0 || relevant.isEmpty()) {
            return new Visibility(Visibility.Degree.UNKNOWN, "this log holds no record of the time in question");
        }
        TreeSet<Level> levels = new TreeSet<>();
        relevant.forEach(s -> levels.add(s.level()));
        levels.forEach(level -> level.report(examination));
        if (levels.size() == 1) {
            Level only = levels.first();
            return new Visibility(only.degree(), only.setting() + ", as far as this log tells");
        }
        return new Visibility(Visibility.Degree.PARTLY, changes(relevant));
    }

    private static String changes(List<Stretch> relevant) {
        List<String> parts = new ArrayList<>();
        for (Stretch stretch : relevant.subList(0, Math.min(4, relevant.size()))) {
            parts.add(stretch.level().setting() + " from "
                    + stretch.from().earliest().map(Object::toString).orElse("an unknown time"));
        }
        return String.join(", ", parts) + (relevant.size() > 4 ? " …" : "");
    }

    private void reportWindow(TimeWindow window, Examination examination) {
        Moment span = span();
        window.notBefore()
                .filter(w -> span.earliest().filter(w::isBefore).isPresent())
                .ifPresent(w -> examination.gap(
                        "the log before " + span.earliest().orElseThrow(),
                        "the loss may have happened from " + w + " on, and what was logged until then is not here",
                        "give the rotated logs of that time as well, or the whole folder"));
        window.notAfter()
                .filter(w -> span.latest().filter(w::isAfter).isPresent())
                .ifPresent(w -> examination.gap(
                        "the log after " + span.latest().orElseThrow(),
                        "the loss may have happened until " + w + ", and nothing was logged after that time here",
                        "give the logs of that time as well; if there are none, the server was silent"));
    }
}
