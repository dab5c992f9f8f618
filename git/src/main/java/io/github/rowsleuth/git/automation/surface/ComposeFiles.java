package io.github.rowsleuth.git.automation.surface;

import io.github.rowsleuth.git.automation.config.ConfigNode;
import io.github.rowsleuth.git.automation.config.ConfigNode.Entry;
import io.github.rowsleuth.git.automation.follow.PathMapping;
import io.github.rowsleuth.git.automation.follow.RunContext;
import io.github.rowsleuth.git.automation.graph.Gap;
import io.github.rowsleuth.git.automation.graph.Node;
import io.github.rowsleuth.git.automation.shell.ShellCommand;
import io.github.rowsleuth.git.automation.shell.ShellScript;
import io.github.rowsleuth.git.automation.tree.Paths;
import io.github.rowsleuth.git.automation.tree.RepositoryTree;
import io.github.rowsleuth.probe.AutomationLink.How;
import io.github.rowsleuth.probe.AutomationTrigger.Kind;
import io.github.rowsleuth.probe.RunCondition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Services of compose: images, commands, mounts, profiles, what they inherit from each other. */
final class ComposeFiles {

    private static final Pattern NAME =
            Pattern.compile("(?:docker-|podman-)?compose(?:[.-].*)?\\.ya?ml|.*\\.compose\\.ya?ml|stack\\.ya?ml");
    private static final Pattern USUAL = Pattern.compile("(?:docker-)?compose(?:\\.override)?\\.ya?ml");
    private static final Pattern HOLE = Pattern.compile("\\$\\{(\\w+)(?::?-([^}]*))?}");
    private static final int MAX_INHERITED = 10;

    private final SurfaceFile file;
    private final RepositoryTree tree;
    private final ConfigNode services;

    private ComposeFiles(SurfaceFile file, ConfigNode services) {
        this.file = file;
        this.tree = file.explorer().tree();
        this.services = services;
    }

    static boolean is(String name) {
        return NAME.matcher(name).matches();
    }

    static void read(SurfaceFile file) {
        ConfigNode root = file.firstYaml();
        ConfigNode services = root.at("services");
        ComposeFiles compose = new ComposeFiles(file, services);
        for (Entry service : services.entries()) {
            compose.service(service);
        }
        for (ConfigNode included : root.at("include").items()) {
            String path =
                    included.isText() ? included.text() : included.at("path").text();
            Node other = Node.part(Paths.join(file.folder(), path), "up");
            file.explorer().later(() -> {
                if (file.explorer().graph().knows(other)) {
                    file.explorer().innerEdge(file.part("up"), other, included.line(), file.context());
                }
            });
        }
    }

    /** A service with what it inherits. */
    private record Service(ConfigNode own, Optional<ConfigNode> base, String baseFolder) {

        ConfigNode at(String key) {
            ConfigNode value = own.at(key);
            return value.exists() ? value : base.map(b -> b.at(key)).orElse(ConfigNode.MISSING);
        }
    }

    private Service inherited(ConfigNode own, int depth) {
        ConfigNode from = own.at("extends");
        if (!from.exists() || depth > MAX_INHERITED) {
            return new Service(own, Optional.empty(), file.folder());
        }
        String name = from.isText() ? from.text() : from.at("service").text();
        String path = from.at("file").text();
        ConfigNode all = services;
        String folder = file.folder();
        if (!path.isEmpty()) {
            String whole = Paths.join(file.folder(), path);
            folder = Paths.folder(whole);
            all = tree.text(whole)
                    .map(t -> file.yaml(t).stream()
                            .findFirst()
                            .orElse(ConfigNode.MISSING)
                            .at("services"))
                    .orElse(ConfigNode.MISSING);
        }
        ConfigNode base = all.at(name);
        return new Service(own, base.exists() ? Optional.of(base) : Optional.empty(), folder);
    }

    private void service(Entry entry) {
        Service service = inherited(entry.value(), 0);
        Node node = file.part("service " + entry.key());
        RunContext context = conditions(service, entry);
        int line = entry.line();
        file.start(node, Kind.START, "container start", line, context, "service " + entry.key());
        file.explorer().innerEdge(file.part("up"), node, line, file.context());
        PathMapping mounts = mounts(service, context);
        RunContext inside = context.inside(mounts).in(directory(service)).with(environment(service.at("environment")));
        image(node, service, inside, entry);
        ConfigNode health = service.at("healthcheck").at("test");
        if (health.exists() && !service.at("healthcheck").at("disable").isTrue()) {
            health(entry.key(), health, inside);
        }
        labels(service, entry, inside);
    }

