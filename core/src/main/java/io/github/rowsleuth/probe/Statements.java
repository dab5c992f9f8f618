package io.github.rowsleuth.probe;

import java.util.List;
import java.util.Optional;

/**
 * The destructive statements that a source saw.
 *
 * @param seen all of them in time order, failed ones included
 * @param clusters statements close in time and of one origin: bulk deletions
 * @param traces what else in the source bounds the loss in time, such as checkpoints and vacuums
 * @param visibility whether the source could have shown a successful deletion at all
 * @param resumeToken from where a later reading of the same source can go on, in a form that only that source reads; empty
 *     if that was not asked for, or if the source was not read to its end
 */
public record Statements(
        List<ObservedStatement> seen,
        List<DeletionCluster> clusters,
        List<ServerTrace> traces,
        Visibility visibility,
        Optional<String> resumeToken) {

    /** Copies the lists. */
    public Statements {
        seen = List.copyOf(seen);
        clusters = List.copyOf(clusters);
        traces = List.copyOf(traces);
    }

    /**
     * Makes an answer from which no later reading goes on.
     *
     * @param seen all of them in time order, failed ones included
     * @param clusters statements close in time and of one origin: bulk deletions
     * @param traces what else in the source bounds the loss in time, such as checkpoints and vacuums
     * @param visibility whether the source could have shown a successful deletion at all
     */
    public Statements(
            List<ObservedStatement> seen,
            List<DeletionCluster> clusters,
            List<ServerTrace> traces,
            Visibility visibility) {
        this(seen, clusters, traces, visibility, Optional.empty());
    }

    /** {@return the attempts that ended in an error and therefore removed nothing} */
    public List<ObservedStatement> failed() {
        return seen.stream().filter(s -> s.end() == StatementEnd.FAILED).toList();
    }
}
