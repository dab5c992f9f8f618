package io.github.rowsleuth.git.automation.graph;

import io.github.rowsleuth.probe.AutomationLink;
import io.github.rowsleuth.probe.AutomationTrigger;
import io.github.rowsleuth.probe.AutomationTrigger.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds the shortest way to something from everything that could set it off: backwards, breadth first, so that depth and
 * cycles cost nothing. Once over the places that are reached, and once over those that are disabled too.
 */
public final class WaySearch {

    private static final Comparator<Way> SHORTEST = Comparator.comparingInt(Way::length)
            .thenComparing(w -> w.starts().get(0).trigger().kind())
            .thenComparing(w -> w.starts().get(0).trigger().file())
            .thenComparing(w -> w.edges().toString());

    private final AutomationGraph graph;

    public WaySearch(AutomationGraph graph) {
        this.graph = graph;
    }

    /** A node with the place that leads on from it, and how far it is. */
    private record Step(Node node, int distance, int inner) {}

    /**
     * The ways to any of the nodes: those without a person first, then those that a person sets off, then the disabled
     * ones; among these the shortest first.
     */
    public List<Way> to(Collection<Node> ends, int most) {
        List<Way> ways = new ArrayList<>();
        Map<Node, Edge> live = reach(ends, false);
        for (Node root : live.keySet()) {
            way(root, live, ends, false).ifPresent(ways::add);
        }
        Map<Node, Edge> all = reach(ends, true);
        Set<Node> reached = new TreeSet<>();
        ways.forEach(w -> reached.add(w.starts().get(0).node()));
        for (Node root : all.keySet()) {
            if (!reached.contains(root)) {
                way(root, all, ends, true).filter(Way::disabled).ifPresent(ways::add);
            }
        }
        onDemand(live, ends, ways, false);
        if (ways.isEmpty()) {
            onDemand(all, ends, ways, false);
        }
        if (ways.isEmpty()) {
            onDemand(live, ends, ways, true);
        }
        ways.sort(Comparator.comparing(Way::disabled).thenComparing(Way::byHand).thenComparing(SHORTEST));
        return ways.subList(0, Math.min(most, ways.size()));
    }

    /** For each node from which an end is reached, the place by which to go on; an end itself has none. */
    private Map<Node, Edge> reach(Collection<Node> ends, boolean disabledToo) {
        Map<Node, Edge> next = new LinkedHashMap<>();
        Map<Node, Integer> distances = new HashMap<>();
        PriorityQueue<Step> open = new PriorityQueue<>(Comparator.comparingInt(Step::distance)
                .thenComparingInt(Step::inner)
                .thenComparing(Step::node));
        for (Node end : new TreeSet<>(ends)) {
            distances.put(end, 0);
            open.add(new Step(end, 0, 0));
        }
        Set<Node> done = new TreeSet<>();
        while (!open.isEmpty()) {
            Step step = open.poll();
            if (!done.add(step.node)) {
                continue;
            }
            for (Edge edge : new TreeSet<>(graph.in(step.node))) {
                if (edge.disabled().isPresent() && !disabledToo) {
                    continue;
                }
                // A disabled place counts for more than any number of others, a step within a file for next to nothing.
                int cost = edge.disabled().isPresent() ? 10_000 : edge.inner() ? 0 : 100;
                int distance = step.distance + cost + preference(edge.how());
                if (distance < distances.getOrDefault(edge.from(), Integer.MAX_VALUE)) {
                    distances.put(edge.from(), distance);
                    next.put(edge.from(), edge);
                    open.add(new Step(edge.from(), distance, step.inner + (edge.inner() ? 1 : 0)));
                }
            }
        }
        ends.forEach(e -> next.remove(e));
        Map<Node, Edge> found = new LinkedHashMap<>();
        ends.forEach(e -> found.put(e, NONE));
        found.putAll(next);
        return found;
    }

    /** Among ways of one length, a program that is started tells more than code that is loaded. */
    private static int preference(AutomationLink.How how) {
        return switch (how) {
            case RUNS -> 0;
            case IMPORTS -> 1;
            case CALLS -> 2;
            case READS -> 3;
            case INSTRUCTS -> 4;
        };
    }

    private static final Edge NONE =
            new Edge(Node.file(""), Node.file(""), "", 0, AutomationLink.How.RUNS, List.of(), Optional.empty(), true);

    /** The way from a node that something sets off. */
    private Optional<Way> way(Node root, Map<Node, Edge> next, Collection<Node> ends, boolean disabledToo) {
        List<Start> starts = graph.starts(root).stream()
                .filter(s -> disabledToo || s.trigger().disabled().isEmpty())
                .toList();
        return starts.isEmpty() ? Optional.empty() : Optional.of(follow(root, starts, next, ends));
    }

    private static Way follow(Node root, List<Start> starts, Map<Node, Edge> next, Collection<Node> ends) {
        List<Edge> edges = new ArrayList<>();
        Node at = root;
        while (!ends.contains(at)) {
            Edge edge = next.get(at);
            if (edge == null) {
                break;
            }
            edges.add(edge);
            at = edge.to();
        }
        return new Way(starts, edges, at);
    }

    /** Ways that only a person sets off: from what nothing else runs, or from any of a circle that nothing else runs. */
    private void onDemand(Map<Node, Edge> next, Collection<Node> ends, List<Way> ways, boolean circles) {
        for (Node root : next.keySet()) {
            boolean first = !ends.contains(root) && graph.starts(root).isEmpty() && canBeTyped(root);
            if (first && (circles || graph.in(root).stream().allMatch(Edge::inner))) {
                Way way = follow(root, List.of(typed(root)), next, ends);
                if (way.length() > 0) {
                    ways.add(way);
                }
            }
        }
    }

    private static boolean canBeTyped(Node node) {
        return node.kind() == Node.Kind.FILE || Typed.of(node).isPresent();
    }

    private Start typed(Node node) {
        String detail = Typed.of(node).orElse(node.path() + " is run");
        int line = graph.out(node).stream().mapToInt(Edge::line).min().orElse(1);
        AutomationTrigger trigger = new AutomationTrigger(
                Kind.COMMAND, detail, node.path(), line, Optional.empty(), List.of(), Optional.empty());
        return new Start(node, trigger, detail);
    }
}
