package io.github.rowsleuth.postgres;

import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Who holds a lock on a user table of this database with which rows are changed, until the end of a transaction.
 *
 * @param complete whether the locks could be read
 * @param bySession by process id
 * @param byPrepared by the low bits of the id of a prepared transaction
 */
record WriteLocks(boolean complete, Map<Long, List<TableName>> bySession, Map<Long, List<TableName>> byPrepared) {

    private static final long LOW_BITS = 0xFFFF_FFFFL;

    // A prepared transaction has no process; its virtual id leads to the lock on its transaction id.
    private static final Query LOCKS =
            new Query("""
            with locks as materialized (
                select locktype, database, relation, transactionid, virtualtransaction, pid, mode
                  from pg_locks where granted and locktype in ('relation', 'transactionid'))
            select distinct coalesce(l.pid, 0) as pid, x.transactionid::text::bigint as prepared,
                   n.nspname::text collate "C" as schema, c.relname::text collate "C" as name
              from locks l
              join pg_class c on c.oid = l.relation and c.relkind in ('r', 'p')
              join pg_namespace n on n.oid = c.relnamespace
              left join locks x on l.pid is null and x.locktype = 'transactionid'
                                and x.virtualtransaction = l.virtualtransaction
             where l.locktype = 'relation'
               and l.database = (select d.oid from pg_database d where d.datname = current_database())
               and l.mode in ('RowExclusiveLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock')
               and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
               and n.nspname !~ '^pg_(toast_)?temp_'
             order by 3, 4, 1, 2\
            """, "pg_locks", "SELECT ON pg_catalog.pg_locks, pg_catalog.pg_class, pg_catalog.pg_namespace");

    private record Held(long pid, long prepared, TableName table) {}

    static WriteLocks read(Session session) throws SQLException, ProbeUnavailableException, InterruptedException {
        Optional<List<Held>> held = session.rowsOrGap(
                LOCKS,
                "which open transactions are changing the tables is unknown",
                row -> new Held(
                        row.number("pid"), row.number("prepared"), TableName.of(row.text("schema"), row.text("name"))));
        List<Held> locks = held.orElse(List.of());
        return new WriteLocks(
                held.isPresent(),
                locks.stream()
                        .filter(l -> l.pid() != 0)
                        .collect(
                                Collectors.groupingBy(Held::pid, Collectors.mapping(Held::table, Collectors.toList()))),
                locks.stream()
                        .filter(l -> l.prepared() != 0)
                        .collect(Collectors.groupingBy(
                                Held::prepared, Collectors.mapping(Held::table, Collectors.toList()))));
    }

    List<TableName> ofSession(int pid) {
        return bySession.getOrDefault((long) pid, List.of());
    }

    List<TableName> ofPrepared(long transaction) {
        return byPrepared.getOrDefault(transaction & LOW_BITS, List.of());
    }
}
