package io.github.rowsleuth.git.automation.surface;

import io.github.rowsleuth.git.automation.code.CodeLanguage;
import io.github.rowsleuth.git.automation.config.ConfigNode;
import io.github.rowsleuth.git.automation.config.ConfigNode.Entry;
import io.github.rowsleuth.git.automation.follow.Crontabs;
import io.github.rowsleuth.git.automation.follow.RunContext;
import io.github.rowsleuth.git.automation.graph.Gap;
import io.github.rowsleuth.git.automation.graph.Node;
import io.github.rowsleuth.git.automation.tree.Paths;
import io.github.rowsleuth.probe.AutomationTrigger.Kind;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Workloads of Kubernetes: jobs, jobs on a schedule, containers that start before others, hooks of Helm and of Argo CD. */
final class Kubernetes {

    private static final Set<String> WORKLOADS = Set.of(
            "CronJob",
            "Job",
            "Deployment",
            "StatefulSet",
            "DaemonSet",
            "Pod",
            "ReplicaSet",
            "Rollout",
            "CronWorkflow",
            "Workflow");
    private static final Pattern KIND = Pattern.compile(
            "(?m)^\\s*-?\\s*[\"']?kind[\"']?:\\s*[\"']?(?:CronJob|Job|Deployment|StatefulSet|DaemonSet|Pod|ReplicaSet|Rollout|ConfigMap|List)\\b");
    private static final Pattern ONLY_TEMPLATE = Pattern.compile("(?m)^[ \\t]*\\{\\{[^\\n]*\\}\\}[ \\t]*$");
    private static final Pattern TEMPLATE = Pattern.compile("\\{\\{[^{}\\n]{0,400}\\}\\}");

    private final SurfaceFile file;

    /** Scripts that a configuration map holds, by the name of the file they become. */
    private final Map<String, ConfigNode> scripts = new TreeMap<>();

    private Kubernetes(SurfaceFile file) {
        this.file = file;
    }

    static boolean is(String path, String text) {
        boolean yaml = Workflows.isYaml(path) || path.endsWith(".tpl");
        return yaml && text.contains("apiVersion") && KIND.matcher(text).find();
    }

    static void read(SurfaceFile file) {
        Kubernetes manifest = new Kubernetes(file);
        String text = file.text();
        if (text.contains("{{")) {
            text = TEMPLATE.matcher(ONLY_TEMPLATE.matcher(text).replaceAll("")).replaceAll("template");
        }
        List<ConfigNode> objects = new ArrayList<>();
        for (ConfigNode document : file.yaml(text)) {
            objects.addAll(document.has("items") ? document.at("items").items() : List.of(document));
        }
        objects.stream().filter(o -> o.at("kind").text().equals("ConfigMap")).forEach(manifest::scripts);
        objects.stream().filter(o -> WORKLOADS.contains(o.at("kind").text())).forEach(manifest::workload);
    }

    private void scripts(ConfigNode map) {
        for (Entry entry : map.at("data").entries()) {
            if (entry.key().contains(".") && entry.value().isText()) {
                scripts.put(entry.key(), entry.value());
            }
        }
    }

    private void workload(ConfigNode object) {
        String kind = object.at("kind").text();
        String name = object.at("metadata", "name").text();
        Node node = file.part("workload " + name);
        RunContext context = file.context();
        ConfigNode spec = object.at("spec");
        if (spec.at("suspend").isTrue()) {
            context = context.unless(Optional.of("suspend: true"));
        } else if (spec.at("replicas").isZero()) {
            context = context.unless(Optional.of("replicas: 0"));
        }
        starts(object, kind, name, node, context);
        ConfigNode pod = kind.equals("CronJob")
                ? spec.at("jobTemplate", "spec", "template", "spec")
                : kind.equals("Pod") ? spec : spec.at("template", "spec");
        RunContext inside = context.in("/");
        for (String list : List.of("initContainers", "containers")) {
            for (ConfigNode container : pod.at(list).items()) {
                container(node, container, inside);
            }
        }
        file.explorer().visit(node);
    }

