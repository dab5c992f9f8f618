package io.github.rowsleuth.git.automation.surface;

import io.github.rowsleuth.git.automation.code.CodeLanguage;
import io.github.rowsleuth.git.automation.config.ConfigNode;
import io.github.rowsleuth.git.automation.config.ConfigNode.Entry;
import io.github.rowsleuth.git.automation.follow.Crontabs;
import io.github.rowsleuth.git.automation.follow.RunContext;
import io.github.rowsleuth.git.automation.graph.Gap;
import io.github.rowsleuth.git.automation.graph.Node;
import io.github.rowsleuth.git.automation.tree.Paths;
import io.github.rowsleuth.probe.AutomationLink.How;
import io.github.rowsleuth.probe.AutomationTrigger.Kind;
import io.github.rowsleuth.probe.RunCondition;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Workflows of GitHub, the workflows and actions that they use, and what their steps run. */
final class Workflows {

    /** The part of a workflow that another one calls. */
    static final String CALLED = "called";

    private static final String FOLDER = ".github/workflows";
    private static final Set<String> TEXT_INPUTS = Set.of(
            "script",
            "run",
            "command",
            "commands",
            "cmd",
            "args",
            "install-command",
            "post-command",
            "start",
            "build-command");

    private final SurfaceFile file;
    private final ConfigNode root;

    private Workflows(SurfaceFile file, ConfigNode root) {
        this.file = file;
        this.root = root;
    }

    static boolean is(String path) {
        return path.contains(".github/workflow") && isYaml(path);
    }

    static boolean isAction(String name) {
        return name.equals("action.yml") || name.equals("action.yaml");
    }

    static boolean isYaml(String path) {
        String name = Shelved.inUse(Paths.name(path));
        return name.endsWith(".yml") || name.endsWith(".yaml");
    }

    static void read(SurfaceFile file) {
        ConfigNode root = file.firstYaml();
        if (root.isMapping()) {
            new Workflows(file, root).read();
        }
    }

    private void read() {
        RunContext context = file.atRoot().with(environment(root));
        if (!file.folder().endsWith(FOLDER)) {
            context = context.unless(Optional.of("GitHub reads workflows only from " + FOLDER));
        }
        List<Event> events = events(root.at("on"), context);
        for (Entry job : root.at("jobs").entries()) {
            job(job, events, context);
        }
        called();
    }

    private static Map<String, String> environment(ConfigNode node) {
        Map<String, String> variables = new HashMap<>();
        node.at("env").entries().forEach(e -> {
            if (!e.value().text().contains("${{")) {
                variables.put(e.key(), e.value().text());
            }
        });
        return variables;
    }

    /** Something that sets the workflow off. */
    private record Event(Kind kind, String detail, Optional<String> schedule, int line, RunContext context) {}

    private List<Event> events(ConfigNode on, RunContext context) {
        List<Event> events = new ArrayList<>();
        if (!on.isMapping()) {
            on.items().forEach(e -> event(e.text(), ConfigNode.MISSING, e.line(), context, events));
        }
        for (Entry entry : on.entries()) {
            event(entry.key(), entry.value(), entry.line(), context, events);
        }
        return events;
    }

    private void event(String name, ConfigNode value, int line, RunContext context, List<Event> events) {
        switch (name) {
            case "schedule" -> {
                for (ConfigNode item : value.items()) {
                    ConfigNode cron = item.at("cron");
                    Optional<ZoneId> zone = Crontabs.zone(item.at("timezone").text());
                    String text = cron.text();
                    events.add(new Event(
                            Kind.SCHEDULE,
                            zone.map(ZoneId::getId).orElse("UTC"),
                            Optional.of(text),
                            cron.line(),
                            context));
                }
            }
            case "workflow_dispatch", "repository_dispatch" ->
                events.add(new Event(
                        Kind.DISPATCH,
                        name,
                        Optional.empty(),
                        line,
                        name.equals("workflow_dispatch")
                                ? context.when(RunCondition.Kind.MANUAL, "started by a person", line)
                                : context));
            case "workflow_call" -> {}
            case "workflow_run" -> afterOther(value, line, context, events);
            default -> {
                RunContext filtered = context;
                for (String key : List.of("branches", "branches-ignore", "tags", "tags-ignore")) {
                    filtered = filter(filtered, value.at(key), key, RunCondition.Kind.BRANCH);
                }
                for (String key : List.of("paths", "paths-ignore")) {
                    filtered = filter(filtered, value.at(key), key, RunCondition.Kind.PATHS);
                }
                if (!name.isBlank()) {
                    events.add(new Event(Kind.REPOSITORY_EVENT, name, Optional.empty(), line, filtered));
                }
            }
        }
    }

