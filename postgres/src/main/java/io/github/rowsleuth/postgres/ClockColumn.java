package io.github.rowsleuth.postgres;

import io.github.rowsleuth.incident.Incident;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.probe.Examination;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * The column of a clock table as the catalogs describe it.
 *
 * @param kind {@code relkind}
 * @param type its type
 * @param byDefault the default of the column
 * @param root the partitioned table that it belongs to, if it does
 * @param updated {@code n_tup_upd}
 */
record ClockColumn(String kind, String type, Optional<String> byDefault, Optional<TableName> root, long updated) {

    private static final Query COLUMN = new Query(
            """
            select c.relkind::text as kind, format_type(a.atttypid, null) as type,
                   pg_get_expr(f.adbin, f.adrelid) as by_default,
                   rn.nspname::text as root_schema, r.relname::text as root,
                   coalesce(pg_stat_get_tuples_updated(c.oid), 0) as updated
              from pg_class c
              join pg_namespace n on n.oid = c.relnamespace
              join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
              left join pg_attrdef f on f.adrelid = c.oid and f.adnum = a.attnum
              left join pg_class r on c.relispartition and r.oid = pg_partition_root(c.oid)
              left join pg_namespace rn on rn.oid = r.relnamespace
             where n.nspname = ? and c.relname = ? and a.attname = ?""",
            "pg_class, pg_attribute",
            "SELECT ON pg_catalog.pg_class, pg_catalog.pg_namespace, pg_catalog.pg_attribute, pg_catalog.pg_attrdef");

    private static final String ZONED = "timestamp with time zone";

    /** Refuses what would harm the incident, or tell nothing. */
    static ClockColumn checked(Session session, TableName table, String column)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        Incident incident = session.examination().incident();
        if (incident.names(table)) {
            throw refused(
                    table + " is a table of the incident: reading it would prune its deleted rows off their pages",
                    "name a table that only grows and that nothing was lost from, such as a log of events");
        }
        List<ClockColumn> found =
                session.rows(COLUMN, ClockColumn::of, table.schema().orElse(""), table.name(), column);
        if (found.isEmpty()) {
            throw refused(
                    "expected a table " + table + " with a column " + column + ", found none in this database",
                    "check both names, and that the URL leads to the right database");
        }
        ClockColumn clock = found.get(0);
        if (clock.root().filter(incident::names).isPresent()) {
            throw refused(
                    table + " is a partition of " + clock.root().get() + ", a table of the incident",
                    "name a table that has nothing to do with the incident");
        }
        if (!clock.kind().equals("r") || !clock.type().equals(ZONED)) {
            throw refused(
                    "expected an ordinary table with a column of type " + ZONED + ", found " + table + "." + column
                            + " of relkind " + clock.kind() + " and type " + clock.type(),
                    "name another table, or another column, that holds when a row was inserted");
        }
        clock.warn(session.examination(), table, column);
        return clock;
    }

    private static ClockColumn of(Row row) throws SQLException {
        Optional<String> root = row.optionalText("root");
        return new ClockColumn(
                row.text("kind"),
                row.text("type"),
                row.optionalText("by_default"),
                root.isEmpty() ? Optional.empty() : Optional.of(TableName.of(row.text("root_schema"), root.get())),
                row.number("updated"));
    }

    private static ProbeUnavailableException refused(String reason, String remedy) {
        return new ProbeUnavailableException(reason, remedy);
    }

    private void warn(Examination examination, TableName table, String column) {
        boolean clocked = byDefault
                .filter(text -> text.matches("(?s).*(now\\(\\)|CURRENT_TIMESTAMP|_timestamp\\(\\)).*"))
                .isPresent();
        if (!clocked) {
            examination.gap(
                    table + "." + column + " has no default that reads the clock of the server",
                    "its times may be those of clients, whose clocks may be off",
                    "name a column with DEFAULT now(), or take these times as a hint only");
        }
        if (updated > 0) {
            examination.gap(
                    updated + " rows of " + table + " were updated since the statistics began",
                    "an updated row bears a later transaction than the time in it; rows out of order are left out, which"
                            + " finds most of them, not all",
                    "name a table whose rows are never updated");
        }
    }
}
