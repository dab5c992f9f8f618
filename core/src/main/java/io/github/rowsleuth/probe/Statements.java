package io.github.rowsleuth.probe;

import java.util.List;

/**
 * The destructive statements that a source saw.
 *
 * @param seen all of them in time order, failed ones included
 * @param clusters statements close in time and of one origin: bulk deletions
 * @param traces what else in the source bounds the loss in time, such as checkpoints and vacuums
 * @param visibility whether the source could have shown a successful deletion at all
 */
public record Statements(
        List<ObservedStatement> seen, List<DeletionCluster> clusters, List<ServerTrace> traces, Visibility visibility) {

    /** Copies the lists. */
    public Statements {
        seen = List.copyOf(seen);
        clusters = List.copyOf(clusters);
        traces = List.copyOf(traces);
    }

    /** {@return the attempts that ended in an error and therefore removed nothing} */
    public List<ObservedStatement> failed() {
        return seen.stream().filter(s -> s.end() == StatementEnd.FAILED).toList();
    }
}
