package io.github.rowsleuth.git.automation.graph;

import io.github.rowsleuth.probe.AutomationLink.How;
import io.github.rowsleuth.probe.RunCondition;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A place that runs something.
 *
 * @param file the file in which the place lies
 * @param line the line, from 1
 * @param disabled why it is never reached, where that is so
 * @param inner whether it is a step within one file or tool that a chain need not name
 */
public record Edge(
        Node from,
        Node to,
        String file,
        int line,
        How how,
        List<RunCondition> conditions,
        Optional<String> disabled,
        boolean inner)
        implements Comparable<Edge> {

    private static final Comparator<Edge> ORDER = Comparator.comparing(Edge::how)
            .thenComparing(e -> e.conditions().stream().anyMatch(c -> c.kind() == RunCondition.Kind.UNCERTAIN))
            .thenComparing(Edge::file)
            .thenComparingInt(Edge::line)
            .thenComparing(Edge::from)
            .thenComparing(Edge::to);

    public Edge {
        conditions = List.copyOf(conditions);
    }

    @Override
    public int compareTo(Edge other) {
        return ORDER.compare(this, other);
    }
}
