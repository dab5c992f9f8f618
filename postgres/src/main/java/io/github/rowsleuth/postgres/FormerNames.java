package io.github.rowsleuth.postgres;

import io.github.rowsleuth.probe.ProbeUnavailableException;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The names that tables were created with. Renaming a table leaves the names of its indexes, constraints and sequences as
 * they are, and where nobody chose them they begin with its old name (src/backend/commands/indexcmds.c,
 * ChooseRelationName).
 */
final class FormerNames {

    // Of names that were cut to their longest length nothing can be told.
    private static final Query ODD_NAMES = new Query(
            """
            with named as (
                select i.indrelid as relation, x.relname::text as name, i.indisprimary as strong,
                       case when i.indisprimary then '_pkey' else
                           '_' || (select string_agg(a.attname, '_' order by k.at)
                                     from unnest(i.indkey) with ordinality k(attnum, at)
                                     join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum)
                               || case when i.indisexclusion then '_excl' when i.indisunique
                                            and exists (select from pg_constraint o where o.conindid = i.indexrelid
                                                           and o.conrelid = i.indrelid and o.contype = 'u')
                                       then '_key' else '_idx' end end as ending
                  from pg_index i
                  join pg_class x on x.oid = i.indexrelid
                union all
                select k.conrelid, k.conname::text, false,
                       '_' || (select string_agg(a.attname, '_' order by c.at)
                                 from unnest(k.conkey) with ordinality c(attnum, at)
                                 join pg_attribute a on a.attrelid = k.conrelid and a.attnum = c.attnum)
                           || case k.contype when 'f' then '_fkey' when 'c' then '_check' else '_not_null' end
                  from pg_constraint k
                 where k.contype in ('f', 'c', 'n') and k.conrelid <> 0 and k.conislocal
                union all
                select d.refobjid, s.relname::text, true, '_' || a.attname || '_seq'
                  from pg_depend d
                  join pg_class s on s.oid = d.objid and s.relkind = 'S'
                  join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
                 where d.classid = 'pg_class'::regclass and d.refclassid = 'pg_class'::regclass
                   and d.deptype in ('a', 'i')),
            stems as (
                select n.*, regexp_replace(n.name, '[0-9]+$', '') as base from named n where octet_length(n.name) < 60)
            select c.oid::bigint as oid, s.strong, left(s.base, length(s.base) - length(s.ending)) as stem
              from stems s
              join pg_class c on c.oid = s.relation and c.relkind in ('r', 'p', 'm') and c.oid >= 16384
             where right(s.base, length(s.ending)) = s.ending and length(s.base) > length(s.ending)
               and left(s.base, length(s.base) - length(s.ending)) <> c.relname
             order by 1, 3, 2\
            """,
            "pg_index, pg_constraint",
            "SELECT ON pg_catalog.pg_index, pg_catalog.pg_constraint, pg_catalog.pg_class, pg_catalog.pg_attribute,"
                    + " pg_catalog.pg_depend");

    private record Stem(long table, String name, boolean strong) {}

    private FormerNames() {}

    /** By the oid of the table that bore them. */
    static Optional<Map<Long, List<String>>> read(Session session)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        return session.rowsOrGap(
                        ODD_NAMES,
                        "whether a table was renamed is unknown",
                        row -> new Stem(row.number("oid"), row.text("stem"), row.flag("strong")))
                .map(FormerNames::believed);
    }

    /** A primary key or a sequence that is named after another table tells; an index that somebody named does not. */
    private static Map<Long, List<String>> believed(List<Stem> stems) {
        Map<Long, List<String>> names = new HashMap<>();
        Map<Long, List<Stem>> byTable = stems.stream().collect(Collectors.groupingBy(Stem::table));
        byTable.forEach((table, ofTable) -> {
            Map<String, List<Stem>> byName =
                    ofTable.stream().collect(Collectors.groupingBy(Stem::name, TreeMap::new, Collectors.toList()));
            List<String> told = byName.entrySet().stream()
                    .filter(e ->
                            e.getValue().size() > 1 || e.getValue().stream().anyMatch(Stem::strong))
                    .map(Map.Entry::getKey)
                    .toList();
            if (!told.isEmpty()) {
                names.put(table, told);
            }
        });
        return names;
    }
}
