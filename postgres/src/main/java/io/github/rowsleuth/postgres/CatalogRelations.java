package io.github.rowsleuth.postgres;

import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.postgres.wal.FileId;
import io.github.rowsleuth.postgres.wal.Relation;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** The relations that the catalogs of the database know by an oid or by a file. */
final class CatalogRelations {

    private static final Query RELATIONS = new Query(
            """
            select c.oid::bigint as oid, n.nspname::text as schema, c.relname::text as name, c.relkind::text as kind,
                   coalesce(pg_relation_filenode(c.oid), 0)::bigint as file,
                   d.oid::bigint as database,
                   (case c.reltablespace when 0 then d.dattablespace else c.reltablespace end)::bigint as tablespace,
                   coalesce(i.indrelid, t.oid, c.oid)::bigint as owner,
                   1 + (select count(*) from pg_index x where x.indrelid = c.oid)
                     + case c.reltoastrelid when 0 then 0 else 2 end as files
              from pg_class c
              join pg_namespace n on n.oid = c.relnamespace
              join pg_database d on d.datname = current_database()
              left join pg_index i on i.indexrelid = c.oid
              left join pg_class t on t.reltoastrelid = c.oid and c.relkind = 't'
             where c.oid = any (string_to_array(?, ',')::oid[])
                or c.relfilenode = any (string_to_array(?, ',')::oid[])
                or (c.relfilenode = 0 and pg_relation_filenode(c.oid) = any (string_to_array(?, ',')::oid[]))
             order by c.oid\
            """,
            "pg_class",
            "SELECT ON pg_catalog.pg_class, pg_catalog.pg_namespace, pg_catalog.pg_database, pg_catalog.pg_index");

    private CatalogRelations() {}

    /** Those that have one of the oids, or one of the file numbers. */
    static List<Relation> of(Session session, Collection<Long> oids, Collection<Long> files)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        return oids.isEmpty() && files.isEmpty()
                ? List.of()
                : session.rows(RELATIONS, CatalogRelations::relation, list(oids), list(files), list(files));
    }

    private static String list(Collection<Long> numbers) {
        return numbers.stream().sorted().distinct().map(String::valueOf).collect(Collectors.joining(","));
    }

    private static Relation relation(Row row) throws SQLException {
        String schema = row.text("schema");
        return new Relation(
                row.number("oid"),
                new FileId(row.number("tablespace"), row.number("database"), row.number("file")),
                Relation.kind(row.text("kind"), schema),
                TableName.of(schema, row.text("name")),
                row.number("owner"),
                (int) row.number("files"));
    }
}