    private RunContext conditions(Service service, Entry entry) {
        RunContext context = file.context();
        List<String> profiles = service.at("profiles").texts();
        if (!profiles.isEmpty()) {
            context = context.when(
                    RunCondition.Kind.PROFILE,
                    "profile " + String.join(" or ", profiles),
                    service.at("profiles").line());
        }
        if (!USUAL.matcher(file.name()).matches()) {
            context = context.when(
                    RunCondition.Kind.PROFILE, "if " + Paths.name(file.path()) + " is chosen", entry.line());
        }
        if (service.at("deploy").at("replicas").isZero() || service.at("scale").isZero()) {
            context = context.unless(Optional.of("replicas: 0"));
        }
        return context;
    }

    private static String directory(Service service) {
        String directory = service.at("working_dir").text();
        return directory.isEmpty() ? "/" : directory;
    }

    private Map<String, String> environment(ConfigNode node) {
        Map<String, String> variables = new HashMap<>();
        node.entries().forEach(e -> variables.put(e.key(), filled(e.value().text())));
        for (String text : node.texts()) {
            int sign = text.indexOf('=');
            if (sign > 0) {
                variables.put(text.substring(0, sign), filled(text.substring(sign + 1)));
            }
        }
        variables.values().removeIf(v -> v.contains("$"));
        return variables;
    }

    /** The text with defaults where variables stand; what has none stays. */
    static String filled(String text) {
        return HOLE.matcher(text)
                .replaceAll(m -> m.group(2) == null
                        ? java.util.regex.Matcher.quoteReplacement(m.group())
                        : java.util.regex.Matcher.quoteReplacement(m.group(2)));
    }

    private PathMapping mounts(Service service, RunContext context) {
        PathMapping mapping = PathMapping.NONE;
        for (ConfigNode volume : service.at("volumes").items()) {
            String[] parts = filled(volume.text()).split(":", -1);
            String outside = volume.isText() ? parts[0] : volume.at("source").text();
            String target = volume.isText() && parts.length > 1
                    ? parts[1]
                    : volume.at("target").text();
            boolean path = outside.startsWith(".")
                    || outside.startsWith("/")
                    || outside.startsWith("~")
                    || outside.contains("/");
            if (target.isEmpty() || !path) {
                continue;
            }
            String inside = Paths.join("", Paths.join(service.baseFolder, outside));
            String found = inside.startsWith("/") ? "" : inside;
            if (tree.contains(found) || tree.isFolder(found)) {
                mapping = mapping.with(target, found);
                if (target.startsWith(Initialisation.FOLDER)) {
                    Initialisation.from(file, found, volume.line(), context);
                }
            }
        }
        return mapping;
    }

    private void image(Node node, Service service, RunContext context, Entry entry) {
        ConfigNode build = service.at("build");
        ConfigNode command = service.at("command");
        ConfigNode entrypoint = service.at("entrypoint");
        Optional<Dockerfiles.Stage> stage = build.exists() ? stage(build, service) : Optional.empty();
        if (stage.isPresent()) {
            String dockerfile = dockerfile(build, service.baseFolder);
            Dockerfiles.Stage image = stage.get();
            boolean ownDirectory = service.at("working_dir").exists();
            RunContext there = context.inside(context.mapping().and(image.mapping))
                    .with(merged(image.environment, context.environment()));
            there = ownDirectory ? there : there.in(image.directory);
            boolean plain = !command.exists() && !entrypoint.exists();
            if (plain) {
                startOf(node, dockerfile, build, context);
                return;
            }
            Optional<Integer> line = Optional.of((command.exists() ? command : entrypoint).textLine());
            if (!entrypoint.exists() && image.entrypoint.isPresent()) {
                // The entry point of the image is run, and is given the command.
                SurfaceFile imageFile =
                        new SurfaceFile(dockerfile, tree.text(dockerfile).orElse(""), file.explorer());
                Node start = Node.part(dockerfile, Dockerfiles.START + " for " + entry.key());
                file.explorer().edge(node, start, line.get(), How.RUNS, context);
                Dockerfiles.started(imageFile, start, image, words(command, there), line, there.within(dockerfile));
                return;
            }
            run(node, entrypoint, command, there);
            return;
        }
        run(node, entrypoint, command, context);
        if (!command.exists() && !entrypoint.exists()) {
            foreign(service.at("image"), entry.line());
        }
    }

