package io.github.rowsleuth.postgres;

import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.probe.Coverage;
import io.github.rowsleuth.probe.Examination;
import io.github.rowsleuth.probe.Probe;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import io.github.rowsleuth.probe.Volatility;
import io.github.rowsleuth.server.ScheduledJob;
import io.github.rowsleuth.server.StoredCode;
import io.github.rowsleuth.server.StoredItem;
import io.github.rowsleuth.server.StoredItem.Effect;
import io.github.rowsleuth.server.StoredItem.Kind;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The code that the database itself stores, as far as it deletes, hides or prevents. */
final class CatalogCode implements Probe<StoredCode> {

    private static final Query RELATIONS =
            new Query("""
            select c.oid::bigint as oid, n.nspname::text as schema, c.relname::text as name
              from pg_class c
              join pg_namespace n on n.oid = c.relnamespace
             where c.oid = any (string_to_array(?, ',')::oid[])""", "pg_class", "SELECT ON pg_catalog.pg_class, pg_catalog.pg_namespace");

    private static final Query DATABASE = new Query(
            "select current_database()::text as name", "current_database()", "CONNECT ON DATABASE current_database()");

    private final Sessions sessions;

    CatalogCode(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public String id() {
        return "postgres.stored-code";
    }

    @Override
    public Class<StoredCode> answerType() {
        return StoredCode.class;
    }

    @Override
    public Volatility volatility() {
        return Volatility.CATALOG;
    }

    @Override
    public StoredCode examine(Examination examination) throws ProbeUnavailableException, InterruptedException {
        return sessions.examine(examination, CatalogCode::read);
    }

    private static StoredCode read(Session session)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        Optional<Routines> read = Routines.read(session);
        Optional<List<Rules.Rule>> rules = Rules.read(session);
        List<Rules.Rule> rewriting = rules.orElse(List.of());
        Map<Long, TableName> relations = relations(session, read, rewriting);
        Routines routines = read.orElse(new Routines(Map.of())).naming(relations);
        Optional<List<StoredItem>> triggers = Triggers.read(session, routines);
        Optional<List<StoredItem>> policies = Policies.read(session);
        CronJobs.Found cron = CronJobs.read(session, routines);
        String database = session.rows(DATABASE, row -> row.text("name")).get(0);

        CodeEvidence evidence = new CodeEvidence(session);
        List<StoredItem> items = Stream.of(
                        triggers.orElse(List.of()).stream(),
                        rewriting.stream().flatMap(r -> Rules.item(r, relations).stream()),
                        policies.orElse(List.of()).stream(),
                        routines.byOid().values().stream().flatMap(r -> item(r).stream()))
                .flatMap(s -> s)
                .sorted(ORDER)
                .map(evidence::recorded)
                .toList();
        List<ScheduledJob> jobs = cron.jobs().stream()
                .map(job -> evidence.recorded(job, database))
                .toList();
        boolean all = read.filter(Routines::complete).isPresent()
                && rules.isPresent()
                && triggers.isPresent()
                && policies.isPresent()
                && cron.complete();
        cover(session.examination(), items, jobs, all);
        return new StoredCode(items, jobs);
    }

    private static final Comparator<StoredItem> ORDER = Comparator.comparing(StoredItem::kind)
            .thenComparing(i -> i.table().map(TableName::toString).orElse(""))
            .thenComparing(StoredItem::name)
            .thenComparing(StoredItem::effect);

    private static Map<Long, TableName> relations(Session session, Optional<Routines> routines, List<Rules.Rule> rules)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        String oids = Stream.concat(
                        routines.stream().flatMap(Routines::relations),
                        rules.stream().flatMap(r -> r.commands().stream()).map(NodeTree.Command::relation))
                .distinct()
                .map(String::valueOf)
                .collect(Collectors.joining(","));
        Map<Long, TableName> names = new HashMap<>();
        if (!oids.isEmpty()) {
            session.rowsOrGap(
                    RELATIONS,
                    "which tables rules and routines change is unknown",
                    row -> names.put(row.number("oid"), TableName.of(row.text("schema"), row.text("name"))),
                    oids);
        }
        return names;
    }

    private static Optional<StoredItem> item(Routine routine) {
        return routine.triggers() || !routine.removes()
                ? Optional.empty()
                : Optional.of(StoredItem.builder()
                        .kind(Kind.ROUTINE)
                        .effect(Effect.REMOVES)
                        .name(routine.signature())
                        .routine(routine.signature())
                        .enabled(true)
                        .destructive(routine.destructive())
                        .definition(routine.source())
                        .build());
    }

    private static void cover(Examination examination, List<StoredItem> items, List<ScheduledJob> jobs, boolean all) {
        String read = "triggers, rules, policies and routines, " + items.size()
                + " of which delete, hide or prevent, and " + jobs.size() + " pg_cron jobs";
        examination.coverage(all ? Coverage.complete(read) : Coverage.partial(read + "; see the gaps"));
    }
}
