package io.github.rowsleuth.sql;

import io.github.rowsleuth.incident.TableName;
import java.util.List;
import java.util.Optional;

/**
 * One statement that can destroy data, as recognised in a text.
 *
 * @param kind what it does
 * @param objects the objects it names, in the order of the text; for {@link StatementKind#DROP_COLUMN} and its like the
 *     table, not the column
 * @param cascade whether it says {@code CASCADE}
 * @param where which rows it asks for
 * @param deferred whether it stands in a body that runs later: a function, a procedure, a rule, a scheduled job
 * @param offset where the statement begins in the text, in UTF-16 units from 0
 * @param line the line on which it begins, from 1
 */
public record DestructiveStatement(
        StatementKind kind,
        List<SqlObject> objects,
        boolean cascade,
        WhereShape where,
        boolean deferred,
        int offset,
        int line) {

    /** Copies the list. */
    public DestructiveStatement {
        objects = List.copyOf(objects);
    }

    /** {@return the tables that the statement names for certain; empty for kinds that name none} */
    public List<TableName> tables() {
        return switch (kind) {
            case DELETE,
                    MERGE_DELETE,
                    TRUNCATE,
                    UPDATE_NO_WHERE,
                    UPSERT_UPDATE,
                    DROP_TABLE,
                    DROP_FOREIGN_TABLE,
                    DROP_COLUMN,
                    DROP_CONSTRAINT,
                    DETACH_PARTITION,
                    ALTER_TYPE ->
                objects.stream()
                        .map(SqlObject::asTable)
                        .flatMap(Optional::stream)
                        .toList();
            default -> List.of();
        };
    }

    /** {@return what the statement takes; a type, domain or extension takes the columns that depend on it with {@code CASCADE}} */
    public Loss loss() {
        if (kind.dropsTables() || kind == StatementKind.DROP_TABLESPACE) {
            return Loss.TABLES;
        }
        if (kind.removesRows() || kind == StatementKind.DETACH_PARTITION) {
            return Loss.ROWS;
        }
        return switch (kind) {
            case DROP_COLUMN, DROP_ATTRIBUTE -> Loss.COLUMNS;
            case DROP_TYPE, DROP_DOMAIN, DROP_EXTENSION -> cascade ? Loss.COLUMNS : Loss.OBJECTS;
            case UPDATE_NO_WHERE, UPSERT_UPDATE, ALTER_TYPE -> Loss.VALUES;
            default -> Loss.OBJECTS;
        };
    }

    /** {@return whether an object is only known at run time} */
    public boolean dynamic() {
        return objects.stream().anyMatch(SqlObject::dynamic);
    }

    @Override
    public String toString() {
        String names =
                String.join(", ", objects.stream().map(SqlObject::toString).toList());
        return kind.name().replace('_', ' ') + (names.isEmpty() ? "" : " " + names) + (cascade ? " CASCADE" : "");
    }
}
