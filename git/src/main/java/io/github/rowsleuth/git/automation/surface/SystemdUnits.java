package io.github.rowsleuth.git.automation.surface;

import io.github.rowsleuth.git.automation.config.ConfigNode;
import io.github.rowsleuth.git.automation.config.ConfigNode.Entry;
import io.github.rowsleuth.git.automation.config.IniReader;
import io.github.rowsleuth.git.automation.follow.RunContext;
import io.github.rowsleuth.git.automation.graph.Node;
import io.github.rowsleuth.git.automation.tree.Paths;
import io.github.rowsleuth.git.automation.tree.TreeFile;
import io.github.rowsleuth.probe.AutomationLink.How;
import io.github.rowsleuth.probe.AutomationTrigger.Kind;
import io.github.rowsleuth.probe.RunCondition;
import java.util.Optional;
import java.util.Set;

/** Services of systemd, and the timers that start them. */
final class SystemdUnits {

    private static final Set<String> COMMANDS = Set.of(
            "ExecStart", "ExecStartPre", "ExecStartPost", "ExecStop", "ExecStopPost", "ExecReload", "ExecCondition");

    private SystemdUnits() {}

    static boolean is(String name) {
        return name.endsWith(".service") || name.endsWith(".timer");
    }

    static void read(SurfaceFile file) {
        ConfigNode root = IniReader.read(file.text());
        if (file.name().endsWith(".timer")) {
            timer(file, root);
        } else {
            service(file, root);
        }
    }

    private static void service(SurfaceFile file, ConfigNode root) {
        Node node = file.part("unit");
        RunContext context = conditions(root, file.context());
        String folder = root.at("Service", "WorkingDirectory").text();
        RunContext there = folder.isEmpty() ? context.in("/") : context.in(folder.replaceFirst("^-", ""));
        for (Entry entry : root.at("Service").entries()) {
            if (COMMANDS.contains(entry.key())) {
                String text = entry.value()
                        .text()
                        .replaceFirst("^[-@:+!]+", "")
                        .replace("\n", " ")
                        .replace("%%", "%");
                file.explorer().shell(node, text, entry.line(), there);
            }
        }
        file.explorer().visit(node);
        if (root.at("Install").entries().isEmpty()) {
            return; // started by a timer or another unit, if at all
        }
        file.start(node, Kind.START, "start of the machine", root.at("Install").line(), context, "unit " + file.name());
    }

    private static RunContext conditions(ConfigNode root, RunContext context) {
        RunContext placed = context;
        for (Entry entry : root.at("Unit").entries()) {
            if (entry.key().startsWith("Condition") || entry.key().startsWith("Assert")) {
                placed = placed.when(
                        RunCondition.Kind.TEST,
                        entry.key() + "=" + entry.value().text(),
                        entry.line());
            }
        }
        return placed;
    }

    private static void timer(SurfaceFile file, ConfigNode root) {
        Node node = file.part("timer");
        RunContext context = file.context();
        if (root.at("Install").entries().isEmpty()) {
            context = context.unless(Optional.of("the timer has no [Install], so nothing enables it"));
        }
        for (Entry entry : root.at("Timer").entries()) {
            switch (entry.key()) {
                case "OnCalendar" ->
                    file.schedule(
                            node,
                            entry.value().text(),
                            Optional.empty(),
                            entry.line(),
                            context,
                            "timer " + file.name());
                case "OnBootSec", "OnStartupSec" ->
                    file.start(node, Kind.START, "start of the machine", entry.line(), context, "timer " + file.name());
                case "OnUnitActiveSec", "OnUnitInactiveSec" ->
                    file.schedule(
                            node,
                            "@every " + entry.value().text(),
                            Optional.empty(),
                            entry.line(),
                            context,
                            "timer " + file.name());
                default -> {}
            }
        }
        ConfigNode named = root.at("Timer", "Unit");
        String unit = named.isText() ? named.text() : file.name().replaceFirst("\\.timer$", ".service");
        RunContext placed = context;
        String wanted = unit.replaceFirst("@[^.]*\\.", "@.");
        file.explorer().later(() -> {
            for (TreeFile service : file.explorer().tree().bySuffix(Paths.join(file.folder(), wanted), file.path())) {
                file.explorer()
                        .edge(
                                node,
                                Node.part(service.path(), "unit"),
                                named.isText() ? named.line() : root.at("Timer").line(),
                                How.RUNS,
                                placed);
            }
        });
    }
}
