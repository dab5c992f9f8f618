package io.github.rowsleuth.postgres.guard;

import io.github.rowsleuth.incident.TableName;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which tables a deletion reaches along foreign keys, those first whose rows decide about the others'. */
final class ForeignKeyGraph {

    private static final String TABLE = """
            select c.oid, c.relkind, n.nspname, c.relname,
                   exists (select from pg_inherits i where i.inhparent = c.oid) and c.relkind = 'r' as inherited,
                   array(select a.attname::text from pg_attribute a
                          where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped order by a.attnum) as columns
              from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.oid = ?""";

    private static final String OID = """
            select coalesce(max(c.oid::bigint), 0) from pg_class c join pg_namespace n on n.oid = c.relnamespace
             where n.nspname = ? and c.relname = ?""";

    // A partition is referred to through its root; clones of a constraint on partitions say nothing new.
    private static final String REFERRING = """
            select k.conrelid::bigint, k.conname, k.confdeltype,
                   array(select a.attname::text from unnest(k.conkey) with ordinality u(num, pos)
                           join pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.num order by u.pos),
                   array(select a.attname::text from unnest(k.confkey) with ordinality u(num, pos)
                           join pg_attribute a on a.attrelid = k.confrelid and a.attnum = u.num order by u.pos)
              from pg_constraint k
             where k.contype = 'f' and k.conparentid = 0 and k.confdeltype in ('c', 'n', 'd')
               and k.confrelid in (?::bigint::oid, coalesce(pg_partition_root(?::bigint::oid)::oid, 0))
             order by k.conname""";

    /**
     * A foreign key that deletes or clears.
     *
     * @param parent the table referred to
     * @param child the table that refers
     * @param cascades whether rows of the child are deleted; otherwise they are changed
     * @param from its columns in the child
     * @param to its columns in the parent
     */
    record Edge(TableRef parent, TableRef child, boolean cascades, List<String> from, List<String> to) {}

    private record Referring(long child, boolean cascades, List<String> from, List<String> to) {}

    private final GuardSession session;
    private final List<TableRef> tables = new ArrayList<>();
    private final List<Edge> edges = new ArrayList<>();
    private final Set<Long> onTheWay = new HashSet<>();

    private ForeignKeyGraph(GuardSession session) {
        this.session = session;
    }

    static ForeignKeyGraph from(TableName target, GuardSession session) throws SQLException {
        long oid = session.row(OID, row -> row.getLong(1), target.schema().orElseThrow(), target.name());
        if (oid == 0) {
            throw dryRun("expected the table " + target + ", found none of that name");
        }
        ForeignKeyGraph graph = new ForeignKeyGraph(session);
        graph.visit(graph.table(oid));
        graph.refuseMixed();
        return graph;
    }

    /** The tables, parents before children. */
    List<TableRef> tables() {
        return List.copyOf(tables);
    }

    TableRef target() {
        return tables.get(0);
    }

    List<Edge> into(TableRef child) {
        return edges.stream().filter(edge -> edge.child().equals(child)).toList();
    }

    private TableRef table(long oid) throws SQLException {
        return session.row(
                TABLE,
                row -> {
                    TableName name = TableName.of(row.getString("nspname"), row.getString("relname"));
                    char kind = row.getString("relkind").charAt(0);
                    if ((kind != 'r' && kind != 'p') || row.getBoolean("inherited")) {
                        throw dryRun("expected an ordinary or partitioned table, found that " + name
                                + " is something else, or has tables that inherit from it");
                    }
                    return new TableRef(row.getLong("oid"), name, texts(row.getArray("columns")));
                },
                oid);
    }

    /** Depth first: a table is done, and put in front, when everything behind it is. */
    private void visit(TableRef table) throws SQLException {
        if (tables.contains(table)) {
            return;
        }
        if (!onTheWay.add(table.oid())) {
            throw dryRun("expected foreign keys without a circle, found one through " + table.name()
                    + ": how far a deletion goes can not be counted beforehand");
        }
        for (Edge edge : referring(table)) {
            edges.add(edge);
            if (edge.cascades()) {
                visit(edge.child());
            } else if (!tables.contains(edge.child())) {
                tables.add(edge.child());
            }
        }
        onTheWay.remove(table.oid());
        tables.add(0, table);
    }

    private List<Edge> referring(TableRef parent) throws SQLException {
        List<Edge> found = new ArrayList<>();
        for (Referring r : session.rows(REFERRING, ForeignKeyGraph::referring, parent.oid(), parent.oid())) {
            found.add(new Edge(parent, table(r.child()), r.cascades(), r.from(), r.to()));
        }
        return found;
    }

    private static Referring referring(ResultSet row) throws SQLException {
        return new Referring(
                row.getLong(1), row.getString(3).equals("c"), texts(row.getArray(4)), texts(row.getArray(5)));
    }

    private void refuseMixed() {
        for (TableRef table : tables) {
            if (into(table).stream().map(Edge::cascades).distinct().count() > 1) {
                throw dryRun("expected foreign keys that either delete rows of " + table.name()
                        + " or change them, found both");
            }
        }
    }

    private static List<String> texts(Array array) throws SQLException {
        return Arrays.stream((Object[]) array.getArray()).map(String::valueOf).toList();
    }

    private static GuardException dryRun(String message) {
        return new GuardException(Layer.DRY_RUN, message);
    }
}
