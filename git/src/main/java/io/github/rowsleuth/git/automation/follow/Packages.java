package io.github.rowsleuth.git.automation.follow;

import io.github.rowsleuth.git.automation.graph.Node;
import io.github.rowsleuth.git.automation.tree.Glob;
import io.github.rowsleuth.git.automation.tree.Paths;
import io.github.rowsleuth.git.automation.tree.TreeFile;
import io.github.rowsleuth.probe.AutomationLink.How;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Scripts of {@code package.json} and of {@code composer.json}, and the commands that run them. */
final class Packages {

    static final String SCRIPT = "script ";

    private static final Set<String> VALUED = Set.of(
            "--prefix",
            "-C",
            "--dir",
            "--cwd",
            "-w",
            "--workspace",
            "--filter",
            "-F",
            "--scope",
            "-p",
            "--parallel",
            "--concurrency",
            "-c",
            "-n",
            "--names");
    private static final Set<String> RUN = Set.of("run", "run-script", "rum", "urn");
    private static final Set<String> INSTALL = Set.of("install", "i", "ci", "add", "clean-install");
    private static final Map<String, String> SHORT = Map.of("t", "test", "tst", "test");
    private static final Set<String> ALIASES = Set.of("test", "t", "tst", "start", "stop", "restart");

    private final Explorer explorer;
    private final CommandLinker commands;

    Packages(Explorer explorer, CommandLinker commands) {
        this.explorer = explorer;
        this.commands = commands;
    }

