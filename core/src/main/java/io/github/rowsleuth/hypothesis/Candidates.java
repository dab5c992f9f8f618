package io.github.rowsleuth.hypothesis;

import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.probe.Automation;
import io.github.rowsleuth.probe.DatabaseAct;
import io.github.rowsleuth.probe.DeletionCluster;
import io.github.rowsleuth.probe.Migrations;
import io.github.rowsleuth.probe.ObservedStatement;
import io.github.rowsleuth.probe.Scope;
import io.github.rowsleuth.probe.Script;
import io.github.rowsleuth.probe.Scripts;
import io.github.rowsleuth.probe.StatementEnd;
import io.github.rowsleuth.server.CountedStatement;
import io.github.rowsleuth.server.ScheduledJob;
import io.github.rowsleuth.server.StatementStatistics;
import io.github.rowsleuth.server.StoredCode;
import io.github.rowsleuth.server.StoredItem;
import io.github.rowsleuth.sql.WhereShape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Everything in reach that could have done it: statements that were seen or counted, scripts, migrations in both
 * directions, jobs and code in the database, and what applications do when they start.
 */
final class Candidates {

    private final CaseFile file;
    private final Footprints footprints;
    private final List<TableName> hit;

    Candidates(CaseFile file, List<TableFate> fates) {
        this.file = file;
        List<TableName> known = fates.stream().map(TableFate::table).toList();
        this.hit = fates.stream().filter(TableFate::hit).map(TableFate::table).toList();
        this.footprints = new Footprints(known, Closures.of(file.answer(Scope.class)));
    }

    List<Candidate> all() {
        List<Candidate> all = new ArrayList<>();
        CodeCandidates code = new CodeCandidates(file, footprints);
        all.addAll(seen(new SeenHere(file)));
        file.answers(StatementStatistics.class)
                .forEach(s -> s.statements().stream().filter(c -> !c.cascade()).forEach(c -> all.add(counted(c))));
        file.answers(Scripts.class).forEach(s -> {
            s.destructive().stream().filter(o -> !toldAsAct(o)).forEach(o -> all.add(code.script(o)));
            s.elsewhere().stream().filter(o -> !o.statements().isEmpty()).forEach(o -> all.add(code.script(o)));
        });
        file.answers(Migrations.class).forEach(m -> m.found().forEach(o -> all.addAll(code.migration(o))));
        file.answers(StoredCode.class).forEach(s -> {
            s.jobs().stream().filter(j -> !j.destructive().isEmpty()).forEach(j -> all.add(scheduled(j)));
            s.items().stream()
                    .filter(i -> i.effect() == StoredItem.Effect.REMOVES && i.enabled())
                    .forEach(i -> all.add(stored(i)));
        });
        file.answers(Automation.class)
                .forEach(a -> a.acts().stream().filter(Candidates::acts).forEach(o -> all.add(started(o))));
        return all;
    }

    /** A setting or a call is one suspect, even if the search for scripts and the one for automation both came upon it. */
    private boolean toldAsAct(Script script) {
        List<DatabaseAct> acts = file.answers(Automation.class).stream()
                .flatMap(a -> a.acts().stream())
                .filter(a -> a.file().equals(script.path()))
                .toList();
        return script.role() == Script.Role.SETTINGS
                ? !acts.isEmpty()
                : script.statements().stream()
                        .allMatch(s -> acts.stream().anyMatch(a -> acts(a) && a.line() == s.line()));
    }

    /** What one session did in one go is one suspect; a statement by itself rarely touches every table that was hit. */
    private List<Candidate> seen(SeenHere statements) {
        List<Candidate> all = new ArrayList<>();
        List<DeletionCluster> clusters = statements.clusters();
        clusters.forEach(c -> all.add(cluster(c)));
        Set<ObservedStatement> clustered = new HashSet<>();
        clusters.forEach(c -> clustered.addAll(c.statements()));
        statements.statements().stream().filter(s -> !clustered.contains(s)).forEach(s -> all.add(statement(s)));
        return all;
    }

    private Candidate cluster(DeletionCluster cluster) {
        List<ObservedStatement> statements = cluster.statements();
        Suspect suspect = Suspect.builder()
                .kind(Suspect.Kind.STATEMENT)
                .name(statements.size() + " statements of one session, the first "
                        + statements.get(0).statement())
                .footprint(footprints.of(
                        statements.stream().map(ObservedStatement::statement).toList()))
                .actor(actor(statements.get(0)))
                .moment(cluster.span())
                .addAllEvidence(
                        statements.stream().map(ObservedStatement::evidence).toList())
                .build();
        return new Candidate(suspect, new Origin.Seen(statements));
    }