    private void starts(ConfigNode object, String kind, String name, Node node, RunContext context) {
        ConfigNode annotations = object.at("metadata", "annotations");
        ConfigNode hook = annotations.any("helm.sh/hook", "argocd.argoproj.io/hook");
        int line = Math.max(1, object.at("metadata").line());
        if (kind.equals("CronJob") || kind.equals("CronWorkflow")) {
            ConfigNode cron = object.at("spec", "schedule");
            Optional<ZoneId> zone =
                    Crontabs.zone(object.at("spec").any("timeZone", "timezone").text());
            if (cron.text().equals("template")) {
                file.gap(Gap.Kind.VARIABLE, "the schedule of " + name, cron.line());
            }
            file.schedule(node, cron.text(), zone, cron.line(), context, "cron job " + name);
        } else if (hook.isText()) {
            boolean test = hook.text().startsWith("test");
            file.start(
                    node,
                    test ? Kind.COMMAND : Kind.DEPLOY,
                    "hook " + hook.text(),
                    hook.line(),
                    context,
                    "job " + name);
        } else if (kind.equals("Job") || kind.equals("Workflow")) {
            file.start(node, Kind.DEPLOY, "job applied", line, context, "job " + name);
        } else {
            file.start(node, Kind.START, "container start", line, context, "workload " + name);
        }
    }

    private void container(Node node, ConfigNode container, RunContext context) {
        String folder = container.at("workingDir").text();
        RunContext there = folder.isEmpty() ? context : context.in(folder);
        ConfigNode command = container.at("command");
        ConfigNode arguments = container.at("args");
        List<String> words = new ArrayList<>(command.texts());
        words.addAll(arguments.texts());
        if (!command.exists() && !arguments.exists()) {
            String image = container.at("image").text();
            if (image.contains("/")) {
                file.gap(Gap.Kind.FOREIGN_IMAGE, image, container.at("image").line());
            }
        } else {
            run(node, words, arguments.exists() ? arguments : command, there);
        }
        for (String hook : List.of("postStart", "preStop")) {
            ConfigNode exec = container.at("lifecycle", hook, "exec", "command");
            if (exec.exists()) {
                Node part = file.part(hook + " of " + container.at("name").text());
                file.start(
                        part,
                        Kind.START,
                        hook.equals("postStart") ? "container start" : "container stop",
                        exec.line(),
                        context,
                        part.name());
                run(part, exec.texts(), exec, there);
            }
        }
        for (String probe : List.of("livenessProbe", "readinessProbe", "startupProbe")) {
            ConfigNode exec = container.at(probe, "exec", "command");
            if (exec.exists()) {
                Node part = file.part(probe + " of " + container.at("name").text());
                file.start(part, Kind.START, "health check", exec.line(), context, part.name());
                run(part, exec.texts(), exec, there);
            }
        }
    }

    private void run(Node node, List<String> words, ConfigNode where, RunContext context) {
        boolean text = words.size() > 1
                && words.get(0).endsWith("sh")
                && words.get(1).startsWith("-")
                && words.get(1).endsWith("c");
        if (text && words.size() > 2) {
            ConfigNode last = where.items().get(where.items().size() - 1);
            file.explorer().shell(node, words.get(2), last.isText() ? last.textLine() : where.line(), context);
        } else {
            int line = where.items().isEmpty()
                    ? where.line()
                    : where.items().get(0).line();
            for (ConfigNode item : where.items()) {
                line = item.text().contains("/") || item.text().contains(".") ? item.line() : line;
            }
            file.explorer().words(node, words, line, context);
        }
        for (Map.Entry<String, ConfigNode> script : scripts.entrySet()) {
            boolean named = words.stream().anyMatch(w -> w.endsWith("/" + script.getKey()));
            if (named) {
                inline(node, script.getKey(), script.getValue(), context);
            }
        }
    }

    private void inline(Node node, String name, ConfigNode script, RunContext context) {
        Optional<CodeLanguage> language = CodeLanguage.ofExtension(Paths.extension(name));
        if (language.isPresent()) {
            file.explorer().code(node, language.get(), script.text(), script.textLine(), context);
        } else if (name.endsWith(".sh")) {
            file.explorer().shell(node, script.text(), script.textLine(), context);
        }
    }
}
