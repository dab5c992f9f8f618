package io.github.rowsleuth.postgres;

import io.github.rowsleuth.incident.TableIndex;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.probe.Examination;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import io.github.rowsleuth.probe.TableScope;
import io.github.rowsleuth.probe.UnknownTable;
import io.github.rowsleuth.probe.UnknownTable.Candidate;
import io.github.rowsleuth.probe.UnknownTable.Reason;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The tables of the incident that are not there, and what they may be called or have become. */
final class MissingTables {

    private static final Query VIEWS =
            new Query("""
            select n.nspname::text as schema, c.relname::text as name
              from pg_class c
              join pg_namespace n on n.oid = c.relnamespace
             where c.relkind = 'v' and n.nspname not in ('pg_catalog', 'information_schema')
             order by n.nspname::text collate "C", c.relname::text collate "C"\
            """, "pg_class", "SELECT ON pg_catalog.pg_class, pg_catalog.pg_namespace");

    /** How many other databases are listed. */
    private static final int MOST = 10;

    private final Server server;
    private final List<TableScope> tables;
    private final List<TableName> names;
    private final List<TableName> views;

    private MissingTables(Server server, List<TableScope> tables, List<TableName> views) {
        this.server = server;
        this.tables = tables;
        this.names = tables.stream().map(TableScope::table).toList();
        this.views = views;
    }

    static List<UnknownTable> find(
            Session session, Server server, List<TableScope> tables, TableIndex<TableScope> index)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        List<TableName> wanted = session.examination().incident().tables().stream()
                .filter(name -> index.matching(name).isEmpty())
                .toList();
        if (wanted.isEmpty()) {
            return List.of();
        }
        List<TableName> views = session.rowsOrGap(
                        VIEWS,
                        "whether a view bears the name of a missing table is unknown",
                        row -> TableName.of(row.text("schema"), row.text("name")))
                .orElse(List.of());
        MissingTables missing = new MissingTables(server, tables, views);
        List<UnknownTable> unknown = wanted.stream().map(missing::explain).toList();
        unknown.forEach(table -> missing.say(session.examination(), table));
        return unknown;
    }

    private UnknownTable explain(TableName wanted) {
        List<TableName> near = NearNames.to(wanted, names);
        List<Candidate> candidates = new ArrayList<>();
        tables.stream()
                .filter(t -> t.formerNames().contains(wanted.name()))
                .forEach(t -> add(candidates, t.table(), Reason.RENAMED));
        tables.stream()
                .filter(t -> t.table().name().equals(wanted.name()))
                .forEach(t -> add(
                        candidates,
                        t.table(),
                        t.resemblesPartitionOf().isPresent() ? Reason.DETACHED_PARTITION : Reason.OTHER_SCHEMA));
        views.stream()
                .filter(v -> v.name().equals(wanted.name()))
                .sorted((a, b) -> Boolean.compare(b.matches(wanted), a.matches(wanted)))
                .forEach(v -> add(candidates, v, Reason.VIEW));
        names.stream()
                .filter(name -> folded(name).equals(folded(wanted)))
                .forEach(name -> add(candidates, name, Reason.LETTER_CASE));
        near.forEach(name -> add(candidates, name, Reason.SIMILAR_NAME));
        return new UnknownTable(wanted, near, candidates);
    }

    private static String folded(TableName name) {
        return name.name().toLowerCase(Locale.ROOT);
    }

    private static void add(List<Candidate> candidates, TableName name, Reason reason) {
        if (candidates.stream().noneMatch(c -> c.name().equals(name))) {
            candidates.add(new Candidate(name, reason));
        }
    }

    private void say(Examination examination, UnknownTable unknown) {
        String others = server.identity().otherDatabases().stream().limit(MOST).collect(Collectors.joining(", "));
        examination.gap(
                "there is no table " + unknown.table() + " in the database "
                        + server.identity().database(),
                "nothing can be said of its rows: it was dropped or renamed, or it never was here",
                (unknown.candidates().isEmpty()
                                ? "check the name"
                                : "if one of these was meant, name it: " + listed(unknown))
                        + "; check that the URL leads to the right database"
                        + (others.isEmpty() ? "" : ", the server has others: " + others));
    }

    private String listed(UnknownTable unknown) {
        Map<Reason, List<TableName>> byReason = unknown.candidates().stream()
                .collect(Collectors.groupingBy(
                        Candidate::reason,
                        () -> new EnumMap<>(Reason.class),
                        Collectors.mapping(Candidate::name, Collectors.toList())));
        return byReason.entrySet().stream()
                .map(e -> e.getValue() + words(e.getKey(), e.getValue()))
                .collect(Collectors.joining(", "));
    }

    private String words(Reason reason, List<TableName> some) {
        return switch (reason) {
            case RENAMED -> " (once had that name)";
            case DETACHED_PARTITION -> " (a partition that was detached and moved)";
            case OTHER_SCHEMA -> " (in another schema" + found(some) + ")";
            case LETTER_CASE -> " (in other letters)";
            case VIEW -> " (a view: name the tables that it shows)";
            case SIMILAR_NAME -> "";
        };
    }

    private String found(List<TableName> some) {
        return tables.stream()
                .filter(t -> some.contains(t.table()) && t.onSearchPath())
                .findFirst()
                .map(t -> ", and what the role " + server.role() + " finds without one is " + t.table())
                .orElse("");
    }
}