    private Candidate statement(ObservedStatement seen) {
        Suspect suspect = Suspect.builder()
                .kind(Suspect.Kind.STATEMENT)
                .name(seen.statement() + " at " + seen.moment())
                .footprint(footprints.of(List.of(seen.statement())))
                .actor(actor(seen))
                .moment(seen.moment())
                .alibi(alibi(seen))
                .addEvidence(seen.evidence())
                .build();
        return new Candidate(suspect, new Origin.Seen(List.of(seen)));
    }

    private static Optional<String> actor(ObservedStatement seen) {
        String who = Stream.of(
                        part("role ", seen.user()),
                        part("application ", seen.application()),
                        part("client ", seen.client()),
                        part("process ", seen.pid()))
                .filter(p -> !p.isEmpty())
                .collect(Collectors.joining(", "));
        return Optional.of(who).filter(w -> !w.isEmpty());
    }

    private static String part(String label, Optional<?> value) {
        return value.map(Objects::toString)
                .filter(v -> !v.isBlank())
                .map(label::concat)
                .orElse("");
    }

    private static Optional<String> alibi(ObservedStatement seen) {
        if (seen.end() == StatementEnd.FAILED) {
            return Optional.of(
                    "it failed" + seen.sqlState().map(s -> " (" + s + ")").orElse("") + " and removed nothing");
        }
        if (seen.end() == StatementEnd.ROLLED_BACK) {
            return Optional.of("it was rolled back and removed nothing");
        }
        boolean counts = seen.statement().where() != WhereShape.NOT_APPLICABLE;
        return counts && seen.rows().filter(r -> r == 0L).isPresent()
                ? Optional.of("it found no row to delete")
                : Optional.empty();
    }

    private Candidate counted(CountedStatement counted) {
        Suspect suspect = Suspect.builder()
                .kind(Suspect.Kind.STATEMENT)
                .name(first(counted) + ", counted " + Hypotheses.numberOf(counted.calls(), "time"))
                .footprint(footprints.of(counted.destructive()))
                .actor(counted.role().map("role "::concat))
                .moment(counted.since().map(Moment::notBefore).orElse(Moment.unknown()))
                .addAllEvidence(counted.evidence())
                .build();
        return new Candidate(suspect, new Origin.Counted(counted));
    }

    private static String first(CountedStatement counted) {
        return counted.destructive().stream()
                .findFirst()
                .map(Objects::toString)
                .orElseGet(() -> counted.text().text());
    }

    private Candidate scheduled(ScheduledJob job) {
        Suspect suspect = Suspect.builder()
                .kind(Suspect.Kind.SCHEDULED_JOB)
                .name("pg_cron job " + job.name().orElseGet(() -> String.valueOf(job.id())) + " (" + job.schedule()
                        + ")")
                .footprint(footprints.of(job.destructive()))
                .actor("role " + job.role())
                .alibi(
                        job.active() || !job.runs().isEmpty()
                                ? Optional.empty()
                                : Optional.of("it is switched off, and no run of it is on record"))
                .addAllEvidence(job.evidence())
                .build();
        return new Candidate(suspect, new Origin.Scheduled(job));
    }

    private Candidate stored(StoredItem item) {
        String kind = item.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        Suspect suspect = Suspect.builder()
                .kind(Suspect.Kind.STORED_CODE)
                .name(kind + " " + item.name()
                        + item.table().map(t -> " of " + t).orElse(""))
                .footprint(footprints.of(item.destructive()))
                .indirect(item.kind() == StoredItem.Kind.ROUTINE)
                .addAllEvidence(item.evidence())
                .build();
        return new Candidate(suspect, new Origin.Stored(item));
    }

    /**
     * Migrations say themselves what they destroy, in whichever direction; seeds and comparisons destroy nothing; a setting
     * of a profile that nothing chooses does nothing at all.
     */
    private static boolean acts(DatabaseAct act) {
        return switch (act.effect()) {
            case RESETS_SCHEMA, DELETES_DATA, MAY_DROP ->
                act.inEffect() || !act.chains().isEmpty();
            case MIGRATES_DOWN, MIGRATES_UP, SEEDS, HARMLESS -> false;
        };
    }

    private Candidate started(DatabaseAct act) {
        Suspect suspect = Suspect.builder()
                .kind(Suspect.Kind.START_UP_ACT)
                .name(act.text().text() + " (" + act.file() + ":" + act.line() + ")")
                .footprint(StartUpFootprint.of(act, footprints, hit))
                .addEvidence(act.evidence())
                .build();
        return new Candidate(suspect, new Origin.Started(act));
    }
}
