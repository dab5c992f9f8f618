package io.github.rowsleuth.hypothesis;

import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.probe.CodeStatement;
import io.github.rowsleuth.sql.DestructiveStatement;
import io.github.rowsleuth.sql.SqlObject;
import io.github.rowsleuth.sql.StatementKind;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Derives the footprint of statements: the tables they name, in the database at hand, and what foreign keys add. */
final class Footprints {

    private final List<TableName> known;
    private final Closures closures;

    Footprints(List<TableName> known, Closures closures) {
        this.known = known;
        this.closures = closures;
    }

    Footprint ofCode(List<CodeStatement> statements) {
        return of(statements.stream().map(CodeStatement::statement).toList());
    }

    Footprint of(List<DestructiveStatement> statements) {
        Map<TableName, Footprint.Mark> marks = new TreeMap<>();
        Set<Fate> unnamed = EnumSet.noneOf(Fate.class);
        for (DestructiveStatement statement : statements) {
            if (removesRows(statement.kind())) {
                add(marks, statement);
                if (statement.dynamic()) {
                    unnamed.add(fate(statement.kind()));
                }
            }
        }
        return new Footprint(List.copyOf(marks.values()), unnamed);
    }

    private static Fate fate(StatementKind kind) {
        return switch (kind) {
            case TRUNCATE -> Fate.TRUNCATED;
            case DELETE, MERGE_DELETE -> Fate.DELETED;
            default -> Fate.DROPPED;
        };
    }

    /** What drops every table of the schemas in which tables were hit leaves no table in them with its old rows. */
    Footprint ofSchemas(Collection<TableName> hit) {
        Set<Optional<String>> schemas =
                hit.stream().map(TableName::schema).collect(Collectors.toCollection(HashSet::new));
        return new Footprint(
                known.stream()
                        .filter(t -> schemas.contains(t.schema()))
                        .map(t -> new Footprint.Mark(t, Fate.DROPPED, true))
                        .toList(),
                Set.of());
    }

    private static boolean removesRows(StatementKind kind) {
        return kind.removesRows() || kind.dropsTables();
    }

    private void add(Map<TableName, Footprint.Mark> marks, DestructiveStatement statement) {
        List<TableName> roots = roots(statement);
        boolean everyRow = statement.where().asksForAllRows();
        switch (statement.kind()) {
            case TRUNCATE ->
                mark(
                        marks,
                        statement.cascade() ? closures.truncate(roots) : closures.partitions(roots),
                        Fate.TRUNCATED,
                        true);
            case DELETE, MERGE_DELETE -> {
                mark(marks, closures.delete(roots), Fate.CASCADED, false);
                mark(marks, closures.partitions(roots), Fate.DELETED, everyRow);
            }
            default -> mark(marks, closures.partitions(roots), Fate.DROPPED, true);
        }
    }

    private static void mark(
            Map<TableName, Footprint.Mark> marks, Collection<TableName> tables, Fate fate, boolean everyRow) {
        for (TableName table : tables) {
            marks.merge(table, new Footprint.Mark(table, fate, everyRow), Footprints::graver);
        }
    }

    private static Footprint.Mark graver(Footprint.Mark a, Footprint.Mark b) {
        return rank(b) > rank(a) ? b : a;
    }

    private static int rank(Footprint.Mark mark) {
        return switch (mark.fate()) {
            case DROPPED -> 4;
            case TRUNCATED -> 3;
            case DELETED -> mark.everyRow() ? 2 : 1;
            default -> 0;
        };
    }

    private List<TableName> roots(DestructiveStatement statement) {
        return switch (statement.kind()) {
            case DROP_SCHEMA -> inSchemas(statement.objects());
            case DROP_DATABASE, DROP_OWNED -> known;
            default ->
                statement.tables().stream().flatMap(t -> resolved(t).stream()).toList();
        };
    }

    private List<TableName> inSchemas(List<SqlObject> schemas) {
        return known.stream()
                .filter(t -> schemas.stream()
                        .anyMatch(s -> t.schema().filter(s.name()::equals).isPresent()))
                .toList();
    }

    /** A name without schema may mean any table of that name; one that the database lacks stays as it is. */
    private List<TableName> resolved(TableName name) {
        List<TableName> matches = known.stream().filter(name::matches).toList();
        return matches.isEmpty() ? List.of(name) : matches;
    }
}
