package io.github.rowsleuth.postgres.guard;

import io.github.rowsleuth.postgres.guard.PlannedEffect.Kind;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The rows that an operation would hit, by their places, in temporary tables that end with the transaction. What is counted,
 * backed up and deleted are the same rows, whatever the condition says the next time.
 */
final class Doomed {

    private static final String TRIGGERS = """
            select t.tgname || ' on ' || t.tgrelid::regclass, t.tgname
              from pg_trigger t join pg_proc p on p.oid = t.tgfoid join pg_namespace n on n.oid = p.pronamespace
             where not t.tgisinternal and t.tgenabled <> 'D' and t.tgtype::int & ? <> 0
               and n.nspname <> 'rowsleuth_watch'
               and (t.tgrelid = ?::bigint::oid
                    or t.tgrelid in (select relid from pg_partition_tree(?::bigint::oid)))
             order by 1""";
    private static final int ON_DELETE = 8;
    private static final int ON_UPDATE = 16;

    private static final String RULES = """
            select rulename from pg_rewrite where ev_type = '4' and ev_class = ?::bigint::oid""";

    private final GuardSession session;
    private final ForeignKeyGraph graph;

    private Doomed(GuardSession session, ForeignKeyGraph graph) {
        this.session = session;
        this.graph = graph;
    }

    static Doomed of(DeletionRequest request, GuardSession session) throws SQLException {
        Doomed doomed = new Doomed(session, ForeignKeyGraph.from(request.table(), session));
        for (TableRef table : doomed.graph.tables()) {
            if (table.equals(doomed.graph.target())) {
                session.update(
                        "CREATE TEMP TABLE " + name(table)
                                + " ON COMMIT DROP AS SELECT tableoid AS part, ctid AS place FROM " + table.name()
                                + " WHERE (" + request.condition() + ")",
                        request.binds().toArray());
            } else {
                session.update("CREATE TEMP TABLE " + name(table) + " ON COMMIT DROP AS SELECT x.tableoid AS part,"
                        + " x.ctid AS place FROM " + table.name() + " x WHERE " + doomed.condition(table));
            }
        }
        return doomed;
    }

    // A temporary table is created without its schema.
    private static String name(TableRef table) {
        return table.doomed().substring(table.doomed().indexOf('.') + 1);
    }

    private String condition(TableRef child) {
        return graph.into(child).stream()
                .map(edge -> "EXISTS (SELECT FROM " + edge.parent().name() + " y JOIN "
                        + edge.parent().doomed() + " d ON y.tableoid = d.part AND y.ctid = d.place WHERE "
                        + IntStream.range(0, edge.from().size())
                                .mapToObj(
                                        i -> "x." + TableRef.quoted(edge.from().get(i)) + " = y."
                                                + TableRef.quoted(edge.to().get(i)))
                                .collect(Collectors.joining(" AND "))
                        + ")")
                .collect(Collectors.joining(" OR "));
    }

    List<TableRef> tables() {
        return graph.tables();
    }

    TableRef target() {
        return graph.target();
    }

    /** What happens to each table, the target first; a table of which no row is hit is left out. */
    List<PlannedEffect> effects() throws SQLException {
        List<PlannedEffect> effects = new ArrayList<>();
        for (TableRef table : graph.tables()) {
            Kind kind = kind(table);
            PlannedEffect effect = session.row(
                    "SELECT count(*), " + digest("x") + ", (SELECT count(*) FROM " + table.name() + ") FROM "
                            + table.name() + " x JOIN " + table.doomed()
                            + " d ON x.tableoid = d.part AND x.ctid = d.place",
                    row -> new PlannedEffect(table.name(), kind, row.getLong(1), row.getLong(3), row.getString(2)));
            if (effect.rows() > 0 || table.equals(graph.target())) {
                effects.add(effect);
            }
        }
        return effects;
    }

    /** Of all rows of a query, whatever their order. */
    static String digest(String alias) {
        return "coalesce(sum(hashtextextended(ROW(" + alias + ".*)::text, 0)), 0)::text";
    }

    private Kind kind(TableRef table) {
        if (table.equals(graph.target())) {
            return Kind.DELETED;
        }
        return graph.into(table).stream().allMatch(ForeignKeyGraph.Edge::cascades)
                ? Kind.CASCADED
                : Kind.REFERENCE_CLEARED;
    }

    /** The triggers that would fire; those that nobody has said to know are refused, and so are rules. */
    List<String> triggers(Set<String> known) throws SQLException {
        List<String> firing = new ArrayList<>();
        for (TableRef table : graph.tables()) {
            int event = kind(table) == Kind.REFERENCE_CLEARED ? ON_UPDATE : ON_DELETE;
            for (String[] trigger : session.rows(
                    TRIGGERS,
                    row -> new String[] {row.getString(1), row.getString(2)},
                    event,
                    table.oid(),
                    table.oid())) {
                if (!known.contains(trigger[1])) {
                    throw new GuardException(
                            Layer.DRY_RUN,
                            "expected no trigger that could delete elsewhere, found " + trigger[0]
                                    + ": read what it does, and say so with knowingTrigger(…)");
                }
                firing.add(trigger[0]);
            }
            for (String rule : session.rows(RULES, row -> row.getString(1), table.oid())) {
                throw new GuardException(
                        Layer.DRY_RUN,
                        "expected no rule that rewrites the deletion, found " + rule + " on " + table.name());
            }
        }
        return firing;
    }
}
