package io.github.rowsleuth.git.automation.surface;

import io.github.rowsleuth.git.automation.config.ConfigNode;
import io.github.rowsleuth.git.automation.config.ConfigNode.Entry;
import io.github.rowsleuth.git.automation.follow.RunContext;
import io.github.rowsleuth.git.automation.graph.Gap;
import io.github.rowsleuth.git.automation.graph.Node;
import io.github.rowsleuth.git.automation.tree.Paths;
import io.github.rowsleuth.probe.AutomationLink.How;
import io.github.rowsleuth.probe.AutomationTrigger.Kind;
import io.github.rowsleuth.probe.RunCondition;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** Pipelines of Azure: stages, jobs, steps, templates and schedules. */
final class AzurePipelines {

    private static final List<String> SCRIPTS = List.of("script", "bash", "pwsh", "powershell");
    private static final int MAX_DEPTH = 12;

    private final SurfaceFile file;

    private AzurePipelines(SurfaceFile file) {
        this.file = file;
    }

    static boolean is(String path, String name) {
        return (name.startsWith("azure-pipeline")
                        || path.contains(".azure-pipelines/")
                        || path.contains(".azuredevops/"))
                && Workflows.isYaml(path);
    }

    static void read(SurfaceFile file) {
        new AzurePipelines(file).pipeline(file.firstYaml());
    }

    private void pipeline(ConfigNode root) {
        Node node = file.part("pipeline");
        RunContext context = file.atRoot();
        boolean template = !root.has("trigger")
                && !root.has("pr")
                && !root.has("schedules")
                && !root.has("pool")
                && !file.name().startsWith("azure-pipeline");
        if (!template) {
            triggers(root, node, context);
        }
        level(node, root, context, 0);
        file.explorer().visit(node);
    }

    private void triggers(ConfigNode root, Node node, RunContext context) {
        for (ConfigNode schedule : root.at("schedules").items()) {
            ConfigNode cron = schedule.at("cron");
            RunContext filtered = branches(schedule.at("branches"), context);
            file.schedule(node, cron.text(), Optional.of(ZoneId.of("UTC")), cron.line(), filtered, "Azure pipeline");
        }
        ConfigNode trigger = root.at("trigger");
        boolean none = trigger.text().equals("none");
        if (!none) {
            file.start(
                    node,
                    Kind.REPOSITORY_EVENT,
                    "push",
                    Math.max(1, trigger.line()),
                    trigger.isList()
                            ? branch(String.join(", ", trigger.texts()), trigger.line(), context)
                            : branches(trigger.at("branches"), context),
                    "Azure pipeline");
        }
        if (root.has("pr") && !root.at("pr").text().equals("none")) {
            file.start(
                    node, Kind.REPOSITORY_EVENT, "pull request", root.at("pr").line(), context, "Azure pipeline");
        }
        if (none && !root.has("schedules")) {
            file.start(
                    node,
                    Kind.DISPATCH,
                    "started by hand",
                    trigger.line(),
                    context.when(RunCondition.Kind.MANUAL, "started by a person", trigger.line()),
                    "Azure pipeline");
        }
    }

    private static RunContext branch(String said, int line, RunContext context) {
        return context.when(RunCondition.Kind.BRANCH, "branches " + said, line);
    }

    private static RunContext branches(ConfigNode branches, RunContext context) {
        ConfigNode include = branches.at("include");
        return include.exists() ? branch(String.join(", ", include.texts()), include.line(), context) : context;
    }

    /** Stages, jobs or steps, whatever stands there. */
    private void level(Node node, ConfigNode value, RunContext outer, int depth) {
        if (depth > MAX_DEPTH) {
            return;
        }
        RunContext context = conditions(value, outer);
        for (String key : List.of("stages", "jobs", "steps")) {
            for (ConfigNode item : value.at(key).items()) {
                item(node, item, context, depth + 1);
            }
        }
        for (String key : List.of(
                "runOnce",
                "rolling",
                "canary",
                "strategy",
                "deploy",
                "preDeploy",
                "postRouteTraffic",
                "routeTraffic",
                "on")) {
            if (value.at(key).isMapping()) {
                level(node, value.at(key), context, depth + 1);
            }
        }
        if (value.has("extends")) {
            template(node, value.at("extends", "template"), context);
        }
    }

