package io.github.rowsleuth.git.automation.follow;

import io.github.rowsleuth.git.automation.code.CodeLanguage;
import io.github.rowsleuth.git.automation.graph.Gap;
import io.github.rowsleuth.git.automation.graph.Node;
import io.github.rowsleuth.git.automation.shell.HereDocument;
import io.github.rowsleuth.git.automation.shell.ShellCommand;
import io.github.rowsleuth.git.automation.shell.ShellScript;
import io.github.rowsleuth.git.automation.tree.Paths;
import io.github.rowsleuth.probe.AutomationLink.How;
import io.github.rowsleuth.probe.RunCondition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Says what a command runs. */
final class CommandLinker {

    private static final int MAX_NESTING = 12;
    private static final Set<String> SHELLS =
            Set.of("sh", "bash", "zsh", "dash", "ash", "ksh", "fish", "pwsh", "powershell");
    private static final Set<String> HARMLESS = Set.of(
            "echo",
            "printf",
            "cat",
            "cp",
            "mv",
            "rm",
            "ls",
            "chmod",
            "chown",
            "mkdir",
            "touch",
            "ln",
            "test",
            "[",
            "tar",
            "grep",
            "sed",
            "awk",
            "head",
            "tail",
            "wc",
            "sort",
            "diff",
            "git",
            "curl",
            "wget",
            "tee",
            "true",
            "false",
            "set",
            "cd",
            "export",
            "local",
            "read",
            "trap",
            "sleep",
            "apt-get",
            "apk",
            "pip",
            "zip",
            "unzip",
            "shellcheck",
            "eslint",
            "prettier",
            "black",
            "flake8",
            "ruff",
            "mypy",
            "isort",
            "pylint",
            "stat",
            "file",
            "basename",
            "dirname",
            "which",
            "rsync",
            "scp",
            "install",
            "code",
            "vim",
            "nano",
            "less",
            "more",
            "exit",
            "return",
            "kill",
            "wait",
            "shift");

    private final Explorer explorer;
    private final Interpreters interpreters;
    private final Containers containers;
    private final Packages packages;
    private final Builders builders;
    private final DatabaseTools tools;
    private final TestRunners tests;
    private final Crontabs crontabs;
    private int nesting;

    CommandLinker(Explorer explorer) {
        this.explorer = explorer;
        this.interpreters = new Interpreters(explorer, this);
        this.containers = new Containers(explorer, this);
        this.packages = new Packages(explorer, this);
        this.builders = new Builders(explorer, this);
        this.tools = new DatabaseTools(explorer);
        this.tests = new TestRunners(explorer);
        this.crontabs = new Crontabs(explorer);
    }

    DatabaseTools tools() {
        return tools;
    }

    TestRunners tests() {
        return tests;
    }

    /** Follows a command, through whatever wraps it. */
    void link(Site site) {
        if (site.words().isEmpty() || nesting >= MAX_NESTING) {
            return;
        }
        nesting++;
        try {
            follow(site);
        } finally {
            nesting--;
        }
    }

    private void follow(Site site) {
        List<String> words = site.words();
        String name = Paths.name(words.get(0));
        crontabs.installed(site);
        if (asksVersionOnly(words)) {
            return;
        }
        Optional<List<String>> inner = Wrappers.unwrap(words);
        if (inner.isPresent()) {
            if (!inner.get().isEmpty() && !(name.equals("command") && words.contains("-v"))) {
                link(site.with(inner.get()));
            }
            return;
        }
        if (HARMLESS.contains(name) && !ownFile(words.get(0), site)) {
            return;
        }
        if (SHELLS.contains(name)) {
            shell(site);
        } else if (name.equals("su") || name.equals("runuser") || name.equals("script")) {
            Wrappers.option(words, "-c", "--command").ifPresent(text -> text(site, text));
        } else if (name.equals("eval")) {
            text(site, String.join(" ", words.subList(1, words.size())));
        } else if (name.equals("source") || name.equals(".")) {
            loaded(site);
        } else if (name.equals("find")) {
            executedByFind(site);
        } else if (name.equals("run-parts")) {
            parts(site);
        } else if (name.equals("supercronic") || name.equals("crontab") || name.equals("yacron")) {
            crontabs.table(site);
        } else if (!named(name, site)) {
            direct(site);
        }
    }

