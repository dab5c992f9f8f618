package io.github.rowsleuth.git.automation.surface;

import io.github.rowsleuth.git.automation.config.ConfigNode;
import io.github.rowsleuth.git.automation.config.ConfigNode.Entry;
import io.github.rowsleuth.git.automation.follow.RunContext;
import io.github.rowsleuth.git.automation.graph.Gap;
import io.github.rowsleuth.git.automation.graph.Node;
import io.github.rowsleuth.git.automation.tree.Paths;
import io.github.rowsleuth.probe.AutomationTrigger.Kind;
import io.github.rowsleuth.probe.RunCondition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Pipelines of GitLab: jobs, what they extend, refer to and include, and the rules by which they run. */
final class GitlabPipelines {

    private static final Set<String> NO_JOBS = Set.of(
            "stages",
            "variables",
            "include",
            "default",
            "workflow",
            "image",
            "services",
            "cache",
            "before_script",
            "after_script",
            "pages:deploy",
            "spec",
            "types");
    private static final int MAX_DEPTH = 12;
    private static final int MAX_SCRIPTS = 5_000;

    /** A job with the file that it stands in. */
    private record Placed(SurfaceFile file, ConfigNode node, int line) {}

    private final SurfaceFile file;
    private final Map<String, Placed> all = new LinkedHashMap<>();
    private int scripts;
    private ConfigNode workflow = ConfigNode.MISSING;
    private ConfigNode defaults = ConfigNode.MISSING;
    private int included;

    private GitlabPipelines(SurfaceFile file) {
        this.file = file;
    }

    static boolean is(String name) {
        return name.equals(".gitlab-ci.yml") || name.equals(".gitlab-ci.yaml");
    }

    static void read(SurfaceFile file) {
        GitlabPipelines pipeline = new GitlabPipelines(file);
        ConfigNode root = file.firstYaml();
        pipeline.collect(file, root);
        pipeline.workflow = root.at("workflow");
        pipeline.defaults = root.at("default");
        pipeline.jobs();
    }

    private void collect(SurfaceFile source, ConfigNode root) {
        for (ConfigNode include : root.at("include").items()) {
            include(source, include);
        }
        for (Entry entry : root.entries()) {
            if (entry.value().isMapping() && !NO_JOBS.contains(entry.key())) {
                all.put(entry.key(), new Placed(source, entry.value(), entry.line()));
            } else if (entry.key().equals("before_script") || entry.key().equals("after_script")) {
                all.putIfAbsent("\u0000" + entry.key(), new Placed(source, entry.value(), entry.line()));
            }
        }
    }

    private void include(SurfaceFile source, ConfigNode include) {
        String local = include.isText() ? include.text() : include.at("local").text();
        if (local.isEmpty() || local.contains("://") || include.has("project") || include.has("remote")) {
            String what = include.isText()
                    ? include.text()
                    : include.at("project").text()
                            + include.at("remote").text()
                            + include.at("component").text()
                            + include.at("template").text();
            if (!include.has("template")) {
                source.gap(Gap.Kind.FOREIGN_REPOSITORY, "include " + what, include.line());
            }
            return;
        }
        if (++included > 200) {
            return;
        }
        String pattern = Paths.join("", local.replaceFirst("^/+", ""));
        for (var found : source.explorer().tree().matching(pattern)) {
            source.explorer().tree().text(found).ifPresent(text -> {
                SurfaceFile other = new SurfaceFile(found.path(), text, source.explorer());
                collect(other, other.firstYaml());
            });
        }
    }

    private void jobs() {
        for (Map.Entry<String, Placed> job : all.entrySet()) {
            boolean template = job.getKey().startsWith(".") || job.getKey().startsWith("\u0000");
            if (!template) {
                job(job.getKey(), job.getValue());
            } else if (job.getKey().startsWith(".") && !isExtended(job.getKey())) {
                unused(job.getKey(), job.getValue());
            }
        }
    }

    private boolean isExtended(String name) {
        return all.values().stream().anyMatch(p -> p.node.at("extends").texts().contains(name) || refers(p.node, name));
    }

    private static boolean refers(ConfigNode job, String name) {
        return job.entries().stream()
                .flatMap(e -> e.value().items().stream())
                .anyMatch(i -> i.at("!reference").texts().contains(name));
    }

    /** A hidden job that nothing extends. */
    private void unused(String name, Placed placed) {
        Node node = Node.part(placed.file.path(), "job " + name);
        RunContext context = placed.file.atRoot().unless(Optional.of("a hidden job that nothing extends"));
        placed.file.start(node, Kind.REPOSITORY_EVENT, "push", placed.line, context, "pipeline");
        script(node, placed, "script", context);
    }

    private void job(String name, Placed placed) {
        Node node = Node.part(placed.file.path(), "job " + name);
        RunContext context = placed.file.atRoot().with(variables(name));
        Placed when = find(placed, "when", 0);
        if (when.node.text().equals("manual")) {
            context = context.when(RunCondition.Kind.MANUAL, "started by a person", when.node.line());
        } else if (when.node.text().equals("never")) {
            context = context.unless(Optional.of("when: never"));
        }
        starts(node, placed, context, name);
        before(node, placed, context);
        script(node, placed, "script", context);
        script(node, placed, "after_script", context);
    }

    private Map<String, String> variables(String name) {
        Map<String, String> variables = new HashMap<>();
        Placed job = all.get(name);
        if (job != null) {
            find(job, "variables", 0).node.entries().forEach(e -> {
                if (!e.value().text().contains("$")) {
                    variables.put(e.key(), e.value().text());
                }
            });
        }
        return variables;
    }

