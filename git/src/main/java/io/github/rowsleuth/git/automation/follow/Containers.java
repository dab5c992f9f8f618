package io.github.rowsleuth.git.automation.follow;

import io.github.rowsleuth.git.automation.graph.Gap;
import io.github.rowsleuth.git.automation.graph.Node;
import io.github.rowsleuth.git.automation.tree.Paths;
import io.github.rowsleuth.git.automation.tree.TreeFile;
import io.github.rowsleuth.probe.AutomationLink.How;
import io.github.rowsleuth.probe.DatabaseAct.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Commands that run in another place: containers, clusters, other machines. */
final class Containers {

    /** The part of a compose file that starts its services. */
    static final String UP = "up";

    private static final Set<String> EXEC_VALUED =
            Set.of("-e", "--env", "-u", "--user", "-w", "--workdir", "--env-file", "--detach-keys", "--index");
    private static final Set<String> RUN_VALUED = Set.of(
            "-v",
            "--volume",
            "-e",
            "--env",
            "-p",
            "--publish",
            "-w",
            "--workdir",
            "--name",
            "--network",
            "--net",
            "-u",
            "--user",
            "--entrypoint",
            "--mount",
            "--env-file",
            "-h",
            "--hostname",
            "-m",
            "--memory",
            "--cpus",
            "-l",
            "--label",
            "--platform",
            "--add-host",
            "--restart",
            "--shm-size",
            "--gpus",
            "--link",
            "--volumes-from",
            "--pull",
            "--log-driver");
    private static final Set<String> COMPOSE_VALUED = Set.of(
            "-f",
            "--file",
            "-p",
            "--project-name",
            "--profile",
            "--env-file",
            "--project-directory",
            "--ansi",
            "--progress");
    private static final Set<String> SSH_VALUED = Set.of("-i", "-p", "-l", "-o", "-F", "-J", "-L", "-R", "-D", "-W");
    private static final Pattern COMPOSE_NAME = Pattern.compile("(?:docker-)?compose(?:\\.[\\w-]+)?\\.ya?ml");

    private final Explorer explorer;
    private final CommandLinker commands;

    Containers(Explorer explorer, CommandLinker commands) {
        this.explorer = explorer;
        this.commands = commands;
    }

    boolean link(String name, Site site) {
        switch (name) {
            case "docker", "podman", "nerdctl" -> docker(site);
            case "docker-compose", "podman-compose" -> compose(site, site.words());
            case "kubectl", "oc" -> kubectl(site);
            case "ssh" -> ssh(site);
            case "vagrant" -> Wrappers.option(site.words(), "-c", "--command").ifPresent(t -> commands.text(site, t));
            case "fly", "flyctl" ->
                Wrappers.option(site.words(), "-C", "--command").ifPresent(t -> commands.text(site, t));
            case "helm" -> helm(site);
            case "az", "gcloud", "aws" ->
                Wrappers.option(site.words(), "--command", "--exec-command", "--args")
                        .ifPresent(t -> commands.text(site, t));
            default -> {
                return false;
            }
        }
        return true;
    }

    private void docker(Site site) {
        List<String> rest = Wrappers.afterOptions(site.words(), 1, Set.of("-H", "--context", "-c", "--host"));
        if (rest.isEmpty()) {
            return;
        }
        switch (rest.get(0)) {
            case "exec" -> inside(site, Wrappers.afterOptions(rest, 1, EXEC_VALUED));
            case "container" -> {
                if (rest.size() > 1 && rest.get(1).equals("exec")) {
                    inside(site, Wrappers.afterOptions(rest, 2, EXEC_VALUED));
                }
            }
            case "run" -> run(site, rest);
            case "compose" -> compose(site, rest);
            case "build", "buildx" -> build(site, rest);
            case "stack" -> Wrappers.options(rest, "-c", "--compose-file").forEach(f -> up(site, List.of(f)));
            case "volume" -> act(site, rest.contains("rm") || rest.contains("prune") || rest.contains("remove"), rest);
            case "system" -> act(site, rest.contains("--volumes"), rest);
            default -> {}
        }
    }

