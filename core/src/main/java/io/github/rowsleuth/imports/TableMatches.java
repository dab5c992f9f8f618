package io.github.rowsleuth.imports;

import io.github.rowsleuth.imports.SourceMatch.By;
import io.github.rowsleuth.incident.Incident;
import io.github.rowsleuth.incident.TableIndex;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.probe.Scope;
import io.github.rowsleuth.probe.TableColumn;
import io.github.rowsleuth.probe.TableColumn.Filling;
import io.github.rowsleuth.probe.TableScope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Holds names and first records against the tables that a loss can have hit. */
final class TableMatches {

    /** Without the name of the table, that many columns, and that share of both sides, must be the same. */
    private static final int FEWEST_COLUMNS = 3;

    private static final double SHARE = 0.6;

    /** Columns that any table may have. */
    private static final Set<String> ANYBODYS = Set.of("id", "uuid", "createdat", "updatedat", "deletedat", "name");

    private final Map<TableName, List<TableColumn>> columns = new LinkedHashMap<>();
    private final NameMatch names;
    private final Set<String> known = new HashSet<>();

    TableMatches(Incident incident, List<Scope> scopes) {
        Set<TableName> tables = new TreeSet<>();
        for (Scope scope : scopes) {
            scope.tables().stream().map(TableScope::table).forEach(tables::add);
            scope.tables().stream()
                    .filter(t -> !t.columns().isEmpty())
                    .forEach(t -> columns.putIfAbsent(t.table(), t.columns()));
        }
        TableIndex<TableName> index = TableIndex.of(tables, t -> t);
        incident.tables().stream().filter(t -> index.matching(t).isEmpty()).forEach(tables::add);
        names = new NameMatch(tables);
        columns.values().forEach(all -> all.forEach(c -> known.add(Words.squashed(c.name()))));
    }

    /** Whether files can be told by more than their names. */
    boolean knowColumns() {
        return !columns.isEmpty();
    }

    /** Whether a name speaks of a table. */
    boolean named(List<String> names) {
        return !this.names.of(names).isEmpty();
    }

    boolean headings(List<String> first) {
        return Headings.are(first, known);
    }

    /** The tables that a file with these names and this first record may belong to. */
    List<SourceMatch> of(List<String> fileNames, List<String> first) {
        boolean headings = headings(first);
        Map<TableName, Boolean> named = names.of(fileNames);
        List<SourceMatch> found = new ArrayList<>();
        named.forEach((table, whole) -> named(table, whole, first, headings).ifPresent(found::add));
        if (headings && found.stream().noneMatch(m -> m.by() == By.HEADINGS)) {
            columns.keySet().stream()
                    .filter(table -> !named.containsKey(table))
                    .map(table -> byHeadings(table, first, false))
                    .filter(this::telling)
                    .forEach(found::add);
        }
        return found;
    }

    /** A name that is about something else as well needs more to be believed. */
    private Optional<SourceMatch> named(TableName table, boolean whole, List<String> first, boolean headings) {
        List<TableColumn> all = columns.getOrDefault(table, List.of());
        if (!all.isEmpty() && headings) {
            int fewest = whole ? 1 : (first.size() + 1) / 2;
            return Optional.of(byHeadings(table, first, true)).filter(m -> m.filled() >= fewest);
        }
        List<Optional<String>> insertable = all.stream()
                .filter(TableColumn::insertable)
                .map(c -> Optional.of(c.name()))
                .toList();
        SourceMatch match = !all.isEmpty() && insertable.size() == first.size()
                ? new SourceMatch(table, true, By.POSITION, insertable, List.of())
                : unassigned(table, first);
        return Optional.of(match).filter(m -> whole);
    }

    private static SourceMatch unassigned(TableName table, List<String> first) {
        List<Optional<String>> none =
                first.stream().map(f -> Optional.<String>empty()).toList();
        return new SourceMatch(table, true, By.NOTHING, none, List.of());
    }

    private SourceMatch byHeadings(TableName table, List<String> first, boolean named) {
        Map<String, String> open = new HashMap<>();
        List<TableColumn> all = columns.getOrDefault(table, List.of());
        all.stream().filter(TableColumn::insertable).forEach(c -> open.putIfAbsent(Words.squashed(c.name()), c.name()));
        List<Optional<String>> filled = new ArrayList<>();
        for (String heading : first) {
            filled.add(Optional.ofNullable(open.remove(Words.squashed(heading))));
        }
        List<String> missing =
                all.stream().map(TableColumn::name).filter(open::containsValue).toList();
        return new SourceMatch(table, named, By.HEADINGS, filled, missing);
    }

    /** Whether columns alone tell the table. */
    private boolean telling(SourceMatch match) {
        long own = match.columns().stream()
                .flatMap(Optional::stream)
                .filter(c -> !ANYBODYS.contains(Words.squashed(c)))
                .count();
        long needed = columns.getOrDefault(match.table(), List.of()).stream()
                .filter(c -> c.filling() == Filling.NOTHING)
                .count();
        return own >= FEWEST_COLUMNS
                && match.filled() >= match.columns().size() * SHARE
                && match.filled() >= needed * SHARE;
    }
}
