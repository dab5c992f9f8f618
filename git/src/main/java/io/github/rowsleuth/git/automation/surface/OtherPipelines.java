package io.github.rowsleuth.git.automation.surface;

import io.github.rowsleuth.git.automation.config.ConfigNode;
import io.github.rowsleuth.git.automation.config.ConfigNode.Entry;
import io.github.rowsleuth.git.automation.follow.RunContext;
import io.github.rowsleuth.git.automation.graph.Gap;
import io.github.rowsleuth.git.automation.graph.Node;
import io.github.rowsleuth.probe.AutomationTrigger.Kind;
import io.github.rowsleuth.probe.RunCondition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Pipelines of Bitbucket, and those of smaller systems that are lists of commands under well-known keys. */
final class OtherPipelines {

    private static final Map<String, String> SIMPLE = Map.ofEntries(
            Map.entry(".travis.yml", "push"),
            Map.entry(".drone.yml", "push"),
            Map.entry(".woodpecker.yml", "push"),
            Map.entry(".woodpecker.yaml", "push"),
            Map.entry("appveyor.yml", "push"),
            Map.entry("buildspec.yml", "push"),
            Map.entry("cloudbuild.yaml", "push"),
            Map.entry("cloudbuild.yml", "push"),
            Map.entry("codemagic.yaml", "push"),
            Map.entry("wercker.yml", "push"),
            Map.entry(".cirrus.yml", "push"),
            Map.entry(".semaphore.yml", "push"),
            Map.entry("appspec.yml", "deployment"),
            Map.entry("amplify.yml", "deployment"));

    private static final Set<String> KEYS = Set.of(
            "script",
            "run",
            "command",
            "commands",
            "before_script",
            "after_script",
            "install",
            "before_install",
            "before_deploy",
            "after_success",
            "deploy_script",
            "test_script",
            "build_script",
            "location",
            "args",
            "entrypoint");
    private static final int MAX_DEPTH = 14;

    private OtherPipelines() {}

    static boolean isBitbucket(String name) {
        return name.equals("bitbucket-pipelines.yml");
    }

    static boolean isSimple(String name) {
        return SIMPLE.containsKey(name);
    }

    static void readSimple(SurfaceFile file) {
        for (ConfigNode document : file.yaml()) {
            Node node = file.part("pipeline");
            String detail = SIMPLE.getOrDefault(file.name(), "push");
            file.start(
                    node,
                    detail.equals("push") ? Kind.REPOSITORY_EVENT : Kind.DEPLOY,
                    detail,
                    Math.max(1, document.line()),
                    file.atRoot(),
                    "pipeline " + file.name());
            commands(file, node, document, file.atRoot(), 0);
        }
    }

    private static void commands(SurfaceFile file, Node node, ConfigNode value, RunContext context, int depth) {
        if (depth > MAX_DEPTH) {
            return;
        }
        for (Entry entry : value.entries()) {
            if (KEYS.contains(entry.key())) {
                file.commands(node, entry.value(), context);
            }
            if (!entry.value().isText()) {
                commands(file, node, entry.value(), context, depth + 1);
            }
        }
        if (value.isList()) {
            value.items().forEach(i -> commands(file, node, i, context, depth + 1));
        }
    }

    static void readBitbucket(SurfaceFile file) {
        ConfigNode pipelines = file.firstYaml().at("pipelines");
        for (Entry entry : pipelines.entries()) {
            if (entry.key().equals("default")) {
                pipeline(file, "default", entry.value(), "push", Kind.REPOSITORY_EVENT, entry.line(), file.atRoot());
                continue;
            }
            for (Entry named : entry.value().entries()) {
                RunContext context = file.atRoot();
                Kind kind = Kind.REPOSITORY_EVENT;
                String detail = entry.key().equals("pull-requests")
                        ? "pull request"
                        : entry.key().equals("tags") ? "tag" : "push";
                if (entry.key().equals("custom")) {
                    kind = Kind.DISPATCH;
                    detail = "started by hand, or on a schedule";
                    context = context.when(
                            RunCondition.Kind.MANUAL,
                            "started by a person, or on a schedule of the server",
                            named.line());
                    file.gap(Gap.Kind.ELSEWHERE, "the schedules of custom pipelines of Bitbucket", named.line());
                } else {
                    context = context.when(RunCondition.Kind.BRANCH, entry.key() + " " + named.key(), named.line());
                }
                pipeline(file, entry.key() + " " + named.key(), named.value(), detail, kind, named.line(), context);
            }
        }
    }

    private static void pipeline(
            SurfaceFile file, String name, ConfigNode steps, String detail, Kind kind, int line, RunContext context) {
        Node node = file.part("pipeline " + name);
        file.start(node, kind, detail, line, context, "pipeline " + name);
        steps(file, node, steps, context.when(List.of()), 0);
    }

    private static void steps(SurfaceFile file, Node node, ConfigNode value, RunContext outer, int depth) {
        if (depth > MAX_DEPTH) {
            return;
        }
        for (ConfigNode item : value.items()) {
            for (Entry entry : item.entries()) {
                if (!entry.key().equals("step")) {
                    steps(
                            file,
                            node,
                            entry.value().isMapping() ? entry.value().at("steps") : entry.value(),
                            outer,
                            depth + 1);
                    continue;
                }
                ConfigNode step = entry.value();
                RunContext context = step.at("trigger").text().equals("manual")
                        ? outer.when(
                                RunCondition.Kind.MANUAL,
                                "started by a person",
                                step.at("trigger").line())
                        : outer;
                if (step.at("condition").exists()) {
                    List<String> paths =
                            step.at("condition", "changesets", "includePaths").texts();
                    context = context.when(
                            RunCondition.Kind.PATHS,
                            "paths " + String.join(", ", paths),
                            step.at("condition").line());
                }
                if (step.at("enabled").isFalse()) {
                    context = context.unless(Optional.of("enabled: false"));
                }
                file.texts(node, step.at("script"), context);
                file.texts(node, step.at("after-script"), context);
            }
        }
    }
}
