package io.github.rowsleuth.git.automation.surface;

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
import java.util.List;
import java.util.Optional;

/** Hosting platforms that read how to build, release and start an application from the repository. */
final class Platforms {

    static final String BEFORE_DEPLOY = "before each deploy";
    static final String AFTER_DEPLOY = "after each deploy";

    private static final Optional<ZoneId> UTC = Optional.of(ZoneId.of("UTC"));

    private Platforms() {}

    static boolean isRailway(String name) {
        return (name.startsWith("railway.") && (name.endsWith(".json") || name.endsWith(".toml")))
                || name.equals("nixpacks.toml")
                || name.equals("railpack.json");
    }

    static void readRailway(SurfaceFile file) {
        ConfigNode root = file.settings();
        railway(file, root, "", file.context());
        for (Entry environment : root.at("environments").entries()) {
            railway(
                    file,
                    environment.value(),
                    " of " + environment.key(),
                    file.context()
                            .when(RunCondition.Kind.PROFILE, "environment " + environment.key(), environment.line()));
        }
    }

    private static void railway(SurfaceFile file, ConfigNode root, String suffix, RunContext context) {
        ConfigNode deploy = root.at("deploy");
        ConfigNode cron = deploy.at("cronSchedule");
        build(file, root.at("build", "buildCommand"), suffix, context);
        deploy(file, deploy.at("preDeployCommand"), "pre-deploy" + suffix, BEFORE_DEPLOY, context);
        ConfigNode start = deploy.at("startCommand").exists() ? deploy.at("startCommand") : root.at("start", "cmd");
        start(file, start, "service" + suffix, cron, context);
        for (Entry phase : root.at("phases").entries()) {
            build(file, phase.value().at("cmds"), " " + phase.key(), context);
        }
        ConfigNode dockerfile = root.at("build", "dockerfilePath");
        if (dockerfile.isText() && !start.exists()) {
            image(file, dockerfile, "service" + suffix, cron, context);
        }
    }

    private static void build(SurfaceFile file, ConfigNode command, String suffix, RunContext context) {
        if (command.exists()) {
            Node node = file.part("build" + suffix);
            file.start(node, Kind.BUILD, "build of the platform", command.line(), context, "build" + suffix);
            file.commands(node, command, context);
        }
    }

    private static void deploy(SurfaceFile file, ConfigNode command, String name, String detail, RunContext context) {
        if (command.exists()) {
            Node node = file.part(name);
            file.start(node, Kind.DEPLOY, detail, command.line(), context, name);
            file.texts(node, command, context);
        }
    }

    /** A service that runs all the time, or at the times of a schedule. */
    private static void start(SurfaceFile file, ConfigNode command, String name, ConfigNode cron, RunContext context) {
        if (!command.exists() || (command.text().isBlank() && !command.isList())) {
            return;
        }
        Node node = file.part(name);
        begin(file, node, name, command.line(), cron, context);
        file.commands(node, command, context);
    }

    private static void begin(SurfaceFile file, Node node, String name, int line, ConfigNode cron, RunContext context) {
        if (cron.isText() && !cron.text().isBlank()) {
            file.schedule(node, cron.text(), UTC, cron.line(), context, name);
        } else {
            file.start(node, Kind.START, "start of the service", line, context, name);
        }
    }

    private static void image(
            SurfaceFile file, ConfigNode dockerfile, String name, ConfigNode cron, RunContext context) {
        Node node = file.part(name);
        begin(file, node, name, dockerfile.line(), cron, context);
        String path = Paths.join("", dockerfile.text().replaceFirst("^\\./", ""));
        String beside = Paths.join(file.folder(), dockerfile.text());
        String found = file.explorer().tree().contains(beside) ? beside : path;
        file.explorer()
                .later(() -> file.explorer()
                        .edge(node, Node.part(found, Dockerfiles.START), dockerfile.line(), How.RUNS, context));
    }

    static boolean isRender(String name) {
        return name.equals("render.yaml") || name.equals("render.yml");
    }

    static void readRender(SurfaceFile file) {
        for (ConfigNode service : file.firstYaml().at("services").items()) {
            String name = "service " + service.at("name").text();
            String root = service.at("rootDir").text();
            RunContext context = root.isEmpty() ? file.atRoot() : file.atRoot().in(root);
            context = service.at("autoDeploy").isFalse()
                    ? context.when(
                            RunCondition.Kind.MANUAL,
                            "autoDeploy: false, deployed by a person",
                            service.at("autoDeploy").line())
                    : context;
            ConfigNode cron = service.at("schedule");
            build(file, service.at("buildCommand"), " of " + name, context);
            deploy(file, service.at("preDeployCommand"), "pre-deploy of " + name, BEFORE_DEPLOY, context);
            deploy(file, service.at("initialDeployHook"), "first deploy of " + name, "first deploy", context);
            ConfigNode command = service.any("startCommand", "dockerCommand");
            if (service.at("numInstances").isZero()) {
                context = context.unless(Optional.of("numInstances: 0"));
            }
            if (command.exists()) {
                start(file, command, name, cron, context);
            } else if (service.has("dockerfilePath")) {
                image(file, service.at("dockerfilePath"), name, cron, context);
            }
        }
    }