    private void before(Node node, Placed placed, RunContext context) {
        if (find(placed, "before_script", 0).node.exists()) {
            script(node, placed, "before_script", context);
        } else if (defaults.has("before_script")) {
            texts(node, new Placed(file, defaults.at("before_script"), 0), context, 0);
        } else if (all.containsKey("\u0000before_script")) {
            Placed global = all.get("\u0000before_script");
            texts(node, global, context, 0);
        }
    }

    /** The value of a key, of the job itself or of one that it extends. */
    private Placed find(Placed job, String key, int depth) {
        ConfigNode own = job.node.at(key);
        if (own.exists() || depth > MAX_DEPTH) {
            return new Placed(job.file, own, own.line());
        }
        List<String> bases = new ArrayList<>(job.node.at("extends").texts());
        java.util.Collections.reverse(bases);
        for (String base : bases) {
            Placed other = all.get(base);
            Placed found = other == null ? new Placed(job.file, ConfigNode.MISSING, 0) : find(other, key, depth + 1);
            if (found.node.exists()) {
                return found;
            }
        }
        return new Placed(job.file, ConfigNode.MISSING, 0);
    }

    private void script(Node node, Placed job, String key, RunContext context) {
        texts(node, find(job, key, 0), context, 0);
    }

    private void texts(Node node, Placed value, RunContext context, int depth) {
        if (depth > MAX_DEPTH || ++scripts > MAX_SCRIPTS) {
            return; // scripts that refer to each other
        }
        RunContext there = new RunContext(
                value.file.path(),
                context.directory(),
                context.mapping(),
                context.environment(),
                context.conditions(),
                context.disabled());
        for (ConfigNode item : value.node.items()) {
            ConfigNode reference = item.at("!reference");
            if (item.isText() && !item.text().isBlank()) {
                value.file.explorer().shell(node, item.text(), item.textLine(), there);
            } else if (reference.isList() && reference.texts().size() == 2) {
                Placed other = all.get(reference.texts().get(0));
                if (other != null) {
                    texts(
                            node,
                            new Placed(
                                    other.file, other.node.at(reference.texts().get(1)), 0),
                            context,
                            depth + 1);
                }
            } else if (item.isList()) {
                texts(node, new Placed(value.file, item, 0), context, depth + 1);
            }
        }
    }

    private void starts(Node node, Placed job, RunContext context, String name) {
        Placed rules = find(job, "rules", 0);
        Placed only = find(job, "only", 0);
        Placed except = find(job, "except", 0);
        RunContext placed = except.node.exists()
                ? context.when(RunCondition.Kind.BRANCH, "except " + said(except.node), except.node.line())
                : context;
        if (rules.node.exists()) {
            rules(node, rules, placed, name);
        } else if (only.node.exists()) {
            only(node, only, placed, name);
        } else {
            start(node, "push", job.line, workflowRules(placed), name);
        }
    }

    private RunContext workflowRules(RunContext context) {
        RunContext placed = context;
        for (ConfigNode rule : workflow.at("rules").items()) {
            if (rule.has("if") && !rule.at("when").text().equals("never")) {
                placed = placed.when(
                        RunCondition.Kind.EXPRESSION,
                        rule.at("if").text(),
                        rule.at("if").line());
            }
        }
        return placed;
    }

    private static String said(ConfigNode node) {
        List<String> texts = node.isMapping() ? node.at("refs").texts() : node.texts();
        return String.join(", ", texts);
    }

    private void rules(Node node, Placed rules, RunContext context, String name) {
        boolean any = false;
        for (ConfigNode rule : rules.node.items()) {
            String when = rule.at("when").text();
            String test = rule.at("if").text();
            if (when.equals("never")) {
                continue;
            }
            any = true;
            RunContext placed = test.isEmpty()
                    ? context
                    : context.when(
                            RunCondition.Kind.EXPRESSION, test, rule.at("if").line());
            placed = when.equals("manual")
                    ? placed.when(RunCondition.Kind.MANUAL, "started by a person", rule.line())
                    : placed;
            String event = test.contains("\"schedule\"") || test.contains("'schedule'")
                    ? "schedule"
                    : test.contains("merge_request")
                            ? "merge request"
                            : test.contains("CI_COMMIT_TAG") ? "tag" : "push";
            start(node, event, rule.line(), placed, name);
        }
        if (!any) {
            start(node, "push", rules.node.line(), context.unless(Optional.of("its rules never let it run")), name);
        }
    }

    private void only(Node node, Placed only, RunContext context, String name) {
        List<String> refs = only.node.isMapping() ? only.node.at("refs").texts() : only.node.texts();
        if (refs.contains("schedules")) {
            start(node, "schedule", only.node.line(), context, name);
        }
        List<String> others = refs.stream().filter(r -> !r.equals("schedules")).toList();
        if (!others.isEmpty()) {
            start(
                    node,
                    others.contains("merge_requests") ? "merge request" : "push",
                    only.node.line(),
                    context.when(RunCondition.Kind.BRANCH, "only " + String.join(", ", others), only.node.line()),
                    name);
        }
    }

    /** A schedule of GitLab is kept on the server: that there is one, and when, the repository does not tell. */
    private void start(Node node, String event, int line, RunContext context, String name) {
        boolean scheduled = event.equals("schedule");
        if (scheduled) {
            file.gap(Gap.Kind.ELSEWHERE, "the times of the pipeline schedules of GitLab", line);
        }
        file.start(
                node,
                scheduled ? Kind.SCHEDULE : Kind.REPOSITORY_EVENT,
                scheduled ? "pipeline schedule" : event,
                line,
                new RunContext(
                        file.path(),
                        context.directory(),
                        context.mapping(),
                        context.environment(),
                        context.conditions(),
                        context.disabled()),
                "pipeline job " + name);
    }
}
