package io.github.rowsleuth.postgres.watch;

import io.github.rowsleuth.incident.TableName;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Every table, column and large object of a database at one moment. What of it is not there later was lost.
 *
 * @param digest equal for equal catalogs
 * @param relations the tables by their identity
 * @param columns the columns by {@code table.number}, in that order
 * @param largeObjects the large objects
 */
record Catalog(
        String digest, Map<Long, Relation> relations, NavigableMap<Column, String> columns, Set<Long> largeObjects) {

    /** The place of a column, which keeps its number when it is renamed. */
    record Column(long table, int number) implements Comparable<Column> {
        @Override
        public int compareTo(Column other) {
            return table == other.table ? Integer.compare(number, other.number) : Long.compare(table, other.table);
        }
    }

    /** The catalogs as they were last read: mostly they are still so. */
    static final class Last {
        private volatile Catalog known = UNREAD;

        Catalog known() {
            return known;
        }

        void remember(Catalog catalog) {
            known = catalog;
        }
    }

    // No name is built by the server: what it writes for a regclass depends on settings.
    private static final String RELATIONS = """
            select c.oid, n.nspname, c.relname, c.relkind, c.relpersistence = 'u' as unlogged, c.relfilenode,
                   c.reltablespace, coalesce(t.relfilenode, 0) as toastfile,
                   array(select i.inhparent::bigint from pg_inherits i where i.inhrelid = c.oid order by 1) as parents
              from pg_class c join pg_namespace n on n.oid = c.relnamespace
              left join pg_class t on t.oid = c.reltoastrelid
             where c.relkind in ('r', 'p', 'm', 'f') and c.relpersistence <> 't'
               and n.nspname not in ('information_schema', 'rowsleuth_watch') and n.nspname !~ '^pg_'""";

    private static final String COLUMNS = """
            select a.attrelid, a.attnum, a.attname
              from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
             where c.relkind in ('r', 'p') and c.relpersistence <> 't' and a.attnum > 0 and not a.attisdropped
               and n.nspname not in ('information_schema', 'rowsleuth_watch') and n.nspname !~ '^pg_'""";

    private static final String LARGE_OBJECTS = "select oid from pg_largeobject_metadata";

    private static final String DIGEST = """
            select string_agg(part, ' ') from (
              select count(*) || '/' || coalesce(sum(hashtextextended(x::text, 0)), 0) from (%s) x
              union all select count(*) || '/' || coalesce(sum(hashtextextended(x::text, 0)), 0) from (%s) x
              union all select count(*) || '/' || coalesce(sum(hashtextextended(x::text, 0)), 0) from (%s) x) d (part)""".formatted(RELATIONS, COLUMNS, LARGE_OBJECTS);

    static final Catalog UNREAD = new Catalog("", Map.of(), new TreeMap<>(), Set.of());

    /** Reads the catalogs, unless they are as they were: then that is the answer. */
    static Catalog read(WatchSession session, Catalog known) throws SQLException {
        String digest = session.text(DIGEST);
        return digest.equals(known.digest) ? known : read(session, digest);
    }

    /** Reads the catalogs within the transaction at hand, without a digest. */
    static Catalog read(WatchSession session) throws SQLException {
        return read(session, "");
    }

    private static Catalog read(WatchSession session, String digest) throws SQLException {
        Map<Long, Relation> relations = new LinkedHashMap<>();
        for (Relation relation : session.rows(RELATIONS + " order by 2, 3", Catalog::relation)) {
            relations.put(relation.oid(), relation);
        }
        NavigableMap<Column, String> columns = new TreeMap<>();
        for (Map.Entry<Column, String> column :
                session.rows(COLUMNS, row -> Map.entry(new Column(row.getLong(1), row.getInt(2)), row.getString(3)))) {
            columns.put(column.getKey(), column.getValue());
        }
        Set<Long> largeObjects = new TreeSet<>(session.rows(LARGE_OBJECTS, row -> row.getLong(1)));
        return new Catalog(
                digest,
                Collections.unmodifiableMap(relations),
                Collections.unmodifiableNavigableMap(columns),
                Collections.unmodifiableSet(largeObjects));
    }

    private static Relation relation(ResultSet row) throws SQLException {
        Array parents = row.getArray("parents");
        return new Relation(
                row.getLong("oid"),
                TableName.of(row.getString("nspname"), row.getString("relname")),
                row.getString("relkind").charAt(0),
                row.getBoolean("unlogged"),
                row.getLong("relfilenode"),
                row.getLong("reltablespace"),
                row.getLong("toastfile"),
                Arrays.stream((Object[]) parents.getArray())
                        .map(Long.class::cast)
                        .toList());
    }

    Optional<Relation> relation(long oid) {
        return Optional.ofNullable(relations.get(oid));
    }

    /** The topmost table that the rows of this one belong to: itself, unless it is a partition or a child. */
    long root(long oid) {
        long root = oid;
        for (int depth = 0; depth < relations.size(); depth++) {
            List<Long> parents = relation(root).map(Relation::parents).orElse(List.of());
            if (parents.isEmpty()) {
                break;
            }
            root = parents.get(0);
        }
        return root;
    }

    List<String> columnsOf(long oid) {
        return List.copyOf(
                columns.subMap(new Column(oid, 0), new Column(oid + 1, 0)).values());
    }

    /** Names, for a message. */
    String names(Predicate<Relation> which) {
        return relations.values().stream()
                .filter(which)
                .map(relation -> relation.name().toString())
                .collect(Collectors.joining(", "));
    }
}