    private static Map<String, String> merged(Map<String, String> first, Map<String, String> second) {
        Map<String, String> all = new HashMap<>(first);
        all.putAll(second);
        return all;
    }

    private void startOf(Node node, String dockerfile, ConfigNode build, RunContext context) {
        Node start = Node.part(dockerfile, Dockerfiles.START);
        ConfigNode named = build.at("dockerfile");
        int line = named.exists() ? named.line() : build.line();
        file.explorer().later(() -> file.explorer().edge(node, start, line, How.RUNS, context));
    }

    private void run(Node node, ConfigNode entrypoint, ConfigNode command, RunContext context) {
        if (entrypoint.exists() && command.exists()) {
            List<String> words = new ArrayList<>(words(entrypoint, context));
            words.addAll(words(command, context));
            file.explorer().words(node, words, command.textLine(), context);
        } else if (entrypoint.exists() || command.exists()) {
            ConfigNode only = entrypoint.exists() ? entrypoint : command;
            if (only.isList()) {
                file.explorer()
                        .words(
                                node,
                                only.texts().stream().map(ComposeFiles::filled).toList(),
                                only.line(),
                                context);
            } else {
                file.explorer().shell(node, filled(only.text()).replace("$$", "$"), only.textLine(), context);
            }
        }
    }

    /** The words of a command that is written as a text or as a list. */
    private static List<String> words(ConfigNode command, RunContext context) {
        if (command.isList()) {
            return command.texts().stream().map(ComposeFiles::filled).toList();
        }
        List<ShellCommand> commands = ShellScript.parse(filled(command.text()).replace("$$", "$"), command.textLine())
                .commands(context.directory(), Optional.empty(), context.environment());
        return commands.isEmpty() ? List.of() : commands.get(0).words();
    }

    private String dockerfile(ConfigNode build, String base) {
        String context = build.isText() ? build.text() : build.at("context").text();
        String named = build.at("dockerfile").text();
        String folder = Paths.join(base, filled(context.isEmpty() ? "." : context));
        return Paths.join(folder, named.isEmpty() ? "Dockerfile" : filled(named));
    }

    private Optional<Dockerfiles.Stage> stage(ConfigNode build, Service service) {
        String path = dockerfile(build, service.baseFolder);
        String context = build.isText() ? build.text() : build.at("context").text();
        String folder = Paths.join(service.baseFolder, filled(context.isEmpty() ? "." : context));
        return tree.text(path).flatMap(text -> {
            SurfaceFile image = new SurfaceFile(path, text, file.explorer());
            List<Dockerfiles.Stage> stages = new Dockerfiles.Image(image, folder).stages();
            String target = build.at("target").text();
            return stages.stream()
                    .filter(s -> !target.isEmpty() && s.name.equals(target))
                    .findFirst()
                    .or(() -> stages.isEmpty() ? Optional.empty() : Optional.of(stages.get(stages.size() - 1)));
        });
    }

    private void health(String service, ConfigNode test, RunContext context) {
        Node node = file.part("health check of " + service);
        file.start(node, Kind.START, "health check", test.line(), context, "service " + service);
        List<String> words = test.texts();
        if (!test.isList()) {
            file.explorer().shell(node, test.text(), test.textLine(), context);
        } else if (words.size() > 1 && words.get(0).equals("CMD-SHELL")) {
            file.explorer().shell(node, words.get(1), test.line(), context);
        } else if (words.size() > 1 && words.get(0).equals("CMD")) {
            file.explorer().words(node, words.subList(1, words.size()), test.line(), context);
        }
    }

    /** Jobs of ofelia, which stand in labels. */
    private void labels(Service service, Entry entry, RunContext context) {
        Map<String, String> labels = environment(service.at("labels"));
        labels.forEach((key, expression) -> {
            if (key.startsWith("ofelia.") && key.endsWith(".schedule")) {
                String command = labels.getOrDefault(key.replaceFirst("\\.schedule$", ".command"), "");
                Node node = file.part("job " + key.split("\\.", -1)[2]);
                file.schedule(node, expression, Optional.empty(), entry.line(), context, "service " + entry.key());
                file.explorer().shell(node, command, service.at("labels").line(), context);
            }
        });
    }

    private void foreign(ConfigNode image, int line) {
        String name = image.text();
        if (name.contains("/") && !name.startsWith("library/")) {
            file.gap(Gap.Kind.FOREIGN_IMAGE, name, image.line() == 0 ? line : image.line());
        }
    }
}