    boolean link(String name, Site site) {
        switch (name) {
            case "npm" -> manager(site, false);
            case "yarn", "pnpm", "bun" -> manager(site, true);
            case "npm-run-all", "run-s", "run-p", "npm-run-all2" -> several(site);
            case "concurrently" -> sideBySide(site);
            case "start-server-and-test" -> several(site);
            case "turbo", "lerna", "nx", "wsrun", "ultra" -> everywhere(site);
            case "lint-staged" -> lintStaged(site);
            case "composer" -> composer(site);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void manager(Site site, boolean bareNamesRun) {
        List<String> words = site.words();
        List<String> rest = Wrappers.afterOptions(words, 1, VALUED);
        if (rest.isEmpty()) {
            if (bareNamesRun) {
                install(site);
            }
            return;
        }
        Optional<String> folder = Wrappers.option(words, "--prefix", "-C", "--dir", "--cwd");
        Site there = folder.map(f -> site.with(site.context().in(f))).orElse(site);
        String verb = rest.get(0);
        if (verb.equals("workspace") || verb.equals("workspaces")) {
            workspace(there, rest);
        } else if (INSTALL.contains(verb)) {
            install(there);
        } else if (RUN.contains(verb) && rest.size() > 1) {
            List<String> script = Wrappers.afterOptions(rest, 1, VALUED);
            script(there, script.isEmpty() ? "" : script.get(0), words);
        } else if (ALIASES.contains(verb)) {
            script(there, SHORT.getOrDefault(verb, verb), words);
        } else if (bareNamesRun && !script(there, verb, words)) {
            commands.link(there.with(rest));
        }
    }

    private void workspace(Site site, List<String> rest) {
        if (rest.get(0).equals("workspaces")) {
            everywhere(site);
        } else if (rest.size() > 2) {
            String script = rest.get(2).equals("run") && rest.size() > 3 ? rest.get(3) : rest.get(2);
            inPackages(site, List.of(rest.get(1)), script);
        }
    }

    /** Runs a script with those that are named to come before and after it; says whether there is one. */
    private boolean script(Site site, String script, List<String> words) {
        List<String> packages = Wrappers.options(words, "-w", "--workspace", "--filter", "-F");
        if (!packages.isEmpty()
                || words.contains("--recursive")
                || words.contains("-r")
                || words.contains("--workspaces")) {
            inPackages(site, packages, script);
            return true;
        }
        String folder = explorer.finder()
                .folderOf(site.context())
                .orElse(Paths.folder(site.context().file()));
        for (String at : Paths.upwards(folder)) {
            String path = Paths.join(at, "package.json");
            if (explorer.tree().contains(path)) {
                if (explorer.graph().knows(Node.part(path, SCRIPT + script))) {
                    run(site, path, script);
                    return true;
                }
                break;
            }
        }
        return false;
    }

    private void run(Site site, String path, String script) {
        for (String each : List.of("pre" + script, script, "post" + script)) {
            Node node = Node.part(path, SCRIPT + each);
            if (explorer.graph().knows(node)) {
                explorer.edge(site.from(), node, site.line(), How.RUNS, site.context());
            }
        }
    }

    /** Runs a script in packages that are named, by their names, folders or patterns; in all where none is. */
    private void inPackages(Site site, List<String> named, String script) {
        for (TreeFile file : explorer.tree().named("package.json")) {
            boolean meant = named.isEmpty();
            for (String name : named) {
                String plain = name.replaceFirst("^\\./", "").replaceFirst("\\.\\.\\.$", "");
                meant |= file.folder().equals(plain)
                        || Paths.name(file.folder()).equals(plain.substring(plain.lastIndexOf('/') + 1))
                        || (Glob.isPattern(plain) && Glob.matches(plain, file.folder()));
            }
            if (meant && explorer.graph().knows(Node.part(file.path(), SCRIPT + script))) {
                run(site, file.path(), script);
            }
        }
    }

    private void install(Site site) {
        String folder = explorer.finder().folderOf(site.context()).orElse("");
        String path = Paths.join(folder, "package.json");
        for (String hook : List.of("preinstall", "install", "postinstall", "prepare")) {
            Node node = Node.part(path, SCRIPT + hook);
            if (explorer.graph().knows(node)) {
                explorer.edge(site.from(), node, site.line(), How.RUNS, site.context());
            }
        }
    }

    private void several(Site site) {
        String folder = explorer.finder().folderOf(site.context()).orElse("");
        String path = Paths.join(folder, "package.json");
        for (String word : Wrappers.afterOptions(site.words(), 1, VALUED)) {
            String wanted = SCRIPT + word.split(" ", 2)[0].replace("**", "*");
            for (Node node : List.copyOf(explorer.graph().nodes(path))) {
                boolean meant = node.kind() == Node.Kind.PART
                        && (node.name().equals(wanted)
                                || (Glob.isPattern(wanted) && Glob.matches(wanted, node.name())));
                if (meant) {
                    explorer.edge(site.from(), node, site.line(), How.RUNS, site.context());
                }
            }
        }
    }

    private void sideBySide(Site site) {
        for (String word : Wrappers.afterOptions(site.words(), 1, VALUED)) {
            if (word.startsWith("npm:")) {
                several(site.with(List.of("run-p", word.substring(4))));
            } else if (word.contains(" ")) {
                commands.text(site, word);
            }
        }
    }

    private void everywhere(Site site) {
        List<String> rest = new ArrayList<>(Wrappers.afterOptions(site.words(), 1, VALUED));
        rest.removeIf(w -> RUN.contains(w)
                || w.equals("workspaces")
                || w.equals("foreach")
                || w.equals("run-many")
                || w.equals("exec")
                || w.startsWith("-"));
        Optional<String> target = Wrappers.option(site.words(), "-t", "--target", "--targets");
        String script = target.orElse(rest.isEmpty() ? "" : rest.get(0));
        inPackages(site, Wrappers.options(site.words(), "--filter", "--scope"), script);
    }

    /** What is run on the files that are about to be committed. */
    private void lintStaged(Site site) {
        String folder = explorer.finder().folderOf(site.context()).orElse("");
        for (String at : Paths.upwards(folder)) {
            for (TreeFile file : explorer.tree().files()) {
                boolean here = file.folder().equals(at);
                Node node = Node.part(file.path(), "lint-staged");
                if (here && explorer.graph().knows(node)) {
                    explorer.edge(site.from(), node, site.line(), How.RUNS, site.context());
                }
            }
        }
    }

    private void composer(Site site) {
        List<String> rest = Wrappers.afterOptions(site.words(), 1, Set.of("-d", "--working-dir"));
        if (rest.isEmpty()) {
            return;
        }
        String script = rest.get(0).equals("run") || rest.get(0).equals("run-script")
                ? rest.size() > 1 ? rest.get(1) : ""
                : rest.get(0).equals("install")
                        ? "post-install-cmd"
                        : rest.get(0).equals("update") ? "post-update-cmd" : rest.get(0);
        String folder = explorer.finder().folderOf(site.context()).orElse("");
        Node node = Node.part(Paths.join(folder, "composer.json"), SCRIPT + script);
        if (explorer.graph().knows(node)) {
            explorer.edge(site.from(), node, site.line(), How.RUNS, site.context());
        }
    }
}
