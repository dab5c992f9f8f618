package io.github.rowsleuth.postgres;

import io.github.rowsleuth.evidence.Observation;
import io.github.rowsleuth.incident.TableName;
import java.util.List;

/** What records of the write-ahead log say of tables. */
record LogEntry(List<TableName> tables, String summary) implements Observation.Custom {

    LogEntry {
        tables = List.copyOf(tables);
    }
}
