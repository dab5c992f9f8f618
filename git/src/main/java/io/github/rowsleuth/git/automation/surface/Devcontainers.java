package io.github.rowsleuth.git.automation.surface;

import io.github.rowsleuth.git.automation.config.ConfigNode;
import io.github.rowsleuth.git.automation.config.ConfigNode.Entry;
import io.github.rowsleuth.git.automation.graph.Node;
import io.github.rowsleuth.probe.AutomationTrigger.Kind;
import java.util.List;

/** Containers to develop in, which run commands when they are made and started. */
final class Devcontainers {

    private static final List<String> COMMANDS = List.of(
            "initializeCommand",
            "onCreateCommand",
            "updateContentCommand",
            "postCreateCommand",
            "postStartCommand",
            "postAttachCommand");

    private Devcontainers() {}

    static boolean is(String path, String name) {
        return name.equals("devcontainer.json") || path.endsWith(".devcontainer.json") || name.equals(".gitpod.yml");
    }

    static void read(SurfaceFile file) {
        ConfigNode root = file.settings();
        for (String key : COMMANDS) {
            ConfigNode command = root.at(key);
            if (command.exists()) {
                Node node = file.part(key);
                file.start(node, Kind.START, "start of a container to develop in", command.line(), file.atRoot(), key);
                file.commands(node, command, file.atRoot());
                for (Entry named : command.entries()) {
                    file.commands(node, named.value(), file.atRoot());
                }
            }
        }
        for (ConfigNode task : root.at("tasks").items()) {
            for (String key : List.of("before", "init", "command")) {
                ConfigNode command = task.at(key);
                if (command.isText()) {
                    Node node = file.part(key);
                    file.start(
                            node, Kind.START, "start of a container to develop in", command.line(), file.atRoot(), key);
                    file.explorer().shell(node, command.text(), command.textLine(), file.atRoot());
                }
            }
        }
    }
}
