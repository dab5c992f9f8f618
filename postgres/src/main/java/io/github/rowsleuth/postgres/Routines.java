package io.github.rowsleuth.postgres;

import io.github.rowsleuth.evidence.Excerpt;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import io.github.rowsleuth.sql.DestructiveStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The routines whose source may be destructive, and those that triggers run.
 *
 * @param byOid by their oid
 */
record Routines(Map<Long, Routine> byOid) {

    /** How many are read, and how much of each: nobody writes more by hand. */
    private static final int MOST = 5_000;

    private static final int LONGEST = 100_000;

    // What belongs to an extension is the extension's business. A body in standard SQL is stored as a tree, from 14 on.
    private static final String SOURCES =
            """
            select p.oid::bigint as oid, n.nspname::text as schema, p.proname::text as name,
                   pg_get_function_identity_arguments(p.oid) as arguments, l.lanname::text as language,
                   p.prorettype in ('trigger'::regtype, 'event_trigger'::regtype) as triggers,
                   left(p.prosrc, {longest}) as source, left({body}, 500000) as body,
                   length(p.prosrc) > {longest} or coalesce(length({body}) > 500000, false) as cut
              from pg_proc p
              join pg_namespace n on n.oid = p.pronamespace
              join pg_language l on l.oid = p.prolang
             where p.prokind in ('f', 'p') and l.lanname not in ('c', 'internal')
               and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_temp_'
               and not exists (select from pg_depend e
                                where e.classid = 'pg_proc'::regclass and e.objid = p.oid and e.deptype = 'e')
               and ({body} is not null
                    or p.prosrc ~* '\\m(delete|truncate|drop|merge|update|conflict)\\M'
                    or p.oid in (select t.tgfoid from pg_trigger t where not t.tgisinternal)
                    or p.oid in (select e.evtfoid from pg_event_trigger e))
             order by n.nspname::text collate "C", p.proname::text collate "C",
                      pg_get_function_identity_arguments(p.oid) collate "C"
             limit {most}""".replace("{longest}", Integer.toString(LONGEST)).replace("{most}", Integer.toString(MOST + 1));

    private static final String PRIVILEGE = "SELECT ON pg_catalog.pg_proc, pg_catalog.pg_namespace,"
            + " pg_catalog.pg_language, pg_catalog.pg_depend, pg_catalog.pg_trigger, pg_catalog.pg_event_trigger";

    private static final Query SOURCES_13 = new Query(SOURCES.replace("{body}", "null::text"), "pg_proc", PRIVILEGE);
    private static final Query SOURCES_14 =
            new Query(SOURCES.replace("{body}", "p.prosqlbody::text"), "pg_proc", PRIVILEGE);

    static Optional<Routines> read(Session session)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        Optional<List<Routine>> routines = session.rowsOrGap(
                session.major() >= 14 ? SOURCES_14 : SOURCES_13,
                "what functions, procedures and triggers delete is unknown",
                Routines::of);
        routines.ifPresent(all -> sayWhatIsCut(session, all));
        return routines.map(all ->
                new Routines(all.stream().limit(MOST).collect(Collectors.toMap(Routine::oid, Function.identity()))));
    }

    private static Routine of(Row row) throws SQLException {
        String language = row.text("language");
        String source = row.text("source");
        boolean triggers = row.flag("triggers");
        boolean sql = RoutineSource.isSql(language);
        return new Routine(
                row.number("oid"),
                row.text("schema"),
                row.text("name"),
                row.text("arguments"),
                language,
                triggers,
                RoutineSource.destructive(language, source),
                row.optionalText("body").map(NodeTree::commands).orElse(List.of()),
                sql ? RoutineSource.calls(source) : Set.of(),
                triggers && language.equals("plpgsql") ? Optional.of(new TriggerBody(source)) : Optional.empty(),
                triggers && !sql && source.toLowerCase(Locale.ROOT).contains("skip"),
                sql ? Excerpt.ofSql(source) : Excerpt.ofHarmless("source in " + language),
                row.flag("cut"));
    }

    private static void sayWhatIsCut(Session session, List<Routine> all) {
        List<Routine> cut = all.stream().filter(Routine::cut).toList();
        if (!cut.isEmpty()) {
            session.examination()
                    .gap(
                            "the source of " + cut.size() + " routines is longer than what is read of it",
                            "what they delete further down is not seen",
                            "read them by hand: "
                                    + cut.stream()
                                            .limit(10)
                                            .map(Routine::signature)
                                            .toList());
        }
        if (all.size() > MOST) {
            session.examination()
                    .gap(
                            "there are more than " + MOST + " routines that may be destructive",
                            "those that come later by name are not read",
                            "look for them by hand: SELECT … FROM pg_proc WHERE prosrc ILIKE '%delete%'");
        }
    }

    boolean complete() {
        return byOid.values().stream().noneMatch(Routine::cut) && byOid.size() < MOST;
    }

    /** {@return the relations that bodies in standard SQL change} */
    Stream<Long> relations() {
        return byOid.values().stream().flatMap(r -> r.commands().stream()).map(NodeTree.Command::relation);
    }

    /** {@return the same, with the names of what bodies in standard SQL change} */
    Routines naming(Map<Long, TableName> relations) {
        return new Routines(byOid.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, e -> named(e.getValue(), relations))));
    }

    private static Routine named(Routine routine, Map<Long, TableName> relations) {
        List<DestructiveStatement> found = routine.commands().stream()
                .flatMap(c -> c.destructive(relations).stream())
                .toList();
        return found.isEmpty()
                ? routine
                : routine.with(
                        found,
                        Excerpt.ofHarmless(found.stream()
                                .map(DestructiveStatement::toString)
                                .collect(Collectors.joining("; ", "BEGIN ATOMIC … ", " … END"))));
    }

    /** {@return what a text destroys itself, and what the routines destroy that it calls} */
    List<DestructiveStatement> reach(List<DestructiveStatement> own, Set<String> calls) {
        List<DestructiveStatement> all = new ArrayList<>(own);
        byOid.values().stream()
                .filter(r -> r.removes() && !r.triggers() && r.isCalledIn(calls))
                .sorted(Comparator.comparing(Routine::signature))
                .forEach(r -> all.addAll(r.destructive()));
        return List.copyOf(all);
    }
}