    private void act(Site site, boolean destroys, List<String> words) {
        if (destroys) {
            commands.tools().act(site, Effect.RESETS_SCHEMA, "docker", String.join(" ", words));
        }
    }

    /** A command in a container that runs already: the first word names it. */
    private void inside(Site site, List<String> words) {
        if (words.size() > 1) {
            RunContext context = site.context().in("/");
            commands.link(site.with(words.subList(1, words.size())).with(context));
        }
    }

    private void run(Site site, List<String> words) {
        List<String> rest = Wrappers.afterOptions(words, 1, RUN_VALUED);
        PathMapping mounts = mounts(site, words);
        Optional<String> entrypoint = Wrappers.option(words, "--entrypoint");
        RunContext context = site.context()
                .inside(mounts)
                .in(Wrappers.option(words, "-w", "--workdir").orElse("/"));
        List<String> command = new ArrayList<>();
        entrypoint.ifPresent(command::add);
        command.addAll(rest.subList(Math.min(1, rest.size()), rest.size()));
        if (!command.isEmpty()) {
            commands.link(site.with(command).with(context));
        } else if (!rest.isEmpty()) {
            explorer.gap(Gap.Kind.FOREIGN_IMAGE, rest.get(0), site.context().file(), site.line());
        }
    }

    private PathMapping mounts(Site site, List<String> words) {
        PathMapping mapping = site.context().mapping();
        for (String volume : Wrappers.options(words, "-v", "--volume")) {
            String[] parts = volume.split(":", -1);
            if (parts.length > 1) {
                String outside = parts[0].isEmpty() || parts[0].startsWith("${") ? "." + afterHole(parts[0]) : parts[0];
                Optional<String> folder = explorer.finder().folder(outside, site.context());
                if (folder.isPresent()) {
                    mapping = mapping.with(parts[1], folder.get());
                } else {
                    for (String file :
                            explorer.finder().find(outside, site.context()).paths()) {
                        mapping = mapping.with(parts[1], file);
                    }
                }
            }
        }
        return mapping;
    }

    private static String afterHole(String text) {
        return text.substring(text.lastIndexOf('}') + 1);
    }

    private void compose(Site site, List<String> words) {
        List<String> files = Wrappers.options(words, "-f", "--file");
        List<String> rest = Wrappers.afterOptions(words, 1, COMPOSE_VALUED);
        if (rest.isEmpty()) {
            return;
        }
        switch (rest.get(0)) {
            case "up", "start", "restart", "create" -> up(site, files);
            case "exec" -> inside(site, Wrappers.afterOptions(rest, 1, EXEC_VALUED));
            case "run" -> service(site, files, Wrappers.afterOptions(rest, 1, RUN_VALUED));
            case "down", "rm" -> act(site, rest.contains("-v") || rest.contains("--volumes"), words);
            default -> {}
        }
    }

    private void up(Site site, List<String> files) {
        for (String path : composeFiles(site, files)) {
            explorer.edge(site.from(), Node.part(path, UP), site.line(), How.RUNS, site.context());
        }
    }

    private void service(Site site, List<String> files, List<String> words) {
        if (words.size() > 1) {
            inside(site, words);
        } else if (words.size() == 1) {
            for (String path : composeFiles(site, files)) {
                Node service = Node.part(path, "service " + words.get(0));
                if (explorer.graph().knows(service)) {
                    explorer.edge(site.from(), service, site.line(), How.RUNS, site.context());
                }
            }
        }
    }

