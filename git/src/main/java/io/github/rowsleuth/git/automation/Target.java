package io.github.rowsleuth.git.automation;

import io.github.rowsleuth.git.automation.graph.AutomationGraph;
import io.github.rowsleuth.git.automation.graph.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Something that is asked about.
 *
 * @param name the path, or the command
 * @param lines the lines that matter; none where the whole file does
 * @param parts the parts of a migration that matter; none for what is no migration
 */
public record Target(String name, List<Integer> lines, Set<String> parts) {

    public static final String UPGRADE = "upgrade";
    public static final String DOWNGRADE = "downgrade";

    public Target {
        lines = List.copyOf(lines);
        parts = Set.copyOf(parts);
    }

    public static Target script(String path, List<Integer> lines) {
        return new Target(path, lines, Set.of());
    }

    /** A migration, and which ways of it destroy something. */
    public static Target migration(String path, List<Integer> lines, Set<String> parts) {
        return new Target(path, lines, parts);
    }

    public static Target command(String text) {
        return new Target(text, List.of(), Set.of());
    }

    /** The same file, asked about for two reasons. */
    Target and(Target other) {
        List<Integer> all = new ArrayList<>(lines);
        all.addAll(other.lines);
        Set<String> both = new HashSet<>(parts);
        both.addAll(other.parts);
        return new Target(name, all, both);
    }

    /** The nodes that run what matters of it. */
    Set<Node> nodes(AutomationSurvey survey) {
        AutomationGraph graph = survey.graph();
        Set<Node> nodes = new HashSet<>();
        Set<String> functions = new HashSet<>();
        lines.forEach(l -> functions.add(survey.functionAt(name, l)));
        for (Node node : graph.nodes(name)) {
            if (node.kind() == Node.Kind.FILE && (parts.isEmpty() || name.endsWith(".sql"))) {
                nodes.add(node);
            } else if (node.kind() == Node.Kind.PART && matters(node, functions)) {
                nodes.add(node);
            }
        }
        if (!survey.tree().contains(name)) {
            graph.nodes().stream()
                    .filter(n -> n.kind() == Node.Kind.COMMAND && isCommand(n.name()))
                    .forEach(nodes::add);
        }
        return nodes;
    }

    private boolean matters(Node node, Set<String> functions) {
        if (!parts.isEmpty()) {
            return parts.contains(node.name());
        }
        if (node.name().equals("all") || node.name().startsWith("lines ")) {
            return true;
        }
        if (node.name().equals("import")) {
            return functions.isEmpty() || functions.contains("");
        }
        if (!node.name().startsWith("function ")) {
            return false;
        }
        String function = node.name().substring("function ".length());
        return functions.isEmpty() || functions.stream().anyMatch(f -> f.equals(function));
    }

    /** Whether all words of what is asked stand in the command, in this order. */
    private boolean isCommand(String command) {
        String[] wanted = name.strip().split("\\s+", -1);
        int at = 0;
        for (String word : command.split("\\s+", -1)) {
            if (at < wanted.length && word.equals(wanted[at])) {
                at++;
            }
        }
        return at == wanted.length && !name.isBlank();
    }
}