    private boolean named(String name, Site site) {
        return interpreters.link(name, site)
                || tools.link(name, site)
                || tests.link(name, site)
                || packages.link(name, site)
                || builders.link(name, site)
                || containers.link(name, site);
    }

    private static boolean asksVersionOnly(List<String> words) {
        return words.size() == 2
                && (words.get(1).equals("--version")
                        || words.get(1).equals("--help")
                        || words.get(1).equals("-V"));
    }

    /** Whether a word that is also the name of a harmless program is a path of the repository. */
    private boolean ownFile(String word, Site site) {
        return word.contains("/")
                && !explorer.finder().find(word, site.context()).paths().isEmpty()
                && !word.startsWith("/bin/")
                && !word.startsWith("/usr/bin/");
    }

    private void shell(Site site) {
        List<String> words = site.words();
        for (int i = 1; i < words.size(); i++) {
            String word = words.get(i);
            boolean short_ = word.startsWith("-") && !word.startsWith("--");
            if ((short_ && word.endsWith("c")) || word.equalsIgnoreCase("-Command")) {
                if (i + 1 < words.size()) {
                    text(site, words.get(i + 1), words.subList(Math.min(i + 3, words.size()), words.size()));
                }
                return;
            }
            if (word.equals("-o") || word.equalsIgnoreCase("-File") || word.equals("--rcfile")) {
                i += word.equals("-o") ? 1 : 0;
            } else if (!word.startsWith("-") && !word.startsWith("+")) {
                runFile(site, word, How.RUNS, words.subList(i + 1, words.size()));
                return;
            }
        }
        site.command().document().ifPresent(d -> document(site, d));
        site.command().inputs().forEach(f -> runFile(site, f, How.RUNS, List.of()));
        site.piped().ifPresent(t -> text(site, t));
        catted(site).forEach(f -> runFile(site, f, How.RUNS, List.of()));
    }

    /** Files whose content is piped into the command. */
    static List<String> catted(Site site) {
        return site.command()
                .source()
                .filter(s -> s.name().equals("cat")
                        || s.name().equals("envsubst")
                        || s.name().equals("sed")
                        || s.name().equals("zcat")
                        || s.name().equals("gunzip"))
                .map(s -> {
                    List<String> files = new ArrayList<>(s.inputs());
                    s.words().stream().skip(1).filter(w -> w.contains(".")).forEach(files::add);
                    return files;
                })
                .orElse(List.of());
    }

    private void document(Site site, HereDocument document) {
        commands(site, document.text(), document.line(), List.of());
    }

    /** Text that a shell is given on the spot. */
    void text(Site site, String text) {
        text(site, text, List.of());
    }

    private void text(Site site, String text, List<String> arguments) {
        commands(site, text, site.line(), arguments);
    }

    private void commands(Site site, String text, int line, List<String> arguments) {
        if (text.strip().equals("${@}")) {
            return;
        }
        boolean severalLines = text.contains("\n");
        for (ShellCommand inner : ShellScript.parse(text, line)
                .commands(
                        site.context().directory(),
                        arguments.isEmpty() ? Optional.empty() : Optional.of(arguments),
                        site.context().environment())) {
            ShellCommand placed = severalLines ? inner : atLine(inner, line);
            link(Site.of(site.from(), placed, site.context()));
        }
    }

    private static ShellCommand atLine(ShellCommand command, int line) {
        return new ShellCommand(
                line,
                command.words(),
                command.environment(),
                command.inputs(),
                command.outputs(),
                command.document(),
                command.source(),
                command.directory(),
                command.conditions(),
                command.dead());
    }

    private void loaded(Site site) {
        if (site.words().size() > 1) {
            runFile(
                    site,
                    site.words().get(1),
                    How.RUNS,
                    site.words().subList(2, site.words().size()));
        }
    }

    private void executedByFind(Site site) {
        List<String> words = site.words();
        int exec = Math.max(words.indexOf("-exec"), words.indexOf("-execdir"));
        Optional<String> pattern = Wrappers.option(words, "-name", "-iname");
        if (exec < 0 || words.size() < 2) {
            return;
        }
        String folder = words.get(1).startsWith("-") ? "." : words.get(1);
        for (String path : explorer.finder()
                .find(folder + "/**/" + pattern.orElse("*"), site.context())
                .paths()) {
            List<String> inner = new ArrayList<>();
            for (String word : words.subList(exec + 1, words.size())) {
                if (!word.equals(";") && !word.equals("+") && !word.equals("\\;")) {
                    inner.add(word.replace("{}", ShellScript.REPOSITORY + "/" + path));
                }
            }
            link(site.with(inner));
        }
    }

