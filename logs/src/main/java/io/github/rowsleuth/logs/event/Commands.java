package io.github.rowsleuth.logs.event;

import io.github.rowsleuth.sql.StatementKind;
import java.util.Arrays;
import java.util.List;

/** The command tags of PostgreSQL (src/include/tcop/cmdtaglist.h) that can destroy. */
final class Commands {

    private Commands() {}

    /** {@return the kinds of statements that end with that tag} */
    static List<StatementKind> kinds(String tag) {
        return switch (tag) {
            case "DELETE" -> List.of(StatementKind.DELETE);
            case "MERGE" -> List.of(StatementKind.MERGE_DELETE);
            case "TRUNCATE TABLE" -> List.of(StatementKind.TRUNCATE);
            case "UPDATE" -> List.of(StatementKind.UPDATE_NO_WHERE);
            case "INSERT" -> List.of(StatementKind.UPSERT_UPDATE);
            case "DROP MATERIALIZED VIEW" -> List.of(StatementKind.DROP_MATVIEW);
            case "DROP PROCEDURE", "DROP ROUTINE", "DROP AGGREGATE" -> List.of(StatementKind.DROP_FUNCTION);
            case "ALTER TABLE" ->
                List.of(
                        StatementKind.DROP_COLUMN,
                        StatementKind.DROP_CONSTRAINT,
                        StatementKind.DETACH_PARTITION,
                        StatementKind.ALTER_TYPE);
            case "ALTER TYPE" -> List.of(StatementKind.DROP_ATTRIBUTE);
            default -> tag.startsWith("DROP ") ? drop(tag) : List.of();
        };
    }

    private static List<StatementKind> drop(String tag) {
        String name = tag.replace(' ', '_');
        return Arrays.stream(StatementKind.values())
                .filter(kind -> kind.name().equals(name))
                .findFirst()
                .map(List::of)
                .orElse(List.of(StatementKind.DROP_OTHER));
    }

    /** {@return whether the rows that such a statement processed are those that it removed or changed, and no others} */
    static boolean countsRows(StatementKind kind) {
        return kind == StatementKind.DELETE || kind == StatementKind.UPDATE_NO_WHERE;
    }

    /** {@return whether a statement of that kind destroys whatever its text says} */
    static boolean alwaysDestroys(StatementKind kind) {
        return kind == StatementKind.DELETE
                || kind == StatementKind.TRUNCATE
                || (kind.name().startsWith("DROP_")
                        && kind != StatementKind.DROP_COLUMN
                        && kind != StatementKind.DROP_CONSTRAINT
                        && kind != StatementKind.DROP_ATTRIBUTE);
    }
}
