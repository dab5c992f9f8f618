package io.github.rowsleuth.postgres;

import io.github.rowsleuth.incident.Incident;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.probe.ForeignKey;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import io.github.rowsleuth.probe.TableColumn;
import io.github.rowsleuth.probe.TableColumn.Filling;
import io.github.rowsleuth.probe.TableScope;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The columns of the tables that a loss can have hit: those of the incident, and what foreign keys connect with them. */
final class TableColumns {

    /** A database can have ten thousand tables, with a dozen columns each; those nearest to the incident come first. */
    private static final int MOST_TABLES = 500;

    private static final Query COLUMNS = new Query("""
            select a.attrelid::bigint as oid, a.attname::text as name, format_type(a.atttypid, a.atttypmod) as type,
                   a.attnotnull as mandatory, a.atthasdef as filled, a.attidentity <> '' as identity,
                   a.attgenerated <> '' as computed
              from pg_attribute a
             where a.attrelid = any (string_to_array(?, ',')::oid[]) and a.attnum > 0 and not a.attisdropped
             order by a.attrelid, a.attnum\
            """, "pg_attribute", "SELECT ON pg_catalog.pg_attribute");

    private record Found(long table, TableColumn column) {}

    private TableColumns() {}

    /** By the oid of their table. */
    static Optional<Map<Long, List<TableColumn>>> read(Session session, List<TableScope> tables, List<ForeignKey> keys)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        Set<TableName> near = near(session.examination().incident(), tables, keys);
        String oids = tables.stream()
                .filter(t -> near.contains(t.table()))
                .map(t -> Long.toString(t.oid()))
                .collect(Collectors.joining(","));
        return session.rowsOrGap(
                        COLUMNS,
                        "which files could fill the tables again is told by their names only",
                        TableColumns::of,
                        oids)
                .map(rows -> rows.stream()
                        .collect(Collectors.groupingBy(
                                Found::table, Collectors.mapping(Found::column, Collectors.toList()))));
    }

    private static Found of(Row row) throws SQLException {
        Filling filling = row.flag("computed")
                ? Filling.EXPRESSION
                : row.flag("identity") ? Filling.IDENTITY : row.flag("filled") ? Filling.DEFAULT : Filling.NOTHING;
        return new Found(
                row.number("oid"), new TableColumn(row.text("name"), row.text("type"), row.flag("mandatory"), filling));
    }

    private static Set<TableName> near(Incident incident, List<TableScope> tables, List<ForeignKey> keys) {
        Map<TableName, List<TableName>> neighbours = new HashMap<>();
        for (ForeignKey key : keys) {
            neighbours.computeIfAbsent(key.parent(), p -> new ArrayList<>()).add(key.child());
            neighbours.computeIfAbsent(key.child(), c -> new ArrayList<>()).add(key.parent());
        }
        Deque<TableName> open = new ArrayDeque<>();
        tables.stream().map(TableScope::table).filter(incident::names).forEach(open::add);
        Set<TableName> near = new LinkedHashSet<>(open);
        while (!open.isEmpty()) {
            for (TableName next : neighbours.getOrDefault(open.remove(), List.of())) {
                if (near.size() < MOST_TABLES && near.add(next)) {
                    open.add(next);
                }
            }
        }
        return near;
    }
}
