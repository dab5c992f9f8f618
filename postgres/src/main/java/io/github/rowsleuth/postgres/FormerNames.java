package io.github.rowsleuth.postgres;

import io.github.rowsleuth.probe.ProbeUnavailableException;
import io.github.rowsleuth.probe.SequenceState;
import io.github.rowsleuth.probe.TableScope;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The names that tables were created with. Renaming a table leaves the names of its indexes, constraints and sequences as
 * they are, and where nobody chose them they begin with its old name (src/backend/commands/indexcmds.c,
 * ChooseRelationName).
 */
final class FormerNames {

    // Of names that were cut to their longest length nothing can be told. Only where a primary key does not tell are
    // the
    // names of columns put together, which takes the most time.
    private static final Query ODD_NAMES = new Query(
            """
            with keys as materialized (
                select i.indrelid as relation, x.relname::text as name
                  from pg_index i
                  join pg_class x on x.oid = i.indexrelid
                 where i.indisprimary and x.relname ~ '.+_pkey[0-9]*$'),
            others as (
                select i.indrelid as relation, x.relname::text as name, i.indkey::int2[] as columns,
                       case when k.contype = 'u' then '_key' when k.contype = 'x' then '_excl' else '_idx' end as label
                  from pg_index i
                  join pg_class x on x.oid = i.indexrelid
                  left join pg_constraint k on k.conindid = i.indexrelid and k.conrelid = i.indrelid
                                           and k.contype in ('u', 'x')
                 where not i.indisprimary
                union all
                select k.conrelid, k.conname::text, k.conkey,
                       case k.contype when 'f' then '_fkey' when 'c' then '_check' else '_not_null' end
                  from pg_constraint k
                 where k.contype in ('f', 'c', 'n') and k.conrelid <> 0 and k.conislocal),
            named as materialized (
                select k.relation, k.name, true as strong, '_pkey' as ending from keys k
                union all
                select o.relation, o.name, false,
                       '_' || (select string_agg(a.attname, '_' order by c.at)
                                 from unnest(o.columns) with ordinality c(attnum, at)
                                 join pg_attribute a on a.attrelid = o.relation and a.attnum = c.attnum) || o.label
                  from others o
                 where o.relation >= 16384 and o.relation not in (select k.relation from keys k)),
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
            "SELECT ON pg_catalog.pg_index, pg_catalog.pg_constraint, pg_catalog.pg_class, pg_catalog.pg_attribute");

    private static final int LONGEST = 60;
    private static final Pattern DIGITS = Pattern.compile("[0-9]+$");

    private record Stem(long table, String name, boolean strong) {}

    private FormerNames() {}

    /** By the oid of the table that bore them. */
    static Optional<Map<Long, List<String>>> read(
            Session session, List<TableScope> tables, Map<Long, List<SequenceState>> sequences)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        Optional<List<Stem>> odd = session.rowsOrGap(
                ODD_NAMES,
                "whether a table was renamed is unknown",
                row -> new Stem(row.number("oid"), row.text("stem"), row.flag("strong")));
        return odd.map(stems -> {
            Stream<Stem> ofSequences = tables.stream()
                    .flatMap(t ->
                            sequences.getOrDefault(t.oid(), List.of()).stream().flatMap(s -> stem(t, s).stream()));
            return believed(Stream.concat(stems.stream(), ofSequences).toList());
        });
    }

    private static Optional<Stem> stem(TableScope table, SequenceState sequence) {
        String name = sequence.name().name();
        String base = DIGITS.matcher(name).replaceFirst("");
        String ending = "_" + sequence.column() + "_seq";
        boolean odd = name.getBytes(StandardCharsets.UTF_8).length < LONGEST
                && base.endsWith(ending)
                && base.length() > ending.length()
                && !base.equals(table.table().name() + ending);
        return odd
                ? Optional.of(new Stem(table.oid(), base.substring(0, base.length() - ending.length()), true))
                : Optional.empty();
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
