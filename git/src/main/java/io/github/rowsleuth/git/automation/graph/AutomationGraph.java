package io.github.rowsleuth.git.automation.graph;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Who runs what. It grows while the repository is read, and is only looked at afterwards. */
public final class AutomationGraph {

    private static final int MAX_EDGES = 200_000;
    private static final int MAX_GAPS = 5_000;

    private final Map<Node, Set<Edge>> out = new LinkedHashMap<>();
    private final Map<Node, Set<Edge>> in = new LinkedHashMap<>();
    private final Map<Node, List<Start>> starts = new LinkedHashMap<>();
    private final Map<String, Set<Node>> byPath = new LinkedHashMap<>();
    private final TreeSet<Gap> gaps = new TreeSet<>();
    private final Set<Act> acts = new LinkedHashSet<>();
    private int edges;

    /** Makes a node known that nothing runs yet. */
    public void add(Node node) {
        byPath.computeIfAbsent(node.path(), p -> new LinkedHashSet<>()).add(node);
    }

    public boolean knows(Node node) {
        return byPath.getOrDefault(node.path(), Set.of()).contains(node);
    }

    public void add(Edge edge) {
        if (edges >= MAX_EDGES) {
            add(new Gap(Gap.Kind.CUT, "more than " + MAX_EDGES + " places that run others", edge.file(), 0));
            return;
        }
        add(edge.from());
        add(edge.to());
        if (out.computeIfAbsent(edge.from(), n -> new LinkedHashSet<>()).add(edge)) {
            in.computeIfAbsent(edge.to(), n -> new LinkedHashSet<>()).add(edge);
            edges++;
        }
    }

    public void add(Start start) {
        add(start.node());
        List<Start> all = starts.computeIfAbsent(start.node(), n -> new ArrayList<>(1));
        if (!all.contains(start)) {
            all.add(start);
        }
    }

    public void add(Gap gap) {
        if (gaps.size() < MAX_GAPS) {
            gaps.add(gap);
        }
    }

    public void add(Act act) {
        acts.add(act);
    }

    public Collection<Edge> out(Node node) {
        return out.getOrDefault(node, Set.of());
    }

    public Collection<Edge> in(Node node) {
        return in.getOrDefault(node, Set.of());
    }

    public List<Start> starts(Node node) {
        return starts.getOrDefault(node, List.of());
    }

    public Collection<Start> starts() {
        return starts.values().stream().flatMap(List::stream).toList();
    }

    /** The nodes of a file. */
    public Collection<Node> nodes(String path) {
        return byPath.getOrDefault(path, Set.of());
    }

    public Collection<Node> nodes() {
        return byPath.values().stream().flatMap(Set::stream).toList();
    }

    public Collection<Gap> gaps() {
        return gaps;
    }

    public Collection<Act> acts() {
        return acts;
    }

    public int size() {
        return edges;
    }
}
