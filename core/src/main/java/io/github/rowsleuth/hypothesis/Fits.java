package io.github.rowsleuth.hypothesis;

import io.github.rowsleuth.incident.TimeWindow;
import io.github.rowsleuth.probe.FileChange;
import io.github.rowsleuth.probe.Migration;
import io.github.rowsleuth.server.ScheduledJob;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Holds every suspect against the loss, and where several acts made it up against each act by itself. */
final class Fits {

    private final List<Circumstance> circumstances;
    private final List<TableFate> hit;
    private final List<TableFate> spared;
    private final List<Act> acts;
    private final Map<Act, List<TableFate>> hitBy = new LinkedHashMap<>();
    private final LossTime time;

    Fits(TimeWindow window, List<Circumstance> circumstances, List<TableFate> fates, List<Act> acts) {
        this.circumstances = circumstances;
        this.hit = fates.stream().filter(f -> f.hit() && !f.ofPartitions()).toList();
        this.spared =
                fates.stream().filter(f -> f.spared() && !f.ofPartitions()).toList();
        this.acts = acts;
        acts.forEach(act -> hitBy.put(
                act,
                hit.stream().filter(f -> act.explains().contains(f.table())).toList()));
        this.time = LossTime.of(hit, window);
    }

    List<Fit> of(List<Candidate> candidates) {
        List<Fit> fits = candidates.stream().map(this::matched).toList();
        List<Candidate> seen = fits.stream()
                .filter(f -> f.direct() && !f.code())
                .map(Fit::candidate)
                .toList();
        Joins joins = new Joins(hit, acts, time, seen);
        return fits.stream()
                .map(f -> f.against().isEmpty() ? joined(f, joins) : f)
                .toList();
    }

    private Fit matched(Candidate candidate) {
        List<Argument> against = against(candidate, hit);
        if (against.isEmpty() || acts.size() < 2) {
            return new Fit(candidate, against, Optional.empty(), List.of(), List.of());
        }
        return hitBy.entrySet().stream()
                .filter(act -> against(candidate, act.getValue()).isEmpty())
                .map(Map.Entry::getKey)
                .findFirst()
                .map(act -> new Fit(candidate, List.of(), Optional.of(act), List.of(), List.of()))
                .orElseGet(() -> new Fit(candidate, against, Optional.empty(), List.of(), List.of()));
    }

    private Fit joined(Fit fit, Joins joins) {
        List<Argument> doubts = Stream.of(
                        tooYoung(fit.candidate()), elsewise(fit.candidate()), tooEarly(fit.candidate()))
                .flatMap(Optional::stream)
                .toList();
        return new Fit(fit.candidate(), fit.against(), fit.part(), joins.of(fit.candidate()), doubts);
    }

    /** What never was in this cluster no statement in it can have removed. */
    private List<Argument> against(Candidate candidate, List<TableFate> tables) {
        Suspect suspect = candidate.suspect();
        List<Argument> against = new ArrayList<>(new FootprintMatch(suspect, tables, spared)
                .contradictions(tied(candidate, tables), candidate.ending()));
        if (tables.stream().allMatch(f -> f.fate() == Fate.RECREATED)) {
            circumstances.stream()
                    .filter(c -> c.kind() == Circumstance.Kind.CLUSTER_YOUNGER_THAN_DATA)
                    .forEach(c -> against.add(new Argument(c.claim(), List.of(), suspect.evidence())));
        }
        if (candidate.origin() instanceof Origin.Scheduled scheduled) {
            idle(scheduled.job()).ifPresent(against::add);
        }
        return against;
    }

    private static boolean tied(Candidate candidate, List<TableFate> tables) {
        return candidate.origin() instanceof Origin.Seen log
                && tables.stream()
                        .flatMap(f -> f.transactions().stream())
                        .anyMatch(x -> log.statements().stream().anyMatch(s -> Joins.sameTransaction(s, x)));
    }

    /** Runs on record that reach back before the loss, none of which falls into it. */
    private Optional<Argument> idle(ScheduledJob job) {
        List<Instant> starts = job.runs().stream()
                .flatMap(r -> r.started().stream())
                .sorted(Comparator.naturalOrder())
                .toList();
        boolean none = job.runs().stream().noneMatch(time::ofRun);
        boolean reachBack = !starts.isEmpty()
                && time.moment()
                        .earliest()
                        .filter(e -> starts.get(0).isBefore(e))
                        .isPresent();
        return time.bounded() && reachBack && none
                ? Optional.of(new Argument(
                        "none of its " + starts.size() + " runs on record began " + time.moment(),
                        List.of(),
                        job.evidence()))
                : Optional.empty();
    }

    /** What the database has cannot have been taken back last, and what no tool loads nobody ran by it. */
    private static Optional<Argument> elsewise(Candidate candidate) {
        if (!(candidate.origin() instanceof Origin.Code code)) {
            return Optional.empty();
        }
        boolean down = candidate.suspect().kind() == Suspect.Kind.MIGRATION_DOWNGRADE;
        return code.applied()
                .filter(m -> down && m.standing() == Migration.Standing.APPLIED)
                .map(m -> new Argument(
                        "the version table of " + m.tool()
                                + " has it as applied: it was not taken back, or applied again",
                        List.of(),
                        candidate.suspect().evidence()));
    }

    /** Most statements commit at once. One that is much older than the commit that took the rows may be that of another. */
    private Optional<Argument> tooEarly(Candidate candidate) {
        Optional<Instant> prompt = candidate.promptEnd().filter(end -> !tied(candidate, hit));
        return hit.stream()
                .filter(f -> candidate.suspect().footprint().of(f.table()).isPresent())
                .filter(f -> prompt.flatMap(end -> f.moment().earliest().filter(end::isBefore))
                        .isPresent())
                .findFirst()
                .map(f -> new Argument(
                        "rows of " + f.table() + " went at " + f.moment()
                                + ", and nothing shows that its transaction went on until then",
                        List.of(f.table()),
                        candidate.suspect().evidence()));
    }

    /** A file can be run before it is committed, so that this rules out nobody. */
    private Optional<Argument> tooYoung(Candidate candidate) {
        return candidate
                .suspect()
                .introduced()
                .map(FileChange::commit)
                .filter(c -> time.endedBefore(c.committed()))
                .map(c -> new Argument(
                        "it was committed only at " + c.committed() + ", after the loss",
                        List.of(),
                        candidate.suspect().evidence()));
    }
}
