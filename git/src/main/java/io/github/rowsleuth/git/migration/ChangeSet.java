package io.github.rowsleuth.git.migration;

import io.github.rowsleuth.evidence.Excerpt;
import io.github.rowsleuth.git.destruction.Examiner;
import io.github.rowsleuth.probe.CodeStatement;
import io.github.rowsleuth.probe.CodeStatement.Reach;
import io.github.rowsleuth.sql.DestructiveStatement;
import io.github.rowsleuth.sql.SqlObject;
import io.github.rowsleuth.sql.StatementKind;
import io.github.rowsleuth.sql.WhereShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A change set of Liquibase, whatever it was written in, while it is being read. */
final class ChangeSet {

    /** Changes that Liquibase can take back by itself, and what taking them back destroys. */
    private static final Map<String, StatementKind> REVERSED = Map.of(
            "createTable", StatementKind.DROP_TABLE,
            "addColumn", StatementKind.DROP_COLUMN);

    private static final Map<String, StatementKind> DESTROYS = Map.of(
            "dropTable", StatementKind.DROP_TABLE,
            "dropColumn", StatementKind.DROP_COLUMN,
            "dropAllForeignKeyConstraints", StatementKind.DROP_CONSTRAINT,
            "delete", StatementKind.DELETE,
            "modifyDataType", StatementKind.ALTER_TYPE);

    final String id;
    final String author;
    final List<Change> changes = new ArrayList<>();
    final List<Change> rollback = new ArrayList<>();
    /** Whether it says how it is taken back, be it by nothing. */
    boolean ownRollback;

    ChangeSet(String id, String author) {
        this.id = id;
        this.author = author;
    }

    /**
     * One change.
     *
     * @param name its name, as in {@code dropTable}
     * @param attributes what it says of itself
     * @param text the SQL in it
     * @param line the line it begins on
     * @param textLine the line its SQL begins on
     */
    record Change(String name, Map<String, String> attributes, String text, int line, int textLine) {}

    List<CodeStatement> up(Function<String, Optional<String>> files) {
        List<CodeStatement> found = new ArrayList<>();
        changes.forEach(c -> found.addAll(statements(c, files)));
        return found;
    }

    List<CodeStatement> down(Function<String, Optional<String>> files) {
        List<CodeStatement> found = new ArrayList<>();
        rollback.forEach(c -> found.addAll(statements(c, files)));
        if (!ownRollback) {
            for (Change change : changes) {
                StatementKind kind = REVERSED.get(change.name);
                if (kind != null) {
                    found.add(statement(kind, change, "takes back " + change.name));
                }
            }
        }
        return found;
    }

    private static List<CodeStatement> statements(Change change, Function<String, Optional<String>> files) {
        if (change.name.equals("sql") || change.name.equals("rollback")) {
            return Examiner.statements(change.text, change.textLine);
        }
        if (change.name.equals("sqlFile")) {
            // The lines are those of the file that is named; the change set only points there.
            return files.apply(change.attributes.getOrDefault("path", ""))
                    .map(sql -> Examiner.statements(sql, 1))
                    .orElse(List.of());
        }
        StatementKind kind = DESTROYS.get(change.name);
        return kind == null || kind == StatementKind.DROP_CONSTRAINT
                ? List.of()
                : List.of(statement(kind, change, change.name));
    }

    private static CodeStatement statement(StatementKind kind, Change change, String words) {
        Map<String, String> a = change.attributes;
        String table = a.getOrDefault("tableName", "?");
        boolean dynamic = table.contains("${") || table.equals("?");
        SqlObject object =
                new SqlObject(Optional.ofNullable(a.get("schemaName")), dynamic ? "{" + table + "}" : table, dynamic);
        boolean cascade = a.getOrDefault("cascadeConstraints", "false").equals("true");
        WhereShape where = kind != StatementKind.DELETE
                ? WhereShape.NOT_APPLICABLE
                : change.text.isBlank() && !a.containsKey("where") ? WhereShape.NONE : WhereShape.FILTERED;
        DestructiveStatement statement =
                new DestructiveStatement(kind, List.of(object), cascade, where, false, 0, change.line);
        Excerpt text = Excerpt.ofHarmless(words + " " + object
                + a.entrySet().stream()
                        .filter(e ->
                                e.getKey().equals("columnName") || e.getKey().equals("newDataType"))
                        .map(e -> " " + e.getValue())
                        .reduce("", String::concat));
        CodeStatement found = new CodeStatement(statement, change.line, Reach.EXECUTED, text);
        String type = a.getOrDefault("newDataType", "").toLowerCase(Locale.ROOT);
        boolean wide = kind == StatementKind.ALTER_TYPE && type.matches("text|clob|bigint|numeric|jsonb?|timestamptz");
        return wide ? Rewrites.harmless(found) : found;
    }
}
