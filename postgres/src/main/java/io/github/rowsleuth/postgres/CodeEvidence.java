package io.github.rowsleuth.postgres;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.evidence.Observation;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.probe.Examination;
import io.github.rowsleuth.server.ScheduledJob;
import io.github.rowsleuth.server.StoredItem;
import io.github.rowsleuth.server.StoredItem.Effect;
import io.github.rowsleuth.server.StoredItem.Kind;
import io.github.rowsleuth.sql.DestructiveStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Puts into sentences what code in the database does to rows, and hands them in. */
final class CodeEvidence {

    /** How much of what does not name a table of the incident is told of; the answer holds all. */
    private static final int MOST_OTHERS = 200;

    private static final Map<Kind, String> CATALOGS = Map.of(
            Kind.TRIGGER, "pg_trigger",
            Kind.RULE, "pg_rewrite",
            Kind.POLICY, "pg_policy",
            Kind.EVENT_TRIGGER, "pg_event_trigger",
            Kind.ROUTINE, "pg_proc");

    private final Session session;
    private final Examination examination;
    private int others;

    CodeEvidence(Session session) {
        this.session = session;
        this.examination = session.examination();
    }

    private boolean matters(Stream<TableName> tables) {
        boolean named =
                tables.anyMatch(t -> examination.incident().tables().stream().anyMatch(t::matches));
        return named || others++ < MOST_OTHERS;
    }

    private static Stream<TableName> victims(List<DestructiveStatement> destructive) {
        return destructive.stream().flatMap(d -> d.tables().stream()).distinct();
    }

    private static String words(List<DestructiveStatement> destructive) {
        return destructive.stream()
                .filter(RoutineSource::removes)
                .map(DestructiveStatement::toString)
                .distinct()
                .collect(Collectors.joining("; "));
    }

    StoredItem recorded(StoredItem item) {
        if (!matters(Stream.concat(item.table().stream(), victims(item.destructive())))) {
            return item;
        }
        String sentence = sentence(item);
        Observation observation = item.effect() == Effect.REMOVES
                ? new Observation.StatementSeen(
                        item.destructive().get(0).kind(),
                        victims(item.destructive()).toList(),
                        sentence)
                : item.table()
                        .<Observation>map(t -> new Observation.CatalogEntry(t, sentence))
                        .orElseGet(() -> new Observation.ServerFact(sentence));
        EvidenceId id = examination.record(
                observation, Moment.unknown(), session.at(CATALOGS.getOrDefault(item.kind(), "")), item.definition());
        return StoredItem.builder().from(item).addEvidence(id).build();
    }

    private static String sentence(StoredItem item) {
        String what = switch (item.kind()) {
            case TRIGGER -> "the trigger ";
            case RULE -> "the rule ";
            case POLICY -> "the policy ";
            case EVENT_TRIGGER -> "the event trigger ";
            case ROUTINE -> "the routine ";
        };
        String name = item.kind() == Kind.ROUTINE ? item.name() : Triggers.quoted(item.name());
        String may = item.certain() ? "" : "perhaps, as its code decides, ";
        String does = switch (item.effect()) {
            case REMOVES -> " removes rows: " + may + words(item.destructive());
            case HIDES -> " hides rows from roles that it does not let see them";
            case PREVENTS ->
                item.kind() == Kind.EVENT_TRIGGER
                        ? " keeps DDL from happening: " + may + "it fails"
                        : " keeps deletions from happening: " + may + "it skips, replaces or fails them";
        };
        return what
                + name
                + item.table().map(t -> " on " + t).orElse("")
                + (item.enabled() ? "" : ", which is not in force,")
                + (item.kind() == Kind.ROUTINE ? " when it is called" : "")
                + does;
    }

    ScheduledJob recorded(ScheduledJob job, String database) {
        boolean here = job.database().equals(database);
        if (!here
                || job.destructive().stream().noneMatch(RoutineSource::removes)
                || !matters(victims(job.destructive()))) {
            return job;
        }
        List<TableName> tables = victims(job.destructive()).toList();
        String name = "the pg_cron job " + job.id()
                + job.name().map(n -> " '" + n + "'").orElse("");
        List<EvidenceId> ids = new ArrayList<>();
        ids.add(examination.record(
                new Observation.StatementSeen(
                        job.destructive().get(0).kind(),
                        tables,
                        name + " of role " + job.role() + " (" + job.schedule() + (job.active() ? "" : ", switched off")
                                + ") runs " + words(job.destructive())),
                Moment.unknown(),
                session.at("cron.job"),
                job.command()));
        for (ScheduledJob.Run run : job.runs()) {
            ids.add(examination.record(
                    new Observation.StatementSeen(
                            job.destructive().get(0).kind(),
                            tables,
                            name + " was run as role " + job.role() + ": " + run.status()
                                    + run.message().map(m -> ", " + m).orElse("")),
                    when(run),
                    session.at("cron.job_run_details")));
        }
        return ScheduledJob.builder().from(job).addAllEvidence(ids).build();
    }

    private static Moment when(ScheduledJob.Run run) {
        boolean ordered = run.started()
                .filter(start -> run.ended().filter(start::isAfter).isPresent())
                .isEmpty();
        return new Moment(run.started(), ordered ? run.ended() : run.started());
    }
}
