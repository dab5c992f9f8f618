package io.github.rowsleuth.git.automation;

import io.github.rowsleuth.git.automation.graph.Start;
import io.github.rowsleuth.git.automation.graph.Way;
import io.github.rowsleuth.git.automation.schedule.DueTimes;
import io.github.rowsleuth.incident.TimeWindow;
import io.github.rowsleuth.probe.AutomationTrigger;
import io.github.rowsleuth.probe.DueJob;
import io.github.rowsleuth.probe.RunCondition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells when the jobs on a schedule were due that lead to something that was asked about. */
final class JobWriter {

    /** How far back is looked where nobody knows when the rows were last there. */
    private static final Duration OPEN_WINDOW = Duration.ofDays(1);

    private static final Comparator<DueJob> ORDER = Comparator.comparing(
                    (DueJob j) -> j.disabled().isPresent() || j.timesDue() == 0)
            .thenComparing(j -> j.disabled().isPresent())
            .thenComparing(DueJob::file)
            .thenComparingInt(DueJob::line)
            .thenComparing(DueJob::name);

    private record Run(String what, Way way) {}

    private final AutomationNotes notes;
    private final Map<Start, List<Run>> runs = new LinkedHashMap<>();

    JobWriter(AutomationNotes notes) {
        this.notes = notes;
    }

    void add(String what, List<Way> ways) {
        for (Way way : ways) {
            way.starts().stream()
                    .filter(s -> s.trigger().schedule().isPresent())
                    .forEach(
                            s -> runs.computeIfAbsent(s, n -> new ArrayList<>()).add(new Run(what, way)));
        }
    }

    List<DueJob> jobs() {
        TimeWindow window = notes.examination().incident().window();
        Instant to = window.notAfter().orElseGet(notes.examination().clock()::instant);
        Instant from = window.notBefore().orElse(to.minus(OPEN_WINDOW));
        List<DueJob> jobs = new ArrayList<>();
        runs.forEach((start, led) ->
                jobs.add(job(start, led, from, to, window.notBefore().isEmpty())));
        jobs.sort(ORDER);
        return jobs;
    }

    private DueJob job(Start start, List<Run> led, Instant from, Instant to, boolean open) {
        AutomationTrigger trigger = start.trigger();
        DueJob.Schedule schedule = trigger.schedule().orElseThrow();
        List<Run> shortest = led.stream()
                .sorted(Comparator.comparing((Run r) -> r.way.disabled())
                        .thenComparingInt(r -> r.way.edges().size()))
                .toList();
        DueTimes times = DueTimes.of(schedule.expression(), schedule.zone(), from, to);
        List<String> doubts = new ArrayList<>(times.doubts());
        if (open) {
            doubts.add("nobody told when the rows were last there; the day before " + to + " was looked at");
        }
        return DueJob.builder()
                .name(start.name())
                .file(trigger.file())
                .line(trigger.line())
                .schedule(schedule)
                .due(times.due())
                .timesDue(times.count())
                .lastDue(times.last())
                .doubts(doubts)
                .conditions(conditions(trigger, shortest.get(0).way))
                .disabled(disabled(trigger, shortest.get(0).way))
                .runs(shortest.stream().map(Run::what).distinct().toList())
                .evidence(notes.record(
                        shortest.get(0).what,
                        true,
                        trigger.file(),
                        trigger.line(),
                        "puts it on the schedule " + schedule.expression()))
                .build();
    }

    private List<RunCondition> conditions(AutomationTrigger trigger, Way way) {
        List<RunCondition> all = new ArrayList<>(trigger.conditions());
        way.edges().stream()
                .flatMap(e -> e.conditions().stream())
                .filter(c -> !all.contains(c))
                .forEach(all::add);
        return notes.clean(all);
    }

    private static Optional<String> disabled(AutomationTrigger trigger, Way way) {
        return trigger.disabled()
                .or(() ->
                        way.edges().stream().flatMap(e -> e.disabled().stream()).findFirst());
    }
}