    private void parts(Site site) {
        site.words().stream()
                .skip(1)
                .filter(w -> !w.startsWith("-"))
                .findFirst()
                .ifPresent(folder -> {
                    for (String path : explorer.finder()
                            .find(folder + "/*", site.context())
                            .paths()) {
                        explorer.edge(site.from(), Node.file(path), site.line(), How.RUNS, site.context());
                    }
                });
    }

    /** A program that is named by its path, by a function of a script that was loaded, or by a name in the search path. */
    private void direct(Site site) {
        String word = site.words().get(0);
        List<String> arguments = site.words().subList(1, site.words().size());
        if (word.equals("${@}") || word.isEmpty()) {
            return;
        }
        if (word.contains("/") || word.contains(".")) {
            runFile(site, word, How.RUNS, arguments);
            return;
        }
        for (String folder : List.of("/usr/local/bin/", "/usr/bin/", "/bin/", "/usr/local/sbin/", "/opt/")) {
            PathFinder.Found found = explorer.finder().find(folder + word, site.context());
            if (found.certain()
                    && found.paths().size() == 1
                    && Paths.name(found.paths().get(0)).startsWith(word)) {
                run(site, found.paths().get(0), How.RUNS, arguments, site.context());
                return;
            }
        }
        function(site, word);
    }

    /** A function that a script defines which this one has loaded. */
    private void function(Site site, String name) {
        for (var edge : List.copyOf(explorer.graph().out(site.from()))) {
            if (edge.to().kind() == Node.Kind.FILE
                    && edge.file().equals(site.context().file())
                    && explorerFunctions(edge.to().path()).contains(name)) {
                Node part = Node.part(edge.to().path(), FileLinker.SHELL_FUNCTION + name);
                explorer.edge(site.from(), part, site.line(), How.CALLS, site.context());
                linkFunction(part, name, edge.to().path(), site);
            }
        }
    }

    private final Map<String, Set<String>> functionNames = new java.util.HashMap<>();

    private Set<String> explorerFunctions(String path) {
        return functionNames.computeIfAbsent(path, p -> new FileLinker(explorer).functions(p));
    }

    private void linkFunction(Node part, String name, String path, Site site) {
        explorer.tree().text(path).ifPresent(text -> {
            RunContext context = site.context().within(path);
            String own = RunContext.repository(Paths.folder(path));
            List<String> arguments = site.words().subList(1, site.words().size());
            for (ShellCommand inner : ShellScript.parse(text, 1).function(name, own, arguments)) {
                link(Site.of(part, inner, context));
            }
        });
    }

    /** Runs the file that a word names, if it is one of the repository. */
    void runFile(Site site, String word, How how, List<String> arguments) {
        PathFinder.Found found = explorer.finder().find(word, site.context());
        if (found.paths().isEmpty()) {
            missing(site, word, found);
            return;
        }
        for (String path : found.paths()) {
            RunContext context = found.certain()
                    ? site.context()
                    : Explorer.uncertain(site.context(), Paths.name(word), site.line());
            run(site, path, how, arguments, context);
        }
    }

    private void run(Site site, String path, How how, List<String> arguments, RunContext context) {
        Node to = new FileLinker(explorer).nodeOf(path, arguments);
        explorer.edge(site.from(), to, site.line(), how, context);
    }

    void missing(Site site, String word, PathFinder.Found found) {
        if (found.unknown()) {
            explorer.gap(Gap.Kind.VARIABLE, word, site.context().file(), site.line());
        } else if (isScript(word)) {
            explorer.gap(Gap.Kind.MISSING_FILE, word, site.context().file(), site.line());
        }
    }

    private static boolean isScript(String word) {
        String extension = Paths.extension(word);
        return extension.equals("sh")
                || extension.equals("sql")
                || (CodeLanguage.ofExtension(extension).isPresent() && !extension.equals("tf"));
    }

    /** A command that is only run by a person who agrees. */
    static RunContext manual(RunContext context, int line) {
        return context.when(RunCondition.Kind.MANUAL, "started by a person", line);
    }
}
