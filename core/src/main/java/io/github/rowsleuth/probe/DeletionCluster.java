package io.github.rowsleuth.probe;

import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.incident.TableName;
import java.util.List;

/**
 * Statements of one session or user that follow each other closely: one bulk deletion.
 *
 * @param span from the first to the last
 * @param tables the tables that they name, by name
 * @param statements the statements, in time order
 */
public record DeletionCluster(Moment span, List<TableName> tables, List<ObservedStatement> statements) {

    /** Copies the lists. */
    public DeletionCluster {
        tables = List.copyOf(tables);
        statements = List.copyOf(statements);
    }
}
