package io.github.rowsleuth.hypothesis;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.evidence.Excerpt;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.probe.AutomationChain;
import io.github.rowsleuth.probe.AutomationTrigger;
import io.github.rowsleuth.probe.CommitRef;
import io.github.rowsleuth.probe.DatabaseAct;
import io.github.rowsleuth.probe.DueJob;
import io.github.rowsleuth.probe.Migration;
import io.github.rowsleuth.probe.ObservedStatement;
import io.github.rowsleuth.probe.ScriptAutomation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What ties the code of a repository to the loss: what a log saw, who runs it, when it was due, when it changed. */
final class CodeJoins {

    private static final int SHORTEST_STEM = 4;
    private static final String TYPED_BY_HAND = "psql";

    private final List<Act> acts;
    private final LossTime time;
    private final List<Seen> seen;

    /**
     * What was seen or counted.
     *
     * @param candidate the suspect made of it
     * @param texts its statements, as they are compared
     */
    private record Seen(Candidate candidate, Set<String> texts) {

        static Seen of(Candidate candidate) {
            Stream<Excerpt> texts = Stream.empty();
            if (candidate.origin() instanceof Origin.Seen log) {
                texts = log.statements().stream().map(ObservedStatement::text);
            } else if (candidate.origin() instanceof Origin.Counted counted) {
                texts = Stream.of(counted.statement().text());
            }
            return new Seen(candidate, SameText.normal(texts));
        }
    }

    CodeJoins(List<Act> acts, LossTime time, List<Candidate> seen) {
        this.acts = acts;
        this.time = time;
        this.seen = seen.stream().map(Seen::of).toList();
    }

    List<Join> of(Candidate candidate, Origin.Code code) {
        List<Join> joins = new ArrayList<>();
        List<SameText.Line> lines =
                code.statements().stream().map(SameText.Line::of).toList();
        for (Seen other : seen) {
            text(candidate, lines, other).ifPresent(joins::add);
            application(candidate, other.candidate()).ifPresent(joins::add);
        }
        scope(candidate).ifPresent(joins::add);
        code.automation().flatMap(a -> run(candidate, a)).ifPresent(joins::add);
        code.runs().stream()
                .findFirst()
                .map(a -> new Join(
                        Join.Kind.RUN,
                        Join.Strength.CORROBORATION,
                        a.text() + " in " + a.file() + ":" + a.line() + " migrates in this direction",
                        List.of(a.evidence())))
                .ifPresent(joins::add);
        code.applied().flatMap(m -> standing(candidate, m)).ifPresent(joins::add);
        code.jobs().stream().flatMap(j -> due(j).stream()).findFirst().ifPresent(joins::add);
        changed(candidate, code.changes()).ifPresent(joins::add);
        return joins;
    }

    /** Whoever types a statement into psql runs no program of another language. */
    private static Optional<Join> text(Candidate candidate, List<SameText.Line> lines, Seen seen) {
        Candidate other = seen.candidate();
        boolean byHand = other.origin() instanceof Origin.Seen log
                && log.statements().stream().anyMatch(CodeJoins::byHand);
        if (byHand && !runsInPsql(candidate)) {
            return Optional.empty();
        }
        SameText same = SameText.between(lines, seen.texts());
        if (same.count() == 0) {
            return Optional.empty();
        }
        return Optional.of(new Join(
                Join.Kind.TEXT,
                same.distinctive() ? Join.Strength.IDENTITY : Join.Strength.COINCIDENCE,
                Hypotheses.numberOf(same.count(), "statement") + " of it "
                        + (same.count() == 1 ? "is" : "are") + " word for word what was seen: "
                        + other.suspect().name(),
                both(candidate, other)));
    }

    private static boolean byHand(ObservedStatement statement) {
        return statement.application().filter(TYPED_BY_HAND::equals).isPresent();
    }

    private static boolean runsInPsql(Candidate candidate) {
        String name = candidate.suspect().name();
        return Stream.of(".sql", ".psql", ".sh", ".bash", "Makefile").anyMatch(name::endsWith)
                || name.lastIndexOf('.') <= name.lastIndexOf('/');
    }