    private void item(Node node, ConfigNode item, RunContext outer, int depth) {
        RunContext context = conditions(item, outer);
        if (item.has("template")) {
            template(node, item.at("template"), context);
        }
        String directory = item.at("workingDirectory")
                .text()
                .replace("$(System.DefaultWorkingDirectory)", "@repo")
                .replace("$(Build.SourcesDirectory)", "@repo");
        RunContext there = directory.isEmpty() ? context : context.in(directory);
        for (String key : SCRIPTS) {
            ConfigNode script = item.at(key);
            if (script.isText()) {
                file.explorer().shell(node, plain(script.text()), script.textLine(), there);
            }
        }
        if (item.has("task")) {
            task(node, item, context);
        }
        for (Entry entry : item.entries()) {
            if (entry.key().startsWith("${{")) {
                RunContext inserted = context.when(RunCondition.Kind.EXPRESSION, entry.key(), entry.line());
                entry.value().items().forEach(i -> item(node, i, inserted, depth + 1));
            }
        }
        level(node, item, outer, depth + 1);
    }

    private static String plain(String text) {
        return text.replace("$(System.DefaultWorkingDirectory)", "@repo").replace("$(Build.SourcesDirectory)", "@repo");
    }

    private void task(Node node, ConfigNode item, RunContext context) {
        ConfigNode inputs = item.at("inputs");
        String directory =
                inputs.any("workingDirectory", "workingFolder", "cwd").text();
        RunContext there = directory.isEmpty() ? context : context.in(plain(directory));
        for (String key : List.of("script", "inlineScript", "arguments")) {
            ConfigNode value = inputs.at(key);
            if (value.isText() && !key.equals("arguments")) {
                file.explorer().shell(node, plain(value.text()), value.textLine(), there);
            }
        }
        ConfigNode path = inputs.any("filePath", "scriptPath", "scriptSource");
        if (path.isText()) {
            file.explorer().file(node, plain(path.text()), path.line(), there);
        }
    }

    private static RunContext conditions(ConfigNode value, RunContext context) {
        ConfigNode condition = value.at("condition");
        RunContext placed = context;
        if (condition.isText()) {
            Optional<String> never = SurfaceFile.never(condition, "condition");
            placed = never.isPresent()
                    ? placed.unless(never)
                    : condition.text().equals("always()") || condition.text().equals("succeeded()")
                            ? placed
                            : placed.when(RunCondition.Kind.EXPRESSION, condition.text(), condition.line());
        }
        if (value.at("enabled").isFalse()) {
            placed = placed.unless(Optional.of("enabled: false"));
        }
        ConfigNode environment = value.at("environment");
        if (environment.exists() && value.has("deployment")) {
            String name = environment.isText()
                    ? environment.text()
                    : environment.at("name").text();
            placed = placed.when(
                    RunCondition.Kind.PROFILE, "environment " + name + ", as its checks allow", environment.line());
        }
        return placed;
    }

    private void template(Node node, ConfigNode template, RunContext context) {
        String path = template.text();
        if (path.contains("@")) {
            file.gap(Gap.Kind.FOREIGN_REPOSITORY, "template " + path, template.line());
            return;
        }
        String whole = path.startsWith("/") ? Paths.join("", path.substring(1)) : Paths.join(file.folder(), path);
        Node other = Node.part(whole, "pipeline");
        file.explorer().later(() -> {
            if (!file.explorer().graph().knows(other)) {
                file.explorer().tree().text(whole).ifPresent(t -> read(new SurfaceFile(whole, t, file.explorer())));
            }
            file.explorer().edge(node, other, template.line(), How.RUNS, context);
        });
    }
}
