package io.github.rowsleuth.logs;

import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.incident.TimeWindow;
import io.github.rowsleuth.logs.horizon.Level;
import io.github.rowsleuth.logs.horizon.LogSpan;
import io.github.rowsleuth.logs.horizon.Timeline;
import io.github.rowsleuth.logs.time.Stamp;
import io.github.rowsleuth.probe.Examination;
import io.github.rowsleuth.probe.Visibility;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/** Says what a log could have shown of a time, and hands in as gaps what it could not. */
final class Sight {

    /** Shorter silences between two logs are no sign that one of them is missing. */
    private static final Duration HOLE = Duration.ofMinutes(10);

    private static final String AS_FAR_AS = ", as far as this log tells";

    private final LogReport report;
    private final TimeWindow window;
    private final Examination examination;

    private Sight(LogReport report, TimeWindow window, Examination examination) {
        this.report = report;
        this.window = window;
        this.examination = examination;
    }

    /** {@return what the logs could have shown: what the one shows that shows most, since all are of one server} */
    static Visibility of(List<LogReport> reports, TimeWindow window, Examination examination) {
        LogReport best = reports.stream()
                .max(Comparator.comparing((LogReport report) -> best(report, window)))
                .orElseThrow();
        return new Sight(best, window, examination).visibility();
    }

    private static Level best(LogReport report, TimeWindow window) {
        return report.timeline().sights().stream()
                .filter(sight -> meets(report, sight, window))
                .map(Timeline.Sight::level)
                .max(Comparator.naturalOrder())
                .orElse(Level.NONE);
    }

    private Visibility visibility() {
        List<Timeline.Sight> all = report.timeline().sights();
        List<Timeline.Sight> lasting =
                all.stream().filter(Timeline.Sight::lasts).toList();
        List<Visibility.Stretch> timeline = timeline(lasting.isEmpty() ? all : lasting);
        reportWindow();
        List<Timeline.Sight> relevant = (lasting.isEmpty() ? all : lasting)
                .stream().filter(sight -> meets(report, sight, window)).toList();
        if (relevant.isEmpty()) {
            return new Visibility(
                    Visibility.Degree.UNKNOWN, "this log holds no record of the time in question", timeline);
        }
        TreeSet<Level> levels = new TreeSet<>();
        relevant.forEach(sight -> levels.add(sight.level()));
        levels.forEach(this::reportLevel);
        if (levels.size() == 1) {
            Level only = levels.first();
            return new Visibility(only.degree(), only.setting() + AS_FAR_AS, timeline);
        }
        return new Visibility(Visibility.Degree.PARTLY, changes(relevant), timeline);
    }

    private void reportLevel(Level level) {
        if (!level.remedy().isEmpty()) {
            examination.gap(level.setting() + AS_FAR_AS, level.consequence(), level.remedy());
        }
    }

    private static boolean meets(LogReport report, Timeline.Sight sight, TimeWindow window) {
        Moment from = sight.from().moment(report.zones());
        Moment to = sight.to().moment(report.zones());
        boolean endsBefore = window.notBefore()
                .filter(w -> to.latest().orElse(Instant.MAX).isBefore(w))
                .isPresent();
        boolean beginsAfter = window.notAfter()
                .filter(w -> from.earliest().orElse(Instant.MIN).isAfter(w))
                .isPresent();
        return !endsBefore && !beginsAfter;
    }

    private String changes(List<Timeline.Sight> relevant) {
        List<String> parts = new ArrayList<>();
        List<Timeline.Sight> changes = changed(relevant);
        for (Timeline.Sight sight : changes.subList(0, Math.min(4, changes.size()))) {
            parts.add(sight.level().setting() + " from "
                    + sight.from()
                            .moment(report.zones())
                            .earliest()
                            .map(Object::toString)
                            .orElse("an unknown time"));
        }
        return String.join(", ", parts) + (changes.size() > 4 ? " …" : "");
    }

    /** {@return those at which another level begins} */
    private static List<Timeline.Sight> changed(List<Timeline.Sight> sights) {
        List<Timeline.Sight> changes = new ArrayList<>();
        for (Timeline.Sight sight : sights) {
            if (changes.isEmpty() || changes.get(changes.size() - 1).level() != sight.level()) {
                changes.add(sight);
            }
        }
        return changes;
    }

    private List<Visibility.Stretch> timeline(List<Timeline.Sight> sights) {
        List<Visibility.Stretch> timeline = new ArrayList<>();
        List<Timeline.Sight> changes = changed(sights);
        for (int i = 0; i < changes.size(); i++) {
            Level level = changes.get(i).level();
            Stamp to = i + 1 < changes.size()
                    ? changes.get(i + 1).from()
                    : sights.get(sights.size() - 1).to();
            timeline.add(new Visibility.Stretch(
                    span(changes.get(i).from(), to), level.degree(), level.setting() + AS_FAR_AS, level.remedy()));
        }
        timeline.addAll(holes());
        timeline.sort(Comparator.comparing(
                (Visibility.Stretch stretch) -> stretch.span().earliest().orElse(Instant.MIN)));
        return timeline;
    }

    /** Between two logs a time without any record, longer than any within them, may be that of a log that is missing. */
    private List<Visibility.Stretch> holes() {
        List<LogSpan> logs = report.slice().horizon().logs();
        long usual = logs.stream().mapToLong(LogSpan::silence).max().orElse(0);
        List<Visibility.Stretch> holes = new ArrayList<>();
        for (int i = 1; i < logs.size(); i++) {
            Moment hole = span(logs.get(i - 1).last(), logs.get(i).first());
            long length = hole.earliest().isEmpty() || hole.latest().isEmpty()
                    ? 0
                    : Duration.between(hole.earliest().get(), hole.latest().get())
                            .toMillis();
            if (length > HOLE.toMillis() && length > usual) {
                String names = report.slice().names().get(i - 1) + " and "
                        + report.slice().names().get(i);
                String remedy = "look for a log between them, and give it as well";
                holes.add(
                        new Visibility.Stretch(hole, Visibility.Degree.UNKNOWN, "no record between " + names, remedy));
                examination.gap(
                        "records between " + names + ": none from "
                                + hole.earliest().get() + " to " + hole.latest().get(),
                        "the server was silent, or the log of that time is missing: an absence there proves nothing",
                        remedy);
            }
        }
        return holes;
    }

    private Moment span(Stamp from, Stamp to) {
        Moment first = from.moment(report.zones());
        Moment last = to.moment(report.zones());
        return first.earliest().isEmpty()
                        || last.latest().isEmpty()
                        || last.latest().get().isBefore(first.earliest().get())
                ? Moment.unknown()
                : Moment.between(first.earliest().get(), last.latest().get());
    }

    private void reportWindow() {
        List<LogSpan> logs = report.slice().horizon().logs();
        Stamp first = logs.stream()
                .map(LogSpan::first)
                .filter(Stamp::known)
                .findFirst()
                .orElse(Stamp.UNKNOWN);
        Stamp last = logs.stream()
                .map(LogSpan::last)
                .filter(Stamp::known)
                .reduce((a, b) -> b)
                .orElse(Stamp.UNKNOWN);
        Moment span = span(first, last);
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
