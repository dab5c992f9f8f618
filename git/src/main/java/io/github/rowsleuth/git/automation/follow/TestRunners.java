package io.github.rowsleuth.git.automation.follow;

import io.github.rowsleuth.git.automation.code.CodeFile;
import io.github.rowsleuth.git.automation.code.CodeFile.Function;
import io.github.rowsleuth.git.automation.config.ConfigNode;
import io.github.rowsleuth.git.automation.config.IniReader;
import io.github.rowsleuth.git.automation.config.MalformedFileException;
import io.github.rowsleuth.git.automation.config.TomlReader;
import io.github.rowsleuth.git.automation.graph.Node;
import io.github.rowsleuth.git.automation.tree.Glob;
import io.github.rowsleuth.git.automation.tree.Paths;
import io.github.rowsleuth.git.automation.tree.TreeFile;
import io.github.rowsleuth.probe.AutomationLink.How;
import io.github.rowsleuth.probe.RunCondition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What a test runner collects, sets up before the tests, and leaves out. */
final class TestRunners {

    private static final Set<String> JAVASCRIPT =
            Set.of("jest", "vitest", "mocha", "ava", "playwright", "cypress", "jasmine");
    private static final Pattern JAVASCRIPT_TEST =
            Pattern.compile(".*(?:[.-](?:test|spec|e2e-spec|cy)\\.[cm]?[jt]sx?|__tests__/.*\\.[cm]?[jt]sx?)");
    private static final Pattern PYTHON_TEST = Pattern.compile("test_.*\\.py|.*_test\\.py|conftest\\.py");
    private static final Set<String> PYTEST_VALUED = Set.of(
            "-k",
            "-m",
            "-n",
            "-c",
            "-p",
            "-o",
            "--maxfail",
            "--cov",
            "--cov-report",
            "--ignore",
            "--deselect",
            "--tb",
            "--rootdir",
            "--junitxml",
            "-W",
            "--durations");
    private static final int MAX_TESTS = 3_000;

    private final Explorer explorer;

    TestRunners(Explorer explorer) {
        this.explorer = explorer;
    }

    boolean link(String name, Site site) {
        if (name.equals("pytest") || name.equals("py.test")) {
            pytest(site);
        } else if (name.equals("unittest")) {
            collect(site, "unittest", List.of(""), List.of());
        } else if (JAVASCRIPT.contains(name)) {
            javascript(name, site);
        } else if (name.equals("rspec")) {
            whole(site, "rspec", "**/*_spec.rb", "**/spec/*_helper.rb");
        } else if (name.equals("phpunit") || name.equals("pest")) {
            whole(site, name, "**/*Test.php");
        } else if (name.equals("go") && site.words().contains("test")) {
            whole(site, "go test", "**/*_test.go");
        } else {
            return false;
        }
        return true;
    }

    private String folder(Site site) {
        return explorer.finder().folderOf(site.context()).orElse("");
    }

    private void pytest(Site site) {
        String folder = folder(site);
        Settings settings = settings(folder);
        List<String> words = new ArrayList<>(site.words());
        words.addAll(settings.options);
        List<String> ignored = new ArrayList<>(Wrappers.options(words, "--ignore", "--ignore-glob"));
        List<String> named = Wrappers.afterOptions(site.words(), 1, PYTEST_VALUED).stream()
                .filter(w -> !w.startsWith("-"))
                .map(w -> w.replaceFirst("::.*", ""))
                .toList();
        List<String> paths = named.isEmpty() ? settings.paths.isEmpty() ? List.of("") : settings.paths : named;
        collect(site, "pytest", paths, ignored);
    }

    /** Options that stand in a file. */
    private record Settings(List<String> options, List<String> paths) {}

    private Settings settings(String folder) {
        for (String at : Paths.upwards(folder)) {
            for (String file : List.of("pytest.ini", "pyproject.toml", "tox.ini", "setup.cfg")) {
                Optional<ConfigNode> found = explorer.tree()
                        .text(Paths.join(at, file))
                        .map(text -> section(file, text))
                        .filter(ConfigNode::exists);
                if (found.isPresent()) {
                    return new Settings(
                            split(found.get().at("addopts")), split(found.get().at("testpaths")));
                }
            }
        }
        return new Settings(List.of(), List.of());
    }

    private static ConfigNode section(String file, String text) {
        if (file.endsWith(".toml")) {
            try {
                return TomlReader.read(text).at("tool", "pytest", "ini_options");
            } catch (MalformedFileException e) {
                return ConfigNode.MISSING;
            }
        }
        return IniReader.read(text).at(file.equals("setup.cfg") ? "tool:pytest" : "pytest");
    }

    private static List<String> split(ConfigNode value) {
        List<String> words = new ArrayList<>();
        value.texts().forEach(t -> words.addAll(Arrays.asList(t.strip().split("\\s+", -1))));
        return words.stream().filter(w -> !w.isEmpty()).toList();
    }

