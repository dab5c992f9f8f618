package io.github.rowsleuth.postgres;

import io.github.rowsleuth.incident.Incident;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A relation that an incident may name, as far as reading it goes.
 *
 * @param oid its oid
 * @param name its name
 * @param kind {@code relkind}
 * @param logged whether changes reach the write-ahead log
 * @param method its access method; empty for none
 * @param parent the oid of the table whose partition it is; 0 for none
 * @param toast the oid of its TOAST table; 0 for none
 */
record Relation(long oid, TableName name, String kind, boolean logged, String method, long parent, long toast) {

    private static final Query ALL = new Query(
            """
            select c.oid::bigint as oid, n.nspname::text as schema, c.relname::text as name, c.relkind::text as kind,
                   c.relpersistence <> 'u' as logged, coalesce(a.amname::text, '') as method,
                   coalesce(i.inhparent::bigint, 0) as parent, c.reltoastrelid::bigint as toast
              from pg_class c
              join pg_namespace n on n.oid = c.relnamespace
              left join pg_am a on a.oid = c.relam
              left join pg_inherits i on i.inhrelid = c.oid and c.relispartition
             where c.relkind in ('r', 'p', 'm', 'f', 'v')
               and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
               and n.nspname !~ '^pg_(toast_)?temp_'
             order by n.nspname::text collate "C", c.relname::text collate "C"\
            """,
            "pg_class",
            "SELECT ON pg_catalog.pg_class, pg_catalog.pg_namespace, pg_catalog.pg_am, pg_catalog.pg_inherits");

    /** Those that the incident names, and their partitions down to the leaves. */
    static List<Relation> named(Session session, Incident incident)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        List<Relation> all = session.rows(ALL, Relation::of);
        Map<Long, Relation> byOid = new HashMap<>();
        all.forEach(relation -> byOid.put(relation.oid(), relation));
        return all.stream().filter(relation -> relation.within(incident, byOid)).toList();
    }

    private static Relation of(Row row) throws SQLException {
        return new Relation(
                row.number("oid"),
                TableName.of(row.text("schema"), row.text("name")),
                row.text("kind"),
                row.flag("logged"),
                row.text("method"),
                row.number("parent"),
                row.number("toast"));
    }

    private boolean within(Incident incident, Map<Long, Relation> byOid) {
        return incident.names(name)
                || Optional.ofNullable(byOid.get(parent))
                        .filter(up -> up.within(incident, byOid))
                        .isPresent();
    }

    /** A partitioned table has no rows of its own; its partitions are listed beside it. */
    boolean partitioned() {
        return kind.equals("p");
    }

    /** Why its pages can not be read as those of a heap, if they can not. */
    Optional<Unreadable> unreadable(boolean standby) {
        return switch (kind) {
            case "v" -> Optional.of(new Unreadable(name + " is a view", "name the tables that it reads"));
            case "f" ->
                Optional.of(new Unreadable(
                        name + " is a foreign table: its rows are elsewhere",
                        "investigate the server that holds them"));
            case "p" -> Optional.empty();
            default ->
                !method.equals("heap")
                        ? Optional.of(new Unreadable(
                                name + " is stored by the access method " + method + ", whose pages are not a heap's",
                                "ask the vendor of the access method for a way to see deleted rows"))
                        : standby && !logged
                                ? Optional.of(new Unreadable(
                                        name + " is unlogged, and a standby has no copy of it", "ask the primary"))
                                : Optional.empty();
        };
    }

    /**
     * Why there is nothing to read.
     *
     * @param missing what was found instead
     * @param remedy what to do
     */
    record Unreadable(String missing, String remedy) {}
}
