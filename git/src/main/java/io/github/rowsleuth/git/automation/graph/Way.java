package io.github.rowsleuth.git.automation.graph;

import io.github.rowsleuth.probe.AutomationTrigger;
import java.util.List;

/**
 * A way through the graph.
 *
 * @param starts what sets it off
 * @param edges the places on the way, in the order in which they run
 * @param end what it leads to
 */
public record Way(List<Start> starts, List<Edge> edges, Node end) {

    public Way {
        starts = List.copyOf(starts);
        edges = List.copyOf(edges);
    }

    /** How many places a person would count. */
    int length() {
        return (int) edges.stream().filter(e -> !e.inner()).count();
    }

    /** Whether it is never run to its end. */
    public boolean disabled() {
        return starts.stream().allMatch(s -> s.trigger().disabled().isPresent())
                || edges.stream().anyMatch(e -> e.disabled().isPresent());
    }

    /** Whether only a person who types a command sets it off. */
    public boolean byHand() {
        return starts.stream().allMatch(s -> s.trigger().kind() == AutomationTrigger.Kind.COMMAND);
    }
}
