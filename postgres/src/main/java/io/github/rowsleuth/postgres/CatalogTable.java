package io.github.rowsleuth.postgres;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import io.github.rowsleuth.probe.TableKind;
import io.github.rowsleuth.probe.TableScope;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A user table as {@code pg_class} and {@code pg_type} describe it.
 *
 * @param name its name
 * @param oid its oid
 * @param filenode its file, 0 for none
 * @param kind {@code relkind}
 * @param logged whether changes reach the write-ahead log
 * @param estimatedRows {@code reltuples}
 * @param estimatedPages {@code relpages}
 * @param rowSecurity {@code relrowsecurity}
 * @param written the transaction that wrote its row in {@code pg_class}
 * @param typeWritten the transaction that wrote its row in {@code pg_type}
 * @param committed when the former committed, where commits are time-stamped
 * @param partitionOf the table whose partition it is
 */
record CatalogTable(
        TableName name,
        long oid,
        long filenode,
        TableKind kind,
        boolean logged,
        double estimatedRows,
        long estimatedPages,
        boolean rowSecurity,
        Optional<Long> written,
        Optional<Long> typeWritten,
        Optional<Instant> committed,
        Optional<TableName> partitionOf) {

    // The next transaction id must be of the snapshot that sees the rows, or a newer row would come out an epoch too
    // old.
    // A standby may lack the time stamps that its setting promises, and would fail.
    private static final Query TABLES = new Query(
            """
            select n.nspname::text as schema, c.relname::text as name, c.oid::bigint as oid,
                   c.relfilenode::bigint as filenode, c.relkind::text as kind, c.relpersistence::text as persistence,
                   c.reltuples::float8 as rows, c.relpages::bigint as pages, c.relrowsecurity as row_security,
                   c.xmin::text::bigint as written, t.xmin::text::bigint as type_written,
                   pg_snapshot_xmax(pg_current_snapshot())::text::bigint as next,
                   case when c.xmin::text::bigint > 2 and current_setting('track_commit_timestamp')::boolean
                             and not pg_is_in_recovery()
                        then pg_xact_commit_timestamp(c.xmin) end as committed,
                   un.nspname::text as up_schema, u.relname::text as up
              from pg_class c
              join pg_namespace n on n.oid = c.relnamespace
              left join pg_type t on t.oid = c.reltype
              left join pg_inherits i on i.inhrelid = c.oid and c.relispartition
              left join pg_class u on u.oid = i.inhparent
              left join pg_namespace un on un.oid = u.relnamespace
             where c.relkind in ('r', 'p', 'm', 'f')
               and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
               and n.nspname !~ '^pg_(toast_)?temp_'
             order by n.nspname::text collate "C", c.relname::text collate "C"\
            """,
            "pg_class",
            "SELECT ON pg_catalog.pg_class, pg_catalog.pg_namespace, pg_catalog.pg_type, pg_catalog.pg_inherits");

    static List<CatalogTable> all(Session session)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        return session.rows(TABLES, CatalogTable::of);
    }

    private static CatalogTable of(Row row) throws SQLException {
        long next = row.number("next");
        Optional<String> up = row.optionalText("up");
        return new CatalogTable(
                TableName.of(row.text("schema"), row.text("name")),
                row.number("oid"),
                row.number("filenode"),
                switch (row.text("kind")) {
                    case "p" -> TableKind.PARTITIONED;
                    case "m" -> TableKind.MATERIALIZED_VIEW;
                    case "f" -> TableKind.FOREIGN;
                    default -> TableKind.ORDINARY;
                },
                !row.text("persistence").equals("u"),
                row.fraction("rows"),
                row.number("pages"),
                row.flag("row_security"),
                TransactionClock.withEpoch(row.number("written"), next),
                TransactionClock.withEpoch(row.number("type_written"), next),
                row.instant("committed"),
                up.isEmpty() ? Optional.empty() : Optional.of(TableName.of(row.text("up_schema"), up.get())));
    }

    boolean newFile() {
        return filenode != 0 && filenode != oid;
    }

    TableScope scope(Server server, List<EvidenceId> evidence) {
        return TableScope.builder()
                .table(name)
                .oid(oid)
                .filenode(filenode)
                .kind(kind)
                .logged(logged)
                .estimatedRows(estimatedRows)
                .estimatedPages(estimatedPages)
                .catalogTransaction(written)
                .creationTransaction(typeWritten)
                .catalogCommitted(committed)
                .catalogCommittedBefore(written.flatMap(server::endOf))
                .rowSecurity(rowSecurity)
                .evidence(evidence)
                .build();
    }
}
