package io.github.rowsleuth.git.automation.graph;

import java.util.Map;
import java.util.Optional;

/** What a person types to run a part of a file. */
final class Typed {

    private static final Map<String, String> COMMANDS = Map.of(
            "target ", "make ",
            "recipe ", "just ",
            "script ", "npm run ",
            "process ", "foreman start ",
            "task ", "task ",
            "playbook", "ansible-playbook");

    private Typed() {}

    static Optional<String> of(Node node) {
        if (node.kind() != Node.Kind.PART || node.name().endsWith("(first)")) {
            return Optional.empty();
        }
        return COMMANDS.entrySet().stream()
                .filter(e -> node.name().startsWith(e.getKey()))
                .map(e -> e.getValue() + node.name().substring(e.getKey().length()))
                .findFirst();
    }
}
