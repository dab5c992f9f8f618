package io.github.rowsleuth.postgres.guard;

import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.sql.DestructiveStatement;
import io.github.rowsleuth.sql.DestructiveStatements;
import io.github.rowsleuth.sql.SqlText;
import io.github.rowsleuth.sql.StatementKind;
import io.github.rowsleuth.sql.WhereShape;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Which rows are to be deleted.
 *
 * @param table the table with its schema
 * @param condition what stands behind WHERE
 * @param binds the values of its question marks
 */
record DeletionRequest(TableName table, String condition, List<Object> binds) {

    DeletionRequest {
        binds = List.copyOf(binds);
        if (table.schema().isEmpty()) {
            throw new IllegalArgumentException(
                    "expected a table with its schema, such as public." + table + ", found " + table);
        }
        List<DestructiveStatement> statements =
                DestructiveStatements.in("DELETE FROM " + table + " WHERE " + condition);
        boolean one = statements.size() == 1
                && statements.get(0).kind() == StatementKind.DELETE
                && statements.get(0).where() == WhereShape.FILTERED;
        if (!one || condition.isBlank() || condition.contains(";")) {
            throw new IllegalArgumentException(
                    "expected one condition that picks rows, found none, one that holds for every"
                            + " row, or more than a condition");
        }
    }

    /** What the plan is about, value by value. */
    String text() {
        return sql()
                + binds.stream()
                        .map(bind -> "\n" + bind.getClass().getName() + " " + bind)
                        .collect(Collectors.joining());
    }

    private String sql() {
        return "DELETE FROM " + table + " WHERE " + condition;
    }

    /** The statement without any value. */
    @Override
    public String toString() {
        return SqlText.redact(sql());
    }
}
