package io.github.rowsleuth.postgres;

import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which tables hang together otherwise than by foreign keys: by inheritance, and by having been partitions. */
final class PartitionShapes {

    // Detaching leaves a table with the very columns of its former parent. So do copies; a name like those of its
    // siblings, a constraint of the same name, or three columns and more make a former partition the likelier.
    private static final Query LOOKALIKES = new Query(
            """
            with shapes as materialized (
                select c.oid, c.relname::text as name, c.relkind,
                       string_agg(quote_ident(a.attname) || ' ' || a.atttypid || ' ' || a.atttypmod, ','
                                  order by a.attname collate "C") as columns,
                       count(*) as width
                  from pg_class c
                  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                 where (c.relkind = 'p' or (c.relkind = 'r' and not c.relispartition)) and c.oid >= 16384
                   and exists (select from pg_class p where p.relkind = 'p')
                 group by c.oid, c.relname, c.relkind),
            pairs as (
                select t.oid, p.oid as parent, t.width, starts_with(t.name, p.name || '_') as prefix,
                       exists (select from pg_inherits i join pg_class x on x.oid = i.inhrelid
                                where i.inhparent = p.oid
                                  and regexp_replace(x.relname, '[0-9]+', '0', 'g')
                                      = regexp_replace(t.name, '[0-9]+', '0', 'g')) as sibling,
                       exists (select from pg_constraint a join pg_constraint b on b.conname = a.conname
                                where a.conrelid = t.oid and b.conrelid = p.oid) as constrained
                  from shapes t
                  join shapes p on p.columns = t.columns and p.relkind = 'p'
                 where t.relkind = 'r')
            select distinct on (q.oid) q.oid::bigint as oid, n.nspname::text as schema, p.relname::text as name
              from pairs q
              join pg_class p on p.oid = q.parent
              join pg_namespace n on n.oid = p.relnamespace
             where q.sibling or q.constrained or q.prefix or q.width >= 3
             order by q.oid, q.sibling::int + q.constrained::int + q.prefix::int desc,
                      n.nspname::text collate "C", p.relname::text collate "C"\
            """,
            "pg_attribute, pg_inherits, pg_constraint",
            "SELECT ON pg_catalog.pg_class, pg_catalog.pg_attribute, pg_catalog.pg_inherits, pg_catalog.pg_constraint,"
                    + " pg_catalog.pg_namespace");

    private static final Query PARENTS = new Query(
            """
            select i.inhrelid::bigint as oid, n.nspname::text as schema, p.relname::text as name
              from pg_inherits i
              join pg_class c on c.oid = i.inhrelid and c.relkind in ('r', 'f') and not c.relispartition
              join pg_class p on p.oid = i.inhparent
              join pg_namespace n on n.oid = p.relnamespace
             order by i.inhrelid, i.inhseqno\
            """, "pg_inherits", "SELECT ON pg_catalog.pg_inherits, pg_catalog.pg_class, pg_catalog.pg_namespace");

    private record Pair(long table, TableName parent) {}

    private PartitionShapes() {}

    /** The partitioned tables that ordinary tables look like, by the oid of the latter. */
    static Optional<Map<Long, TableName>> lookalikes(Session session)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        Map<Long, TableName> parents = new HashMap<>();
        return session.rowsOrGap(
                        LOOKALIKES,
                        "whether a partition was detached is unknown",
                        row -> parents.put(row.number("oid"), name(row)))
                .map(rows -> parents);
    }

    /** The tables that others inherit from, by the oid of the latter. */
    static Optional<Map<Long, List<TableName>>> parents(Session session)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        return session.rowsOrGap(
                        PARENTS,
                        "which tables show the rows of others is unknown",
                        row -> new Pair(row.number("oid"), name(row)))
                .map(rows -> rows.stream()
                        .collect(Collectors.groupingBy(
                                Pair::table, Collectors.mapping(Pair::parent, Collectors.toList()))));
    }

    private static TableName name(Row row) throws SQLException {
        return TableName.of(row.text("schema"), row.text("name"));
    }
}