    static boolean isFly(String name) {
        return name.startsWith("fly.") && name.endsWith(".toml");
    }

    static void readFly(SurfaceFile file) {
        ConfigNode root = file.settings();
        RunContext context = file.context();
        deploy(file, root.at("deploy", "release_command"), "release", BEFORE_DEPLOY, context);
        for (Entry process : root.at("processes").entries()) {
            start(file, process.value(), "process group " + process.key(), ConfigNode.MISSING, context);
        }
        start(file, root.at("experimental", "cmd"), "cmd", ConfigNode.MISSING, context);
        start(file, root.at("experimental", "entrypoint"), "entrypoint", ConfigNode.MISSING, context);
        ConfigNode dockerfile = root.at("build", "dockerfile");
        if (!root.has("processes") && !root.at("experimental").exists()) {
            ConfigNode path = dockerfile.isText()
                    ? dockerfile
                    : ConfigNode.text("Dockerfile", root.at("build").line());
            image(file, path, "machine", ConfigNode.MISSING, context);
        }
    }

    static boolean isVercel(String name) {
        return name.equals("vercel.json") || name.equals("netlify.toml");
    }

    static void readVercel(SurfaceFile file) {
        ConfigNode root = file.settings();
        RunContext context = file.context();
        build(file, root.at("buildCommand"), "", context);
        build(file, root.at("installCommand"), " (install)", context);
        build(file, root.at("build", "command"), "", context);
        for (ConfigNode cron : root.at("crons").items()) {
            Node node = file.part("cron " + cron.at("path").text());
            file.schedule(
                    node, cron.at("schedule").text(), UTC, cron.at("schedule").line(), context, node.name());
            Routes.link(file, node, cron.at("path"), context);
        }
        for (Entry function : root.at("functions").entries()) {
            ConfigNode schedule = function.value().at("schedule");
            if (schedule.isText()) {
                Node node = file.part("function " + function.key());
                file.schedule(node, schedule.text(), UTC, schedule.line(), context, node.name());
                file.explorer().file(node, "netlify/functions/" + function.key() + ".ts", function.line(), context);
                file.explorer().file(node, "netlify/functions/" + function.key() + ".js", function.line(), context);
            }
        }
    }

    static boolean isAppSpec(String path, String name, String text) {
        boolean named = path.contains(".do/") && Workflows.isYaml(path);
        return named
                || ((name.equals("app.yaml") || name.equals("app.yml") || name.equals("spec.yaml"))
                        && text.contains("run_command"));
    }

    static void readAppSpec(SurfaceFile file) {
        ConfigNode root = file.firstYaml();
        ConfigNode spec = root.has("spec") ? root.at("spec") : root;
        for (String kind : List.of("services", "workers", "jobs")) {
            for (ConfigNode component : spec.at(kind).items()) {
                component(file, kind, component);
            }
        }
    }

    private static void component(SurfaceFile file, String kind, ConfigNode component) {
        String name = kind.substring(0, kind.length() - 1) + " "
                + component.at("name").text();
        String source = component.at("source_dir").text().replaceFirst("^/+", "");
        RunContext context = source.isEmpty() ? file.atRoot() : file.atRoot().in(source);
        build(file, component.at("build_command"), " of " + name, context);
        if (component.at("instance_count").isZero()) {
            context = context.unless(Optional.of("instance_count: 0"));
        }
        ConfigNode command = component.at("run_command");
        Node node = file.part(name);
        int line = command.exists() ? command.line() : component.line();
        ConfigNode schedule = component.at("schedule");
        if (kind.equals("jobs")) {
            job(file, node, component, schedule, line, context);
        } else {
            file.start(node, Kind.START, "start of the service", line, context, name);
        }
        ConfigNode dockerfile = component.at("dockerfile_path");
        RunContext placed = context;
        if (command.exists()) {
            file.commands(node, command, context);
        } else if (dockerfile.isText()) {
            Node start = Node.part(Paths.join("", dockerfile.text()), Dockerfiles.START);
            file.explorer().later(() -> file.explorer().edge(node, start, dockerfile.line(), How.RUNS, placed));
        } else if (component.at("image").exists()) {
            file.gap(
                    Gap.Kind.FOREIGN_IMAGE,
                    component.at("image", "repository").text(),
                    component.at("image").line());
        }
    }

    private static void job(
            SurfaceFile file, Node node, ConfigNode component, ConfigNode schedule, int line, RunContext context) {
        String kind = component.at("kind").text();
        ConfigNode cron = schedule.isText() ? schedule : schedule.at("cron");
        if (cron.isText()) {
            Optional<ZoneId> zone =
                    Crontabs.zone(schedule.at("time_zone").text()).or(() -> UTC);
            file.schedule(node, cron.text(), zone, cron.line(), context, node.name());
        } else {
            String detail = switch (kind) {
                case "PRE_DEPLOY" -> BEFORE_DEPLOY;
                case "POST_DEPLOY" -> AFTER_DEPLOY;
                case "FAILED_DEPLOY" -> "after a deploy that failed";
                default -> "each deploy";
            };
            file.start(node, Kind.DEPLOY, detail, line, context, node.name());
        }
    }
}
