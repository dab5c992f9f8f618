package io.github.rowsleuth.git.automation.follow;

import io.github.rowsleuth.git.automation.graph.Node;
import io.github.rowsleuth.git.automation.tree.Paths;
import io.github.rowsleuth.probe.AutomationLink.How;
import io.github.rowsleuth.probe.DatabaseAct.Effect;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Commands that run a part of another file: make and its like, process managers, provisioning. */
final class Builders {

    static final String TARGET = "target ";

    private static final Set<String> MAKE_VALUED =
            Set.of("-C", "--directory", "-f", "--file", "--makefile", "-j", "-I", "-o", "-l");
    private static final List<String> MAKEFILES = List.of("GNUmakefile", "makefile", "Makefile");

    private final Explorer explorer;
    private final CommandLinker commands;

    Builders(Explorer explorer, CommandLinker commands) {
        this.explorer = explorer;
        this.commands = commands;
    }

    boolean link(String name, Site site) {
        switch (name) {
            case "make", "gmake", "${MAKE}" -> make(site);
            case "just" -> named(site, List.of("justfile", "Justfile", ".justfile"), "recipe ");
            case "task", "go-task" -> named(site, List.of("Taskfile.yml", "Taskfile.yaml"), "task ");
            case "honcho", "foreman", "overmind", "hivemind", "goreman" -> processes(site);
            case "pm2", "pm2-runtime" -> pm2(site);
            case "supervisord", "supervisorctl" -> supervised(site);
            case "rake" -> rake(site);
            case "rails", "bin/rails" -> rails(site);
            case "ansible-playbook" -> playbook(site);
            case "terraform", "tofu", "terragrunt" -> terraform(site);
            case "tox", "nox", "invoke", "inv" -> testEnvironments(name, site);
            case "systemctl" -> unit(site);
            case "pre-commit" -> hooks(site);
            case "lefthook", "husky" -> hooks(site);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void make(Site site) {
        List<String> words = site.words();
        Site there = Wrappers.option(words, "-C", "--directory")
                .map(f -> site.with(site.context().in(f)))
                .orElse(site);
        Optional<String> named = Wrappers.option(words, "-f", "--file", "--makefile");
        List<String> paths = named.isPresent()
                ? explorer.finder().find(named.get(), there.context()).paths()
                : inFolder(there, MAKEFILES);
        List<String> targets = words.stream().skip(1).toList();
        targets = targets.stream()
                .filter(t -> !t.startsWith("-") && !Wrappers.isAssignment(t) && !isValue(words, t))
                .toList();
        for (String path : paths) {
            if (targets.isEmpty()) {
                partOf(there, path, TARGET + "(first)");
            }
            targets.forEach(t -> partOf(there, path, TARGET + t));
        }
    }

    private static boolean isValue(List<String> words, String word) {
        int at = words.indexOf(word);
        return at > 0 && MAKE_VALUED.contains(words.get(at - 1));
    }

    private List<String> inFolder(Site site, List<String> names) {
        String folder = explorer.finder()
                .folderOf(site.context())
                .orElse(Paths.folder(site.context().file()));
        for (String at : Paths.upwards(folder)) {
            for (String name : names) {
                String path = Paths.join(at, name);
                if (explorer.tree().contains(path)) {
                    return List.of(path);
                }
            }
        }
        return List.of();
    }

    private boolean partOf(Site site, String path, String part) {
        Node node = Node.part(path, part);
        if (!explorer.graph().knows(node)) {
            return false;
        }
        explorer.edge(site.from(), node, site.line(), How.RUNS, site.context());
        return true;
    }

    private void named(Site site, List<String> files, String kind) {
        List<String> words =
                Wrappers.afterOptions(site.words(), 1, Set.of("-f", "--justfile", "-d", "--dir", "-t", "--taskfile"));
        for (String path : inFolder(site, files)) {
            if (words.isEmpty()) {
                partOf(site, path, kind + "default");
            }
            words.forEach(w -> partOf(site, path, kind + w));
        }
    }

    private void processes(Site site) {
        Optional<String> named = Wrappers.option(site.words(), "-f", "--procfile");
        List<String> paths = named.isPresent()
                ? explorer.finder().find(named.get(), site.context()).paths()
                : inFolder(site, List.of("Procfile"));
        for (String path : paths) {
            for (Node node : List.copyOf(explorer.graph().nodes(path))) {
                if (node.name().startsWith("process ") && !node.name().equals("process release")) {
                    explorer.edge(site.from(), node, site.line(), How.RUNS, site.context());
                }
            }
        }
    }

    private void pm2(Site site) {
        for (String word : Wrappers.afterOptions(
                site.words(), 1, Set.of("-n", "--name", "-i", "--env", "--only", "--interpreter"))) {
            if (word.equals("start")
                    || word.equals("restart")
                    || word.equals("reload")
                    || word.equals("startOrRestart")) {
                continue;
            }
            for (String path : explorer.finder().find(word, site.context()).paths()) {
                Node ecosystem = Node.part(path, "pm2");
                Node target = explorer.graph().knows(ecosystem) ? ecosystem : Node.file(path);
                explorer.edge(site.from(), target, site.line(), How.RUNS, site.context());
            }
            break;
        }
    }

    private void supervised(Site site) {
        for (String file : Wrappers.options(site.words(), "-c", "--configuration")) {
            for (String path : explorer.finder().find(file, site.context()).paths()) {
                partOf(site, path, "programs");
            }
        }
    }

    private void rake(Site site) {
        for (String word : Wrappers.afterOptions(site.words(), 1, Set.of("-f", "-C"))) {
            String task = word.replaceFirst("\\[.*", "");
            if (!commands.tools().rails(site, task)) {
                rakeTask(site, task);
            }
        }
    }

    private void rakeTask(Site site, String task) {
        for (Node node : explorer.graph().nodes()) {
            if (node.kind() == Node.Kind.PART && node.name().equals("rake " + task)) {
                explorer.edge(site.from(), node, site.line(), How.RUNS, site.context());
            }
        }
    }

    private void rails(Site site) {
        List<String> words = Wrappers.afterOptions(site.words(), 1, Set.of("-e"));
        if (words.isEmpty()) {
            return;
        }
        if (words.get(0).equals("runner") || words.get(0).equals("r")) {
            List<String> rest = Wrappers.afterOptions(words, 1, Set.of("-e"));
            if (!rest.isEmpty() && rest.get(0).endsWith(".rb")) {
                commands.runFile(site, rest.get(0), How.RUNS, List.of());
            }
        } else {
            rake(site.with(Wrappers.afterOptions(site.words(), 0, Set.of("-e"))));
        }
    }

    private void playbook(Site site) {
        for (String word : Wrappers.afterOptions(
                site.words(),
                1,
                Set.of("-i", "-e", "--extra-vars", "-l", "--limit", "-t", "--tags", "-u", "--vault-password-file"))) {
            for (String path : explorer.finder().find(word, site.context()).paths()) {
                partOf(site, path, "playbook");
            }
        }
    }

    private void terraform(Site site) {
        boolean destroys = site.words().contains("destroy") || site.words().contains("-destroy");
        if (destroys) {
            commands.tools().act(site, Effect.RESETS_SCHEMA, "terraform", String.join(" ", site.words()));
        }
        if (destroys || site.words().contains("apply")) {
            String folder = Wrappers.option(site.words(), "-chdir")
                    .flatMap(f -> explorer.finder().folder(f, site.context()))
                    .or(() -> explorer.finder().folderOf(site.context()))
                    .orElse("");
            for (Node node : explorer.graph().nodes()) {
                boolean here = node.kind() == Node.Kind.PART
                        && node.path().endsWith(".tf")
                        && Paths.folder(node.path()).equals(folder)
                        && node.name().startsWith("resource ");
                if (here) {
                    explorer.edge(site.from(), node, site.line(), How.RUNS, site.context());
                }
            }
        }
    }

    private void testEnvironments(String name, Site site) {
        if (name.equals("tox") || name.equals("nox")) {
            for (String path : inFolder(site, List.of("tox.ini", "noxfile.py"))) {
                if (path.endsWith(".py")) {
                    explorer.edge(
                            site.from(), Node.part(path, ProgramLinker.ALL), site.line(), How.RUNS, site.context());
                } else {
                    partOf(site, path, "tox");
                }
            }
            return;
        }
        for (String path : inFolder(site, List.of("tasks.py"))) {
            for (String task : Wrappers.afterOptions(site.words(), 1, Set.of("-c"))) {
                Node node = Node.part(path, ProgramLinker.FUNCTION + task.replace('-', '_'));
                explorer.edge(site.from(), node, site.line(), How.RUNS, site.context());
            }
        }
    }

    private void unit(Site site) {
        if (site.words().contains("start") || site.words().contains("restart")) {
            for (String word : site.words().subList(1, site.words().size())) {
                String name = word.contains(".") ? word : word + ".service";
                for (var file : explorer.tree().named(name)) {
                    partOf(site, file.path(), "unit");
                }
            }
        }
    }

    private void hooks(Site site) {
        if (site.words().contains("run")) {
            for (String path : inFolder(site, List.of(".pre-commit-config.yaml", "lefthook.yml", "lefthook.yaml"))) {
                for (Node node : List.copyOf(explorer.graph().nodes(path))) {
                    if (node.kind() == Node.Kind.PART && node.name().startsWith("hook ")) {
                        explorer.edge(site.from(), node, site.line(), How.RUNS, site.context());
                    }
                }
            }
        }
    }
}