    private void collect(Site site, String runner, List<String> paths, List<String> ignored) {
        String folder = folder(site);
        Node node = Node.command(folder, runner + (paths.equals(List.of("")) ? "" : " " + String.join(" ", paths)));
        boolean first = !explorer.graph().knows(node);
        explorer.edge(site.from(), node, site.line(), How.RUNS, site.context());
        if (!first) {
            return;
        }
        int count = 0;
        for (String path : paths) {
            String root = Paths.join(folder, path);
            for (TreeFile file : explorer.tree().contains(root)
                    ? List.of(explorer.tree().file(root).orElseThrow())
                    : explorer.tree().under(root)) {
                boolean test = PYTHON_TEST.matcher(file.name()).matches();
                if (test && count++ < MAX_TESTS) {
                    tests(node, file.path(), ignoredBy(file.path(), folder, ignored));
                }
            }
            for (String above : Paths.upwards(Paths.folder(root))) {
                String shared = Paths.join(above, "conftest.py");
                if (explorer.tree().contains(shared) && !root.isEmpty()) {
                    tests(node, shared, Optional.empty());
                }
            }
        }
    }

    private static Optional<String> ignoredBy(String path, String folder, List<String> ignored) {
        for (String entry : ignored) {
            String pattern = Paths.join(folder, entry);
            boolean fits = path.equals(pattern)
                    || path.startsWith(pattern + "/")
                    || (Glob.isPattern(pattern) && Glob.matches(pattern, path));
            if (fits) {
                return Optional.of("left out by --ignore=" + entry);
            }
        }
        return Optional.empty();
    }

    /** The tests of a file, and the fixtures: those that every test uses, and those that a test asks for. */
    private void tests(Node runner, String path, Optional<String> ignored) {
        Optional<CodeFile> program = explorer.program(path);
        if (program.isEmpty()) {
            return;
        }
        RunContext context = RunContext.of(path, Paths.folder(path)).unless(ignored);
        explorer.edge(runner, Node.part(path, ProgramLinker.IMPORT), 1, How.IMPORTS, context, true);
        for (Function function : program.get().functions()) {
            String name = function.simpleName();
            boolean fixture =
                    function.decorators().stream().anyMatch(d -> d.simpleName().equals("fixture"));
            boolean hook = name.startsWith("pytest_")
                    || Set.of(
                                    "setUp",
                                    "tearDown",
                                    "setUpClass",
                                    "tearDownClass",
                                    "setup_module",
                                    "teardown_module",
                                    "setup_class",
                                    "setup_method",
                                    "teardown_method")
                            .contains(name);
            if (fixture || hook || name.startsWith("test")) {
                RunContext placed = skipped(function, context);
                placed = fixture && !auto(function)
                        ? placed.when(RunCondition.Kind.TEST, "if a test asks for the fixture " + name, function.line())
                        : placed;
                explorer.edge(
                        runner,
                        Node.part(path, ProgramLinker.FUNCTION + function.name()),
                        function.line(),
                        How.RUNS,
                        placed);
            }
        }
    }

    private static boolean auto(Function fixture) {
        return fixture.decorators().stream()
                .flatMap(d -> d.argument("autouse").stream())
                .anyMatch(v -> v.text().contains("True"));
    }

    private static RunContext skipped(Function function, RunContext context) {
        return function.decorators().stream()
                .filter(d -> d.simpleName().equals("skip") || d.simpleName().equals("skipif"))
                .findFirst()
                .map(d -> d.simpleName().equals("skip")
                        ? context.unless(Optional.of("marked to be skipped"))
                        : context.when(RunCondition.Kind.TEST, "not skipped by " + d.name(), d.line()))
                .orElse(context);
    }

    private void javascript(String runner, Site site) {
        String folder = folder(site);
        Node node = Node.command(folder, runner);
        boolean first = !explorer.graph().knows(node);
        explorer.edge(site.from(), node, site.line(), How.RUNS, site.context());
        if (!first) {
            return;
        }
        Optional<String> config = Wrappers.option(site.words(), "-c", "--config");
        for (TreeFile file : explorer.tree().under(folder)) {
            boolean settings = (file.folder().equals(folder) && file.name().startsWith(runner + ".config."))
                    || config.filter(c -> file.path().equals(Paths.join(folder, c)))
                            .isPresent()
                    || (file.folder().equals(folder) && file.name().equals("package.json") && runner.equals("jest"))
                    || (file.folder().equals(folder) && file.name().startsWith(".mocharc"));
            if (settings) {
                JavascriptTests.setUp(explorer, node, file.path());
            } else if (JAVASCRIPT_TEST.matcher(file.path()).matches()) {
                RunContext context = RunContext.of(file.path(), folder);
                explorer.edge(node, Node.part(file.path(), ProgramLinker.ALL), 1, How.RUNS, context);
            }
        }
    }

    private void whole(Site site, String runner, String... patterns) {
        String folder = folder(site);
        Node node = Node.command(folder, runner);
        explorer.edge(site.from(), node, site.line(), How.RUNS, site.context());
        for (String pattern : patterns) {
            for (TreeFile file : explorer.tree().matching(Paths.join(folder, pattern))) {
                explorer.edge(
                        node,
                        Node.part(file.path(), ProgramLinker.ALL),
                        1,
                        How.RUNS,
                        RunContext.of(file.path(), folder));
            }
        }
    }
}
