package io.github.rowsleuth.hypothesis;

import io.github.rowsleuth.incident.TableName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The smallest act that explains a set of tables.
 *
 * @param fate what it did to their rows
 * @param roots the tables its statement must have named
 * @param cascade whether it reached others through foreign keys, or through their schema
 * @param explains every table it explains, by name
 * @param alternatives for each root, other tables that would have done as well, because they reference each other
 * @param schema the schema whose drop explains all of them in one statement; the same can have been done table by table
 */
public record Act(
        Fate fate,
        List<TableName> roots,
        boolean cascade,
        List<TableName> explains,
        List<TableName> alternatives,
        Optional<String> schema) {

    /** Copies the lists. */
    public Act {
        roots = List.copyOf(roots);
        explains = List.copyOf(explains);
        alternatives = List.copyOf(alternatives);
    }

    /** {@return the act as the statement it would have been, or as the statements, where each can name one table only} */
    public String statement() {
        return switch (fate) {
            case TRUNCATED -> "TRUNCATE " + roots(", ") + (cascade ? " CASCADE" : "");
            case DROPPED ->
                schema.map(s -> "DROP SCHEMA " + new TableName(Optional.empty(), s) + " CASCADE")
                        .orElseGet(() -> "DROP TABLE " + roots(", "));
            case RECREATED ->
                schema.map(s -> "DROP and CREATE of every table in " + new TableName(Optional.empty(), s))
                        .orElseGet(() -> "DROP and CREATE TABLE " + roots(", "));
            default -> "DELETE FROM " + roots("; DELETE FROM ");
        };
    }

    private String roots(String separator) {
        return roots.stream().map(TableName::toString).collect(Collectors.joining(separator));
    }

    /** {@return the verb of the statement} */
    public String verb() {
        return switch (fate) {
            case TRUNCATED -> "TRUNCATE";
            case DROPPED -> schema.isPresent() ? "DROP SCHEMA" : "DROP TABLE";
            case RECREATED -> "DROP and CREATE";
            default -> "DELETE";
        };
    }
}
