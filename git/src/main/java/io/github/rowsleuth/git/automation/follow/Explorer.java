package io.github.rowsleuth.git.automation.follow;

import io.github.rowsleuth.git.automation.code.CodeFile;
import io.github.rowsleuth.git.automation.code.CodeLanguage;
import io.github.rowsleuth.git.automation.graph.Act;
import io.github.rowsleuth.git.automation.graph.AutomationGraph;
import io.github.rowsleuth.git.automation.graph.Edge;
import io.github.rowsleuth.git.automation.graph.Gap;
import io.github.rowsleuth.git.automation.graph.Node;
import io.github.rowsleuth.git.automation.graph.Start;
import io.github.rowsleuth.git.automation.shell.ShellCommand;
import io.github.rowsleuth.git.automation.shell.ShellScript;
import io.github.rowsleuth.git.automation.tree.RepositoryTree;
import io.github.rowsleuth.git.automation.tree.TreeFile;
import io.github.rowsleuth.probe.AutomationLink.How;
import io.github.rowsleuth.probe.AutomationTrigger;
import io.github.rowsleuth.probe.DatabaseAct.Effect;
import io.github.rowsleuth.probe.RunCondition;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Grows the graph: whoever reads a surface says what it runs, and each thing that is run is read in its turn, once. Only
 * what is reached is read. For one thread.
 */
public final class Explorer {

    private static final int MAX_TASKS = 300_000;

    private final RepositoryTree tree;
    private final AutomationGraph graph = new AutomationGraph();
    private final PathFinder finder;
    private final CommandLinker commands;
    private final ProgramLinker programs;
    private final FileLinker files;
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final Set<Node> visited = new HashSet<>();
    private final Map<Node, RunContext> contexts = new HashMap<>();
    private final ProgramCache read;
    private int done;

    public Explorer(RepositoryTree tree) {
        this(tree, new ProgramCache());
    }

    /** One that shares the programs it reads with explorers of other commits. */
    public Explorer(RepositoryTree tree, ProgramCache read) {
        this.tree = tree;
        this.read = read;
        this.finder = new PathFinder(tree);
        this.commands = new CommandLinker(this);
        this.programs = new ProgramLinker(this);
        this.files = new FileLinker(this);
    }

    public RepositoryTree tree() {
        return tree;
    }

    public AutomationGraph graph() {
        return graph;
    }

    PathFinder finder() {
        return finder;
    }

    CommandLinker commands() {
        return commands;
    }

    ProgramLinker programs() {
        return programs;
    }

    /** Makes known what an image copies where. */
    public void learn(PathMapping mapping) {
        finder.learn(mapping);
    }

    /** Something that runs text of a shell, which begins on that line. */
    public void shell(Node from, String text, int line, RunContext context) {
        graph.add(from);
        tasks.add(() -> {
            List<ShellCommand> found = ShellScript.parse(text, line)
                    .commands(context.directory(), Optional.empty(), context.environment());
            found.forEach(c -> commands.link(Site.of(from, c, context)));
        });
    }

    /** Something that runs a command whose words are already apart. */
    public void words(Node from, List<String> words, int line, RunContext context) {
        graph.add(from);
        if (!words.isEmpty()) {
            tasks.add(() -> commands.link(Site.of(from, command(words, line), context)));
        }
    }

    static ShellCommand command(List<String> words, int line) {
        return new ShellCommand(
                line,
                words,
                Map.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                "",
                List.of(),
                Optional.empty());
    }

    /** Something that runs a program whose text stands in it. */
    public void code(Node from, CodeLanguage language, String text, int line, RunContext context) {
        graph.add(from);
        tasks.add(() -> programs.inline(from, CodeFile.read(text, language, line), context));
    }

    /** Something that runs a file as a program; what it is, the file itself says. */
    public void file(Node from, String word, int line, RunContext context) {
        graph.add(from);
        tasks.add(() ->
                commands.runFile(Site.of(from, command(List.of(word), line), context), word, How.RUNS, List.of()));
    }

    /** Something that loads a file as code. */
    public void module(Node from, String word, int line, RunContext context) {
        tasks.add(() -> {
            for (String path : finder.find(word, context).paths()) {
                edge(from, Node.part(path, ProgramLinker.IMPORT), line, How.IMPORTS, context);
                edge(from, Node.part(path, ProgramLinker.FUNCTION + "default"), line, How.CALLS, context);
            }
        });
    }

    /** Does something once all surfaces have been read. */
    public void later(Runnable task) {
        tasks.add(task);
    }

    /** Notes a place that runs something, and reads that. */
    public void edge(Node from, Node to, int line, How how, RunContext context) {
        edge(from, to, line, how, context, false);
    }

    /** The same for a step that a chain need not name. */
    public void innerEdge(Node from, Node to, int line, RunContext context) {
        edge(from, to, line, How.RUNS, context, true);
    }

    void edge(Node from, Node to, int line, How how, RunContext context, boolean inner) {
        if (from.equals(to)) {
            return;
        }
        graph.add(new Edge(from, to, context.file(), line, how, context.conditions(), context.disabled(), inner));
        contexts.putIfAbsent(to, context);
        visit(to);
    }

    /** Reads what a node runs, once. */
    public void visit(Node node) {
        graph.add(node);
        if (visited.add(node)) {
            tasks.add(() -> files.visit(node, contexts.getOrDefault(node, RunContext.of(node.path(), ""))));
        }
    }

    public void start(Node node, AutomationTrigger trigger, String name) {
        graph.add(new Start(node, trigger, name));
        visit(node);
    }

    public void act(Node node, Effect effect, String tool, Site site, String text) {
        graph.add(new Act(node, effect, tool, site.context().file(), site.line(), text));
    }

    public void gap(Gap.Kind kind, String what, String file, int line) {
        String shown = what.length() <= 120 ? what : what.substring(0, 120) + "…";
        graph.add(new Gap(kind, shown, file, line));
    }

    /** A program, read; empty where it is none. */
    Optional<CodeFile> program(String path) {
        Optional<TreeFile> file = tree.file(path);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        return read.get(
                file.get(),
                () -> tree.text(file.get())
                        .flatMap(text -> FileLinker.language(path, text).map(l -> CodeFile.read(text, l, 1))));
    }

    /** The function that a line of a program stands in; empty at the top level, and in what is no program. */
    public String functionAt(String path, int line) {
        return program(path).map(p -> p.functionAt(line)).orElse("");
    }

    /** Does what is left to do. */
    public void explore() throws InterruptedException {
        while (!tasks.isEmpty()) {
            if (Thread.interrupted()) {
                throw new InterruptedException("the examination was stopped");
            }
            if (++done > MAX_TASKS) {
                gap(Gap.Kind.CUT, "more than " + MAX_TASKS + " commands and programs", "", 0);
                tasks.clear();
                return;
            }
            tasks.poll().run();
        }
    }

    /** The same context on the condition that nothing says whether this file is meant. */
    static RunContext uncertain(RunContext context, String word, int line) {
        return context.when(
                RunCondition.Kind.UNCERTAIN, "if " + word + " is this file, and not another of its name", line);
    }
}
