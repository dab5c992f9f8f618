package io.github.rowsleuth.probe;

import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.incident.TableName;
import java.util.List;
import java.util.Optional;

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

    /** {@return how many rows they removed together; empty unless the source has the rows of every statement} */
    public Optional<Long> rows() {
        boolean known = statements.stream().allMatch(s -> s.rows().isPresent());
        return known && !statements.isEmpty()
                ? Optional.of(
                        statements.stream().mapToLong(s -> s.rows().orElse(0L)).sum())
                : Optional.empty();
    }

    /** {@return the users that sent them, as far as the source names them} */
    public List<String> users() {
        return statements.stream()
                .flatMap(s -> s.user().stream())
                .distinct()
                .sorted()
                .toList();
    }

    /** {@return the processes that ran them, as far as the source names them} */
    public List<Long> processes() {
        return statements.stream()
                .flatMap(s -> s.pid().stream())
                .distinct()
                .sorted()
                .toList();
    }

    /** {@return the transactions that they were part of, as far as the source names them} */
    public List<Long> transactions() {
        return statements.stream()
                .flatMap(s -> s.transaction().stream())
                .distinct()
                .sorted()
                .toList();
    }
}
