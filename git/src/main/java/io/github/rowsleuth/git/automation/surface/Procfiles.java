package io.github.rowsleuth.git.automation.surface;

import io.github.rowsleuth.git.automation.config.ConfigNode;
import io.github.rowsleuth.git.automation.config.ConfigNode.Entry;
import io.github.rowsleuth.git.automation.follow.RunContext;
import io.github.rowsleuth.git.automation.graph.Node;
import io.github.rowsleuth.probe.AutomationTrigger.Kind;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Processes of a Procfile, and what {@code app.json} adds to them. */
final class Procfiles {

    private static final Pattern PROCESS = Pattern.compile("^(#\\s*)?([A-Za-z][\\w-]{0,60}):\\s+(\\S.*)$");

    private Procfiles() {}

    static boolean is(String name) {
        return name.equals("procfile") || name.startsWith("procfile.");
    }

    static boolean isApp(String name) {
        return name.equals("app.json") || name.equals("cron.json");
    }

    static void read(SurfaceFile file) {
        String[] lines = file.text().split("\n", 5_000);
        Set<String> stopped = stopped(file);
        for (int i = 0; i < lines.length; i++) {
            Matcher process = PROCESS.matcher(lines[i].strip());
            if (lines[i].length() > 4_000 || !process.matches()) {
                continue;
            }
            String name = process.group(2);
            RunContext context = file.context();
            if (process.group(1) != null) {
                context = context.unless(Optional.of("commented out"));
            } else if (stopped.contains(name)) {
                context = context.unless(Optional.of("quantity: 0 in app.json"));
            }
            Node node = file.part("process " + name);
            boolean release = name.equals("release");
            file.start(
                    node,
                    release ? Kind.DEPLOY : Kind.START,
                    release ? "release" : "process " + name,
                    i + 1,
                    context,
                    "process " + name);
            file.explorer().shell(node, process.group(3), i + 1, context);
        }
    }

    private static Set<String> stopped(SurfaceFile file) {
        Set<String> names = new HashSet<>();
        file.explorer()
                .tree()
                .text(io.github.rowsleuth.git.automation.tree.Paths.join(file.folder(), "app.json"))
                .ifPresent(t -> {
                    SurfaceFile app = new SurfaceFile("app.json", t, file.explorer());
                    for (Entry process : app.settings().at("formation").entries()) {
                        if (process.value().at("quantity").isZero()) {
                            names.add(process.key());
                        }
                    }
                });
        return names;
    }

    static void readApp(SurfaceFile file) {
        ConfigNode root = file.settings();
        for (Entry script : root.at("scripts").entries()) {
            ConfigNode command =
                    script.value().isText() ? script.value() : script.value().at("command");
            Node node = file.part("script " + script.key());
            String detail = switch (script.key()) {
                case "postdeploy" -> "after the first deploy of an app";
                case "pr-predestroy" -> "before a review app is destroyed";
                default -> "script " + script.key() + " of app.json";
            };
            if (command.isText() && !script.key().startsWith("test")) {
                file.start(node, Kind.DEPLOY, detail, script.line(), file.context(), "app.json");
            }
            file.explorer().shell(node, command.text(), command.line(), file.context());
        }
        ConfigNode jobs = root.has("cron") ? root.at("cron") : root.at("jobs");
        for (ConfigNode job : jobs.items()) {
            cron(file, job);
        }
    }

    private static void cron(SurfaceFile file, ConfigNode job) {
        ConfigNode command = job.at("command");
        String text = command.text();
        String schedule = job.at("schedule").text();
        if (schedule.isEmpty() && text.split("\\s+", 6).length == 6) {
            String[] words = text.split("\\s+", 6); // Scalingo writes the times before the command
            schedule = String.join(" ", words[0], words[1], words[2], words[3], words[4]);
            text = words[5];
        }
        Node node = file.part("job at line " + job.line());
        file.schedule(node, schedule, Optional.of(ZoneId.of("UTC")), command.line(), file.context(), "app.json");
        file.explorer().shell(node, text, command.line(), file.context());
    }
}