    /** The files that are named, or the ones that are taken without being named. */
    private List<String> composeFiles(Site site, List<String> named) {
        List<String> paths = new ArrayList<>();
        for (String file : named) {
            paths.addAll(explorer.finder().find(file, site.context()).paths());
        }
        if (named.isEmpty()) {
            String folder = explorer.finder().folderOf(site.context()).orElse("");
            for (String at : Paths.upwards(folder)) {
                for (TreeFile file : explorer.tree().matching(Paths.join(at, "*.y*ml"))) {
                    boolean usual = COMPOSE_NAME.matcher(file.name()).matches()
                            && (file.name().chars().filter(c -> c == '.').count() == 1
                                    || file.name().contains("override"));
                    if (usual) {
                        paths.add(file.path());
                    }
                }
                if (!paths.isEmpty()) {
                    break;
                }
            }
        }
        return paths;
    }

    private void build(Site site, List<String> words) {
        List<String> named = Wrappers.options(words, "-f", "--file");
        for (String file : named.isEmpty() ? List.of("Dockerfile") : named) {
            for (String path : explorer.finder().find(file, site.context()).paths()) {
                Node image = Node.part(path, "build");
                if (explorer.graph().knows(image)) {
                    explorer.edge(site.from(), image, site.line(), How.RUNS, site.context());
                }
            }
        }
    }

    private void kubectl(Site site) {
        List<String> words = site.words();
        int separator = words.indexOf("--");
        if ((words.contains("exec") || words.contains("run") || words.contains("debug")) && separator > 0) {
            commands.link(site.with(words.subList(separator + 1, words.size()))
                    .with(site.context().in("/")));
        } else if (words.contains("apply") || words.contains("create") || words.contains("replace")) {
            for (String file : Wrappers.options(words, "-f", "--filename")) {
                applied(site, file);
            }
            for (String word : words) {
                if (word.startsWith("--from=cronjob/")) {
                    cronJob(site, word.substring("--from=cronjob/".length()));
                }
            }
        } else if (words.contains("delete")) {
            boolean storage = words.stream()
                    .anyMatch(w -> w.startsWith("pvc")
                            || w.startsWith("pv")
                            || w.startsWith("persistentvolume")
                            || w.startsWith("namespace")
                            || w.equals("ns"));
            if (storage) {
                commands.tools().act(site, Effect.RESETS_SCHEMA, "kubectl", String.join(" ", words));
            }
        }
    }

    private void applied(Site site, String file) {
        List<String> paths =
                new ArrayList<>(explorer.finder().find(file, site.context()).paths());
        explorer.finder()
                .folder(file, site.context())
                .ifPresent(folder ->
                        explorer.tree().matching(Paths.join(folder, "*.y*ml")).forEach(f -> paths.add(f.path())));
        for (String path : paths) {
            for (Node node : List.copyOf(explorer.graph().nodes(path))) {
                if (node.kind() == Node.Kind.PART && node.name().startsWith("workload ")) {
                    explorer.edge(site.from(), node, site.line(), How.RUNS, site.context());
                }
            }
        }
    }

    private void cronJob(Site site, String name) {
        for (Node node : explorer.graph().nodes()) {
            if (node.kind() == Node.Kind.PART && node.name().equals("workload " + name)) {
                explorer.edge(site.from(), node, site.line(), How.RUNS, site.context());
            }
        }
    }

    private void helm(Site site) {
        if (site.words().contains("uninstall") || site.words().contains("delete")) {
            commands.tools().act(site, Effect.RESETS_SCHEMA, "helm", String.join(" ", site.words()));
        }
    }

    /** What is run on another machine; the repository is taken to lie there too. */
    private void ssh(Site site) {
        List<String> rest = Wrappers.afterOptions(site.words(), 1, SSH_VALUED);
        if (rest.size() > 1) {
            commands.text(site.with(site.context().in("/")), String.join(" ", rest.subList(1, rest.size())));
        } else {
            site.command()
                    .document()
                    .ifPresent(d -> explorer.shell(
                            site.from(), d.text(), d.line(), site.context().in("/")));
        }
    }
}
