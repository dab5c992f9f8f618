package io.github.rowsleuth.postgres;

import io.github.rowsleuth.evidence.Excerpt;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import io.github.rowsleuth.server.StoredItem;
import io.github.rowsleuth.server.StoredItem.Effect;
import io.github.rowsleuth.server.StoredItem.Kind;
import io.github.rowsleuth.sql.DestructiveStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The rules of tables and views, other than those that make a view. */
final class Rules {

    private static final Query RULES = new Query(
            """
            select r.rulename::text as name, r.ev_type::text as event, r.is_instead, r.ev_enabled::text as enabled,
                   r.ev_qual::text <> '<>' as conditional, left(r.ev_action::text, 500000) as action,
                   length(r.ev_action::text) > 500000 as cut, n.nspname::text as schema, c.relname::text as relation
              from pg_rewrite r
              join pg_class c on c.oid = r.ev_class
              join pg_namespace n on n.oid = c.relnamespace
             where r.rulename <> '_RETURN'
               and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_temp_'
               and not exists (select from pg_depend e
                                where e.classid = 'pg_class'::regclass and e.objid = c.oid and e.deptype = 'e')
             order by n.nspname::text collate "C", c.relname::text collate "C", r.rulename::text collate "C"\
            """,
            "pg_rewrite",
            "SELECT ON pg_catalog.pg_rewrite, pg_catalog.pg_class, pg_catalog.pg_namespace, pg_catalog.pg_depend");

    private static final Map<String, String> EVENTS =
            Map.of("1", "SELECT", "2", "UPDATE", "3", "INSERT", "4", "DELETE");

    /** A rule. */
    record Rule(
            String name,
            TableName table,
            String event,
            boolean instead,
            String letter,
            boolean conditional,
            boolean cut,
            List<NodeTree.Command> commands) {}

    private Rules() {}

    static Optional<List<Rule>> read(Session session)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        return session.rowsOrGap(RULES, "which rules delete, or keep from deleting, is unknown", Rules::of);
    }

    private static Rule of(Row row) throws SQLException {
        return new Rule(
                row.text("name"),
                TableName.of(row.text("schema"), row.text("relation")),
                EVENTS.getOrDefault(row.text("event"), "SELECT"),
                row.flag("is_instead"),
                row.text("enabled"),
                row.flag("conditional"),
                row.flag("cut"),
                NodeTree.commands(row.text("action")));
    }

    static Optional<StoredItem> item(Rule rule, Map<Long, TableName> relations) {
        List<DestructiveStatement> destructive = rule.commands().stream()
                .flatMap(c -> c.destructive(relations).stream())
                .toList();
        boolean removes = destructive.stream().anyMatch(RoutineSource::removes);
        boolean prevents = rule.instead() && rule.event().equals("DELETE");
        if (!removes && !prevents) {
            return Optional.empty();
        }
        return Optional.of(StoredItem.builder()
                .kind(Kind.RULE)
                .effect(removes ? Effect.REMOVES : Effect.PREVENTS)
                .certain(!rule.conditional() && !rule.cut())
                .name(rule.name())
                .table(rule.table())
                .enabled(Triggers.enabled(rule.letter()))
                .destructive(destructive)
                .definition(Excerpt.ofHarmless(definition(rule, destructive)))
                .build());
    }

    private static String definition(Rule rule, List<DestructiveStatement> destructive) {
        boolean nothing = rule.commands().stream().noneMatch(NodeTree.Command::acts);
        String action = destructive.isEmpty()
                ? nothing && !rule.cut() ? "NOTHING" : "…"
                : destructive.stream().map(DestructiveStatement::toString).collect(Collectors.joining("; "));
        return "CREATE RULE " + Triggers.quoted(rule.name()) + " AS ON " + rule.event() + " TO " + rule.table()
                + (rule.conditional() ? " WHERE …" : "") + (rule.instead() ? " DO INSTEAD " : " DO ALSO ") + action;
    }
}
