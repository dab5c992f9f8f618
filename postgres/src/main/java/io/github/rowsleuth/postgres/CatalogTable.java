package io.github.rowsleuth.postgres;

import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import io.github.rowsleuth.probe.TableKind;
import io.github.rowsleuth.probe.TableScope;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The user tables as {@code pg_class} and {@code pg_type} describe them. */
final class CatalogTable {

    // The next transaction id must be of the snapshot that sees the rows, or a newer row would come out an epoch too
    // old.
    // A standby may lack the time stamps that its setting promises, and would fail.
    // row_security_active() says "yes" of whom it concerns even while our own setting turns that into an error.
    private static final Query TABLES = new Query(
            """
            select n.nspname::text as schema, c.relname::text as name, c.oid::bigint as oid,
                   c.relfilenode::bigint as filenode, c.relkind::text as kind, c.relpersistence::text as persistence,
                   c.reltuples::float8 as rows, c.relpages::bigint as pages,
                   c.relrowsecurity as row_security, c.relforcerowsecurity as forced,
                   c.relrowsecurity and row_security_active(c.oid) as rows_hidden,
                   pg_get_userbyid(c.relowner)::text as owner, m.amname::text as method, s.spcname::text as tablespace,
                   c.xmin::text::bigint as written, t.xmin::text::bigint as type_written,
                   pg_snapshot_xmax(pg_current_snapshot())::text::bigint as next,
                   case when stamps.kept and c.xmin::text::bigint > 2
                        then pg_xact_commit_timestamp(c.xmin) end as committed,
                   case when stamps.kept and t.xmin::text::bigint > 2
                        then pg_xact_commit_timestamp(t.xmin) end as created,
                   un.nspname::text as up_schema, u.relname::text as up,
                   coalesce(to_jsonb(i) ->> 'inhdetachpending', 'false')::boolean as detaching
              from (select current_setting('track_commit_timestamp')::boolean and not pg_is_in_recovery() as kept) stamps
              cross join pg_class c
              join pg_namespace n on n.oid = c.relnamespace
              left join pg_type t on t.oid = c.reltype
              left join pg_am m on m.oid = c.relam
              left join pg_tablespace s on s.oid = c.reltablespace
              left join pg_inherits i on i.inhrelid = c.oid and c.relispartition
              left join pg_class u on u.oid = i.inhparent
              left join pg_namespace un on un.oid = u.relnamespace
             where c.relkind in ('r', 'p', 'm', 'f')
               and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
               and n.nspname !~ '^pg_(toast_)?temp_'
             order by n.nspname::text collate "C", c.relname::text collate "C"\
            """,
            "pg_class",
            "SELECT ON pg_catalog.pg_class, pg_catalog.pg_namespace, pg_catalog.pg_type, pg_catalog.pg_inherits,"
                    + " pg_catalog.pg_am, pg_catalog.pg_tablespace");

    private CatalogTable() {}

    /** All of them, as far as these two catalogs tell. */
    static List<TableScope> all(Session session, Server server)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        List<TableScope> tables = session.rows(TABLES, row -> of(row, server));
        Set<TableName> found = foundByName(tables, server.identity().searchPath());
        return tables.stream()
                .map(t -> TableScope.builder()
                        .from(t)
                        .onSearchPath(found.contains(t.table()))
                        .build())
                .toList();
    }

    private static TableScope of(Row row, Server server) throws SQLException {
        long next = row.number("next");
        Optional<String> up = row.optionalText("up");
        Optional<Long> written = TransactionClock.withEpoch(row.number("written"), next);
        return TableScope.builder()
                .table(TableName.of(row.text("schema"), row.text("name")))
                .oid(row.number("oid"))
                .filenode(row.number("filenode"))
                .kind(kind(row.text("kind")))
                .logged(!row.text("persistence").equals("u"))
                .estimatedRows(row.fraction("rows"))
                .estimatedPages(row.number("pages"))
                .rowSecurity(row.flag("row_security"))
                .rowSecurityForced(row.flag("forced"))
                .rowsHidden(row.flag("rows_hidden"))
                .owner(row.optionalText("owner"))
                .accessMethod(row.optionalText("method"))
                .tablespace(row.optionalText("tablespace"))
                .catalogTransaction(written)
                .catalogCommitted(row.instant("committed"))
                .catalogCommittedBefore(written.flatMap(server::endOf))
                .creationTransaction(TransactionClock.withEpoch(row.number("type_written"), next))
                .creationCommitted(row.instant("created"))
                .partitionOf(
                        up.isEmpty() ? Optional.empty() : Optional.of(TableName.of(row.text("up_schema"), up.get())))
                .detaching(row.flag("detaching"))
                .build();
    }

    private static TableKind kind(String letter) {
        return switch (letter) {
            case "p" -> TableKind.PARTITIONED;
            case "m" -> TableKind.MATERIALIZED_VIEW;
            case "f" -> TableKind.FOREIGN;
            default -> TableKind.ORDINARY;
        };
    }

    /** The tables that somebody with that search path means who gives no schema. */
    private static Set<TableName> foundByName(List<TableScope> tables, List<String> path) {
        Set<String> taken = new HashSet<>();
        Set<TableName> found = new HashSet<>();
        for (String schema : path) {
            tables.stream()
                    .map(TableScope::table)
                    .filter(t -> t.schema().filter(schema::equals).isPresent())
                    .filter(t -> taken.add(t.name()))
                    .forEach(found::add);
        }
        return found;
    }
}
