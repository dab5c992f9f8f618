package io.github.rowsleuth.postgres.guard;

import io.github.rowsleuth.incident.TableName;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A table that loses or changes rows.
 *
 * @param oid its identity
 * @param name its name
 * @param columns its columns, in order
 */
record TableRef(long oid, TableName name, List<String> columns) {

    /** The temporary table that holds the places of its rows. */
    String doomed() {
        return "pg_temp.rowsleuth_doomed_" + oid;
    }

    /** The temporary table into which its backup is restored. */
    String restored() {
        return "pg_temp.rowsleuth_restored_" + oid;
    }

    String columnList() {
        return columns.stream().map(TableRef::quoted).collect(Collectors.joining(", "));
    }

    static String quoted(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }
}