    private static Optional<Join> application(Candidate candidate, Candidate other) {
        String stem = stem(candidate.suspect().name());
        if (stem.length() < SHORTEST_STEM || !(other.origin() instanceof Origin.Seen log)) {
            return Optional.empty();
        }
        return log.statements().stream()
                .flatMap(s -> s.application().stream())
                .filter(a -> a.toLowerCase(Locale.ROOT).contains(stem))
                .findFirst()
                .map(a -> new Join(
                        Join.Kind.APPLICATION,
                        Join.Strength.IDENTITY,
                        "the session that was seen calls itself " + a,
                        both(candidate, other)));
    }

    private static String stem(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        int dot = name.indexOf('.');
        return (dot > 0 ? name.substring(0, dot) : name).toLowerCase(Locale.ROOT);
    }

    private static List<EvidenceId> both(Candidate a, Candidate b) {
        return Stream.concat(a.suspect().evidence().stream(), b.suspect().evidence().stream())
                .toList();
    }

    /** Tables of which no act would have taken the one for the other: only who named them all did it. */
    private Optional<Join> scope(Candidate candidate) {
        List<TableName> named = acts.stream()
                .flatMap(a -> a.roots().stream())
                .filter(t -> candidate.suspect().footprint().of(t).isPresent())
                .toList();
        long needed = acts.stream().mapToLong(a -> a.roots().size()).sum();
        return needed > 1 && named.size() == needed
                ? Optional.of(new Join(
                        Join.Kind.SCOPE,
                        Join.Strength.CORROBORATION,
                        "nothing but naming them takes rows from all of " + named.size()
                                + " tables, and it names each of them",
                        candidate.suspect().evidence()))
                : Optional.empty();
    }

    private static Optional<Join> standing(Candidate candidate, Migration migration) {
        boolean up = candidate.suspect().kind() == Suspect.Kind.MIGRATION_UPGRADE;
        boolean has = migration.standing() == Migration.Standing.APPLIED;
        if (up != has) {
            return Optional.empty();
        }
        String when = migration.applied().map(a -> " at " + a).orElse("");
        return Optional.of(new Join(
                Join.Kind.RUN,
                Join.Strength.CORROBORATION,
                "the version table of " + migration.tool()
                        + (up ? " has it as applied" + when : " does not have it: it was taken back, or never applied"),
                candidate.suspect().evidence()));
    }

    /** What runs on a schedule only is judged by its times. */
    private static Optional<Join> run(Candidate candidate, ScriptAutomation automation) {
        return automation.chains().stream()
                .filter(c -> c.disabled().isEmpty() && !c.onDemand() && !scheduled(c))
                .findFirst()
                .map(c -> new Join(
                        Join.Kind.RUN,
                        Join.Strength.CORROBORATION,
                        "automation runs it: " + c,
                        candidate.suspect().evidence()));
    }

    private static boolean scheduled(AutomationChain chain) {
        return chain.triggers().stream().allMatch(t -> t.kind() == AutomationTrigger.Kind.SCHEDULE);
    }

    private Optional<Join> due(DueJob job) {
        return time.bounded()
                ? job.due().stream()
                        .filter(time::ofJobDue)
                        .findFirst()
                        .map(at -> new Join(
                                Join.Kind.SCHEDULE,
                                Join.Strength.CORROBORATION,
                                job.name() + " was due at " + at + " and leads to it",
                                List.of(job.evidence())))
                : Optional.empty();
    }

    private Optional<Join> changed(Candidate candidate, List<CommitRef> changes) {
        return changes.stream()
                .filter(c -> time.shortlyAfter(c.committed()))
                .reduce((older, newer) -> newer)
                .map(c -> new Join(
                        Join.Kind.COMMIT,
                        Join.Strength.COINCIDENCE,
                        "it was changed or armed in " + c.shortId() + " at " + c.committed()
                                + ", shortly before the loss",
                        candidate.suspect().evidence()));
    }

    Optional<Join> started(Candidate candidate, DatabaseAct act) {
        return act.inEffect()
                ? Optional.of(new Join(
                        Join.Kind.RUN,
                        Join.Strength.CORROBORATION,
                        "it takes effect without a person: "
                                + act.chains().stream()
                                        .findFirst()
                                        .map(AutomationChain::toString)
                                        .orElse("whenever the application starts"),
                        candidate.suspect().evidence()))
                : Optional.empty();
    }
}
