package io.github.rowsleuth.postgres;

import io.github.rowsleuth.incident.Incident;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import io.github.rowsleuth.probe.SequenceState;
import io.github.rowsleuth.probe.TableScope;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The sequences that columns own, and how far the most telling of them have counted. */
final class OwnedSequences {

    /** How many are read: each read takes a lock on the sequence, from a table of locks that all sessions share. */
    private static final int MOST_READ = 200;

    private static final Query SEQUENCES = new Query(
            """
            select d.refobjid::bigint as oid, s.oid::bigint as sequence, n.nspname::text as schema, s.relname::text as name,
                   a.attname::text as column_name, q.seqincrement as increment, s.relfilenode <> s.oid as restarted,
                   has_sequence_privilege(s.oid, 'select, usage') as readable
              from pg_depend d
              join pg_class s on s.oid = d.objid and s.relkind = 'S'
              join pg_sequence q on q.seqrelid = s.oid
              join pg_namespace n on n.oid = s.relnamespace
              join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
             where d.classid = 'pg_class'::regclass and d.refclassid = 'pg_class'::regclass and d.deptype in ('a', 'i')
             order by d.refobjid, d.refobjsubid, n.nspname::text collate "C", s.relname::text collate "C"\
            """,
            "pg_sequence",
            "SELECT ON pg_catalog.pg_depend, pg_catalog.pg_class, pg_catalog.pg_sequence, pg_catalog.pg_namespace,"
                    + " pg_catalog.pg_attribute");

    // What the view pg_sequences calls, without its wait for one that somebody else has locked.
    private static final Query VALUES =
            new Query("""
            select s.oid::bigint as sequence, pg_sequence_last_value(s.oid) as last_value
              from pg_class s
             where s.oid = any (string_to_array(?, ',')::oid[]) and s.relkind = 'S'
               and not exists (
                   select from pg_locks l
                    where l.locktype = 'relation' and l.relation = s.oid
                      and l.database = (select d.oid from pg_database d where d.datname = current_database())
                      and l.mode in ('ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock'))""", "pg_sequences", "SELECT ON pg_catalog.pg_locks, pg_catalog.pg_database");

    private record Owned(
            long table,
            long sequence,
            TableName name,
            String column,
            long increment,
            boolean restarted,
            boolean readable) {}

    private OwnedSequences() {}

    /** By the oid of their table. */
    static Optional<Map<Long, List<SequenceState>>> read(Session session, List<TableScope> tables, String role)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        Optional<List<Owned>> owned = session.rowsOrGap(
                SEQUENCES, "which sequences betray rows that once existed is unknown", OwnedSequences::of);
        if (owned.isEmpty()) {
            return Optional.empty();
        }
        Set<Long> named = named(session.examination().incident(), tables);
        sayWhatIsHidden(session, owned.get(), named, role);
        return values(session, telling(tables, owned.get(), named))
                .map(read -> owned.get().stream()
                        .collect(Collectors.groupingBy(
                                Owned::table, Collectors.mapping(o -> state(o, read), Collectors.toList()))));
    }

    private static Owned of(Row row) throws SQLException {
        return new Owned(
                row.number("oid"),
                row.number("sequence"),
                TableName.of(row.text("schema"), row.text("name")),
                row.text("column_name"),
                row.number("increment"),
                row.flag("restarted"),
                row.flag("readable"));
    }

    private static SequenceState state(Owned o, Map<Long, Optional<Long>> read) {
        return new SequenceState(
                o.name(),
                o.column(),
                read.getOrDefault(o.sequence(), Optional.empty()),
                o.increment(),
                o.restarted(),
                read.containsKey(o.sequence()));
    }

    /** Those of the tables of the incident, then those of tables that were truncated or rewritten. */
    private static List<Owned> telling(List<TableScope> tables, List<Owned> owned, Set<Long> named) {
        Set<Long> refilled =
                tables.stream().filter(TableScope::newFile).map(TableScope::oid).collect(Collectors.toSet());
        return owned.stream()
                .filter(o -> o.readable() && (named.contains(o.table()) || refilled.contains(o.table())))
                .sorted(Comparator.comparing(o -> !named.contains(o.table())))
                .limit(MOST_READ)
                .toList();
    }

    private static Set<Long> named(Incident incident, List<TableScope> tables) {
        return tables.stream()
                .filter(t -> incident.names(t.table()))
                .map(TableScope::oid)
                .collect(Collectors.toSet());
    }

    private static void sayWhatIsHidden(Session session, List<Owned> owned, Set<Long> named, String role) {
        List<Owned> hidden = owned.stream()
                .filter(o -> !o.readable() && named.contains(o.table()))
                .toList();
        if (!hidden.isEmpty()) {
            session.examination()
                    .gap(
                            "the role " + role + " may not read the sequences of the tables in question",
                            "whether more rows once existed than there are now can not be told from them",
                            "GRANT SELECT ON SEQUENCE "
                                    + hidden.stream()
                                            .map(o -> o.name().toString())
                                            .collect(Collectors.joining(", "))
                                    + " TO " + role);
        }
    }

    private static Optional<Map<Long, Optional<Long>>> values(Session session, List<Owned> telling)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        String oids = telling.stream().map(o -> Long.toString(o.sequence())).collect(Collectors.joining(","));
        Map<Long, Optional<Long>> values = new HashMap<>();
        if (oids.isEmpty()) {
            return Optional.of(values);
        }
        return session.rowsOrGap(
                        VALUES,
                        "how far the sequences of the tables have counted is unknown",
                        row -> values.put(row.number("sequence"), row.optionalNumber("last_value")),
                        oids)
                .map(rows -> values);
    }
}