    private static RunContext filter(RunContext context, ConfigNode value, String key, RunCondition.Kind kind) {
        return value.exists()
                ? context.when(kind, key + " " + String.join(", ", value.texts()), value.line())
                : context;
    }

    private void afterOther(ConfigNode value, int line, RunContext context, List<Event> events) {
        String names = String.join(", ", value.at("workflows").texts());
        events.add(new Event(
                Kind.REPOSITORY_EVENT,
                "after workflow " + names,
                Optional.empty(),
                line,
                filter(context, value.at("branches"), "branches", RunCondition.Kind.BRANCH)));
    }

    private void job(Entry entry, List<Event> events, RunContext outer) {
        ConfigNode job = entry.value();
        Node node = file.part("job " + entry.key());
        RunContext context = conditions(job, outer).with(environment(job));
        for (Event event : events) {
            RunContext starting = event.context;
            if (event.schedule.isPresent()) {
                file.schedule(
                        node,
                        event.schedule.get(),
                        Crontabs.zone(event.detail).or(() -> Optional.of(ZoneId.of("UTC"))),
                        event.line,
                        starting,
                        "workflow " + Paths.name(file.path()));
            } else {
                file.start(node, event.kind, event.detail, event.line, starting, "workflow " + Paths.name(file.path()));
            }
        }
        file.explorer().innerEdge(file.part(CALLED), node, entry.line(), outer.within(file.path()));
        ConfigNode uses = job.at("uses");
        if (uses.isText()) {
            workflow(node, uses, context);
        }
        steps(node, job.at("steps"), context, job);
        image(job.at("container"), context);
    }

    private RunContext conditions(ConfigNode node, RunContext outer) {
        RunContext context = outer;
        ConfigNode test = node.at("if");
        if (test.isText()) {
            Optional<String> never = SurfaceFile.never(test, "if");
            String plain =
                    test.text().replace("${{", "").replace("}}", "").strip().replaceAll("\\s+", " ");
            context = never.isPresent()
                    ? context.unless(never)
                    : plain.equals("always()") || plain.equals("success()")
                            ? context
                            : context.when(RunCondition.Kind.EXPRESSION, plain, test.line());
        }
        ConfigNode environment = node.at("environment");
        if (environment.exists()) {
            String name = environment.isText()
                    ? environment.text()
                    : environment.at("name").text();
            context = context.when(
                    RunCondition.Kind.PROFILE, "environment " + name + ", as its rules allow", environment.line());
        }
        return context;
    }

    /** A workflow that is called: of this repository, or of another one. */
    private void workflow(Node from, ConfigNode uses, RunContext context) {
        String text = uses.text();
        if (!text.startsWith("./")) {
            file.gap(Gap.Kind.FOREIGN_REPOSITORY, text, uses.line());
            return;
        }
        Node called = Node.part(Paths.join("", text), CALLED);
        file.explorer().later(() -> file.explorer().edge(from, called, uses.line(), How.RUNS, context));
    }

    private void called() {
        if (root.at("on").has("workflow_call") || root.at("on").text().equals("workflow_call")) {
            file.explorer().visit(file.part(CALLED));
        }
    }

    private void image(ConfigNode container, RunContext context) {
        String name =
                container.isText() ? container.text() : container.at("image").text();
        if (name.contains("/") && !name.contains("${{") && context.disabled().isEmpty()) {
            file.gap(Gap.Kind.FOREIGN_IMAGE, name, container.line());
        }
    }

