package io.github.rowsleuth.postgres;

import io.github.rowsleuth.evidence.Excerpt;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import io.github.rowsleuth.server.StoredItem;
import io.github.rowsleuth.server.StoredItem.Effect;
import io.github.rowsleuth.server.StoredItem.Kind;
import io.github.rowsleuth.sql.DestructiveStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The triggers of user tables, and the event triggers. */
final class Triggers {

    // Not pg_get_triggerdef(), which locks the table where the trigger has a condition. Triggers of foreign keys are
    // internal; those that partitions take over from their parent are told of once.
    private static final Query TRIGGERS = new Query(
            """
            select t.tgname::text as name, t.tgenabled::text as enabled, t.tgtype::int as type, t.tgfoid::bigint as routine,
                   t.tgqual is not null as conditional, n.nspname::text as schema, c.relname::text as relation
              from pg_trigger t
              join pg_class c on c.oid = t.tgrelid
              join pg_namespace n on n.oid = c.relnamespace
             where not t.tgisinternal and t.tgparentid = 0
               and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_temp_'
               and not exists (select from pg_depend e
                                where e.classid = 'pg_class'::regclass and e.objid = c.oid and e.deptype = 'e')
             order by n.nspname::text collate "C", c.relname::text collate "C", t.tgname::text collate "C"\
            """,
            "pg_trigger",
            "SELECT ON pg_catalog.pg_trigger, pg_catalog.pg_class, pg_catalog.pg_namespace, pg_catalog.pg_depend");

    private static final Query EVENT_TRIGGERS =
            new Query("""
            select t.evtname::text as name, t.evtenabled::text as enabled, t.evtevent::text as event,
                   array_to_string(t.evttags, ', ') as tags, t.evtfoid::bigint as routine
              from pg_event_trigger t
             where not exists (select from pg_depend e
                                where e.classid = 'pg_event_trigger'::regclass and e.objid = t.oid and e.deptype = 'e')
             order by t.evtname::text collate "C"\
            """, "pg_event_trigger", "SELECT ON pg_catalog.pg_event_trigger, pg_catalog.pg_depend");

    // src/include/catalog/pg_trigger.h
    private static final int ROW = 1;
    private static final int BEFORE = 1 << 1;
    private static final int INSERT = 1 << 2;
    private static final int DELETE = 1 << 3;
    private static final int UPDATE = 1 << 4;
    private static final int TRUNCATE = 1 << 5;
    private static final int INSTEAD = 1 << 6;

    /**
     * A trigger, or an event trigger.
     *
     * @param letter {@code tgenabled}
     * @param type the bits above, 0 for an event trigger
     * @param head its definition up to its routine
     */
    private record Trigger(
            Kind kind,
            String name,
            String letter,
            int type,
            long routine,
            boolean conditional,
            Optional<TableName> table,
            String head) {

        boolean is(int bits) {
            return (type & bits) == bits;
        }
    }

    private Triggers() {}

