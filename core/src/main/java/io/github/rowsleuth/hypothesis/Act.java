package io.github.rowsleuth.hypothesis;

import io.github.rowsleuth.incident.TableName;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The smallest act that explains a set of tables.
 *
 * @param fate what it did to their rows
 * @param roots the tables its statement must have named
 * @param cascade whether it reached others through foreign keys
 * @param explains every table it explains, by name
 * @param alternatives for each root, other tables that would have done as well, because they reference each other
 */
public record Act(
        Fate fate, List<TableName> roots, boolean cascade, List<TableName> explains, List<TableName> alternatives) {

    /** Copies the lists. */
    public Act {
        roots = List.copyOf(roots);
        explains = List.copyOf(explains);
        alternatives = List.copyOf(alternatives);
    }

    /** {@return the act as the statement it would have been} */
    public String statement() {
        String names = roots.stream().map(TableName::toString).collect(Collectors.joining(", "));
        return fate == Fate.TRUNCATED ? "TRUNCATE " + names + (cascade ? " CASCADE" : "") : "DELETE FROM " + names;
    }
}
