package io.github.rowsleuth.git.automation.surface;

import io.github.rowsleuth.git.automation.config.ConfigNode;
import io.github.rowsleuth.git.automation.config.ConfigNode.Entry;
import io.github.rowsleuth.git.automation.follow.RunContext;
import io.github.rowsleuth.git.automation.graph.Gap;
import io.github.rowsleuth.git.automation.graph.Node;
import io.github.rowsleuth.probe.AutomationTrigger.Kind;
import io.github.rowsleuth.probe.RunCondition;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Pipelines of CircleCI: workflows, their jobs, commands that several of these use. */
final class CirclePipelines {

    private static final int MAX_DEPTH = 8;

    private final SurfaceFile file;
    private final ConfigNode root;
    private final Set<String> used = new HashSet<>();

    private CirclePipelines(SurfaceFile file, ConfigNode root) {
        this.file = file;
        this.root = root;
    }

    static boolean is(String path) {
        return path.contains(".circleci/") && Workflows.isYaml(path);
    }

    static void read(SurfaceFile file) {
        ConfigNode root = file.firstYaml();
        CirclePipelines pipeline = new CirclePipelines(file, root);
        for (Entry workflow : root.at("workflows").entries()) {
            pipeline.workflow(workflow);
        }
        for (Entry job : root.at("jobs").entries()) {
            boolean only = !root.has("workflows") && job.key().equals("build");
            pipeline.job(job, only);
        }
    }

    private void workflow(Entry workflow) {
        RunContext context = file.atRoot();
        ConfigNode when = workflow.value().at("when");
        if (when.isText()) {
            Optional<String> never = SurfaceFile.never(when, "when");
            context = never.isPresent()
                    ? context.unless(never)
                    : context.when(RunCondition.Kind.EXPRESSION, when.text(), when.line());
        }
        for (ConfigNode item : workflow.value().at("jobs").items()) {
            if (item.isText()) {
                starts(item.text(), workflow, ConfigNode.MISSING, item.line(), context);
            }
            for (Entry named : item.entries()) {
                starts(named.key(), workflow, named.value(), named.line(), context);
            }
        }
    }

    private void starts(String job, Entry workflow, ConfigNode settings, int line, RunContext outer) {
        if (settings.at("type").text().equals("approval")) {
            return;
        }
        used.add(job);
        RunContext context = filtered(settings.at("filters"), outer);
        Node node = file.part("job " + job);
        ConfigNode triggers = workflow.value().at("triggers");
        boolean scheduled = false;
        for (ConfigNode trigger : triggers.items()) {
            ConfigNode schedule = trigger.at("schedule");
            if (schedule.exists()) {
                scheduled = true;
                file.schedule(
                        node,
                        schedule.at("cron").text(),
                        Optional.of(ZoneId.of("UTC")),
                        schedule.at("cron").line(),
                        filtered(schedule.at("filters"), context),
                        "workflow " + workflow.key());
            }
        }
        if (!scheduled) {
            RunContext approved = needsApproval(workflow.value(), settings)
                    ? context.when(RunCondition.Kind.MANUAL, "approved by a person", line)
                    : context;
            file.start(node, Kind.REPOSITORY_EVENT, "push", line, approved, "workflow " + workflow.key());
        }
        if (job.contains("/")) {
            file.gap(Gap.Kind.FOREIGN_REPOSITORY, "orb " + job, line);
        }
    }

    private static boolean needsApproval(ConfigNode workflow, ConfigNode settings) {
        List<String> needed = settings.at("requires").texts();
        return workflow.at("jobs").items().stream()
                .flatMap(i -> i.entries().stream())
                .anyMatch(e ->
                        needed.contains(e.key()) && e.value().at("type").text().equals("approval"));
    }

    private static RunContext filtered(ConfigNode filters, RunContext context) {
        RunContext placed = context;
        for (String kind : List.of("branches", "tags")) {
            for (String verb : List.of("only", "ignore")) {
                ConfigNode value = filters.at(kind, verb);
                if (value.exists()) {
                    placed = placed.when(
                            RunCondition.Kind.BRANCH,
                            kind + " " + verb + " " + String.join(", ", value.texts()),
                            value.line());
                }
            }
        }
        return placed;
    }

    private void job(Entry job, boolean only) {
        Node node = file.part("job " + job.key());
        RunContext context = file.atRoot();
        if (!used.contains(job.key()) && !only) {
            context = context.unless(Optional.of("no workflow uses the job"));
            file.start(node, Kind.REPOSITORY_EVENT, "push", job.line(), context, "job " + job.key());
        } else if (only) {
            file.start(node, Kind.REPOSITORY_EVENT, "push", job.line(), context, "job build");
        }
        String directory = job.value().at("working_directory").text();
        RunContext inside = directory.isEmpty() || directory.startsWith("~") ? context : context.in(directory);
        steps(node, job.value().at("steps"), inside, 0);
    }

    private void steps(Node node, ConfigNode steps, RunContext context, int depth) {
        if (depth > MAX_DEPTH) {
            return;
        }
        for (ConfigNode step : steps.items()) {
            if (step.isText()) {
                steps(node, root.at("commands", step.text(), "steps"), context, depth + 1);
            }
            for (Entry entry : step.entries()) {
                step(node, entry, context, depth);
            }
        }
    }

    private void step(Node node, Entry step, RunContext context, int depth) {
        ConfigNode value = step.value();
        switch (step.key()) {
            case "run" -> {
                ConfigNode command = value.isText() ? value : value.at("command");
                String directory = value.at("working_directory").text();
                RunContext there = directory.isEmpty() ? context : context.in(directory);
                ConfigNode when = value.at("when");
                there = when.text().equals("on_fail")
                        ? there.when(RunCondition.Kind.EXPRESSION, "when: on_fail", when.line())
                        : there;
                if (!command.text().isBlank()) {
                    file.explorer().shell(node, command.text(), command.textLine(), there);
                }
            }
            case "when", "unless" -> {
                ConfigNode condition = value.at("condition");
                Optional<String> never =
                        step.key().equals("when") ? SurfaceFile.never(condition, "when") : Optional.empty();
                RunContext there = never.isPresent()
                        ? context.unless(never)
                        : context.when(RunCondition.Kind.EXPRESSION, step.key() + " " + condition.text(), step.line());
                steps(node, value.at("steps"), there, depth + 1);
            }
            default -> steps(node, root.at("commands", step.key(), "steps"), context, depth + 1);
        }
    }
}
