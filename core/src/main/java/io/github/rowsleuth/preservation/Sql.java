package io.github.rowsleuth.preservation;

import io.github.rowsleuth.incident.TableName;
import java.util.List;
import java.util.stream.Collectors;

/** Names and values as they stand in SQL, quoted always: a catalog can hold any name. */
final class Sql {

    private static final int MOST = 6;

    private Sql() {}

    static String literal(String value) {
        String quoted = "'" + value.replace("'", "''").replace("\\", "\\\\") + "'";
        return value.indexOf('\\') < 0 ? quoted : "E" + quoted;
    }

    /** Names for a sentence, the first of many. */
    static String list(List<TableName> tables) {
        int more = tables.size() - MOST;
        return tables.stream().limit(MOST).map(TableName::toString).collect(Collectors.joining(", "))
                + (more > 0 ? " and " + more + " more" : "");
    }
}