    private void steps(Node node, ConfigNode steps, RunContext context, ConfigNode job) {
        for (ConfigNode step : steps.items()) {
            RunContext placed = conditions(step, context).with(environment(step));
            ConfigNode run = step.at("run");
            if (run.isText()) {
                run(node, run, placed.in(directory(step, job)), shell(step, job));
            }
            ConfigNode uses = step.at("uses");
            if (uses.isText()) {
                action(file, node, uses, step.at("with"), placed);
            }
        }
    }

    private String directory(ConfigNode step, ConfigNode job) {
        String own = step.at("working-directory").text();
        String ofJob = job.at("defaults", "run", "working-directory").text();
        String ofAll = root.at("defaults", "run", "working-directory").text();
        String chosen = !own.isEmpty() ? own : !ofJob.isEmpty() ? ofJob : ofAll;
        return withoutWorkspace(chosen.isEmpty() ? "." : chosen);
    }

    private static String withoutWorkspace(String text) {
        return text.replace("${{ github.workspace }}", "@repo").replace("$GITHUB_WORKSPACE", "@repo");
    }

    private String shell(ConfigNode step, ConfigNode job) {
        String own = step.at("shell").text();
        String ofJob = job.at("defaults", "run", "shell").text();
        return !own.isEmpty()
                ? own
                : !ofJob.isEmpty() ? ofJob : root.at("defaults", "run", "shell").text();
    }

    private void run(Node node, ConfigNode run, RunContext context, String shell) {
        String text = withoutWorkspace(run.text()).replace("${{", "${").replace("}}", "}");
        if (shell.startsWith("python")) {
            file.explorer().code(node, CodeLanguage.PYTHON, text, run.textLine(), context);
        } else if (shell.startsWith("node")) {
            file.explorer().code(node, CodeLanguage.JAVASCRIPT, text, run.textLine(), context);
        } else {
            file.explorer().shell(node, text, run.textLine(), context);
        }
    }

    /** An action: one of this repository is followed; of another one, what it is given to run. */
    private static void action(SurfaceFile file, Node node, ConfigNode uses, ConfigNode with, RunContext context) {
        String text = uses.text();
        if (text.startsWith("./")) {
            String folder = Paths.join("", text);
            for (String name : List.of("action.yml", "action.yaml")) {
                Node action = Node.part(Paths.join(folder, name), "action");
                if (file.explorer().tree().contains(action.path())) {
                    file.explorer().edge(node, action, uses.line(), How.RUNS, context);
                }
            }
            return;
        }
        boolean github = text.startsWith("actions/github-script");
        for (Entry input : with.entries()) {
            if (github && input.key().equals("script")) {
                file.explorer()
                        .code(
                                node,
                                CodeLanguage.JAVASCRIPT,
                                input.value().text(),
                                input.value().textLine(),
                                context);
            } else if (TEXT_INPUTS.contains(input.key()) && input.value().isText()) {
                RunContext there = text.contains("ssh")
                        ? context.in("/")
                        : context.in(with.at("working-directory").text());
                file.explorer()
                        .shell(
                                node,
                                input.value().text().replace("${{", "${").replace("}}", "}"),
                                input.value().textLine(),
                                there);
            }
        }
    }

    /** The file of an action. */
    static void readAction(SurfaceFile file) {
        ConfigNode root = file.firstYaml();
        ConfigNode runs = root.at("runs");
        if (!runs.isMapping()) {
            return;
        }
        Node node = file.part("action");
        RunContext context = file.atRoot();
        Workflows self = new Workflows(file, root);
        self.steps(node, runs.at("steps"), context, ConfigNode.MISSING);
        for (String key : List.of("pre", "main", "post")) {
            ConfigNode script = runs.at(key);
            if (script.isText()) {
                file.explorer()
                        .words(
                                node,
                                List.of("node", script.text()),
                                script.line(),
                                context.in("@repo/" + file.folder()));
            }
        }
        if (runs.at("image").text().equals("Dockerfile")) {
            Node start = Node.part(Paths.join(file.folder(), "Dockerfile"), Dockerfiles.START);
            file.explorer()
                    .later(() ->
                            file.explorer().edge(node, start, runs.at("image").line(), How.RUNS, context));
        }
        file.explorer().visit(node);
    }
}