    static Optional<List<StoredItem>> read(Session session, Routines routines)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        Optional<List<Trigger>> triggers = session.rowsOrGap(
                TRIGGERS, "which triggers delete or keep from deleting is unknown", Triggers::trigger);
        Optional<List<Trigger>> events = session.rowsOrGap(
                EVENT_TRIGGERS, "which event triggers react to DDL is unknown", Triggers::eventTrigger);
        return triggers.flatMap(t -> events.map(e -> Stream.concat(t.stream(), e.stream())
                .flatMap(trigger -> items(trigger, routines).stream())
                .toList()));
    }

    private static Trigger trigger(Row row) throws SQLException {
        int type = (int) row.number("type");
        boolean conditional = row.flag("conditional");
        TableName table = TableName.of(row.text("schema"), row.text("relation"));
        String events = Stream.of(
                        event(type, INSERT, "INSERT"),
                        event(type, DELETE, "DELETE"),
                        event(type, UPDATE, "UPDATE"),
                        event(type, TRUNCATE, "TRUNCATE"))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(" OR "));
        String timing = (type & INSTEAD) != 0 ? "INSTEAD OF " : (type & BEFORE) != 0 ? "BEFORE " : "AFTER ";
        String name = row.text("name");
        return new Trigger(
                Kind.TRIGGER,
                name,
                row.text("enabled"),
                type,
                row.number("routine"),
                conditional,
                Optional.of(table),
                "CREATE TRIGGER " + quoted(name) + " " + timing + events + " ON " + table
                        + ((type & ROW) != 0 ? " FOR EACH ROW" : " FOR EACH STATEMENT")
                        + (conditional ? " WHEN (…)" : ""));
    }

    private static Optional<String> event(int type, int bit, String name) {
        return (type & bit) == 0 ? Optional.empty() : Optional.of(name);
    }

    private static Trigger eventTrigger(Row row) throws SQLException {
        String name = row.text("name");
        Optional<String> tags = row.optionalText("tags");
        return new Trigger(
                Kind.EVENT_TRIGGER,
                name,
                row.text("enabled"),
                0,
                row.number("routine"),
                tags.isPresent(),
                Optional.empty(),
                "CREATE EVENT TRIGGER " + quoted(name) + " ON " + row.text("event")
                        + tags.map(t -> " WHEN TAG IN (" + t + ")").orElse(""));
    }

    static String quoted(String name) {
        return new TableName(Optional.empty(), name).toString();
    }

    /** One item for each effect; none where it has neither, or its routine can not be read. */
    private static List<StoredItem> items(Trigger trigger, Routines routines) {
        Routine routine = routines.byOid().get(trigger.routine());
        if (routine == null) {
            return List.of();
        }
        List<DestructiveStatement> destructive = routines.reach(routine.destructive(), routine.calls());
        boolean removes = destructive.stream().anyMatch(RoutineSource::removes);
        List<StoredItem> items = new ArrayList<>();
        if (removes) {
            items.add(item(trigger, routine, Effect.REMOVES, !trigger.conditional(), destructive));
        }
        prevents(trigger, routine, removes)
                .ifPresent(certain -> items.add(
                        item(trigger, routine, Effect.PREVENTS, certain && !trigger.conditional(), destructive)));
        return items;
    }

    private static Optional<Boolean> prevents(Trigger trigger, Routine routine, boolean removes) {
        Optional<TriggerBody> body = routine.body();
        boolean deletes = trigger.is(DELETE);
        if (trigger.is(INSTEAD) && deletes && !removes) {
            return Optional.of(body.isPresent());
        }
        Optional<Boolean> fails = deletes || trigger.is(TRUNCATE) || trigger.kind() == Kind.EVENT_TRIGGER
                ? body.flatMap(TriggerBody::fails)
                : Optional.empty();
        boolean sees = trigger.is(BEFORE | ROW | DELETE);
        Optional<Boolean> suppresses = sees ? body.flatMap(TriggerBody::suppresses) : Optional.empty();
        Optional<Boolean> skips = sees && routine.skips() ? Optional.of(false) : Optional.empty();
        return Stream.of(suppresses, fails, skips).flatMap(Optional::stream).max(Boolean::compare);
    }

    private static StoredItem item(
            Trigger trigger, Routine routine, Effect effect, boolean certain, List<DestructiveStatement> destructive) {
        return StoredItem.builder()
                .kind(trigger.kind())
                .effect(effect)
                .certain(certain)
                .name(trigger.name())
                .table(trigger.table())
                .routine(routine.signature())
                .enabled(enabled(trigger.letter()))
                .destructive(destructive)
                .definition(Excerpt.ofHarmless(trigger.head() + " EXECUTE FUNCTION " + routine.signature() + "; "
                        + routine.source().text()))
                .build();
    }

    /** "O" is for ordinary sessions, "A" for all, "R" for replicas only, "D" for none. */
    static boolean enabled(String letter) {
        return letter.equals("O") || letter.equals("A");
    }
}
