package io.github.rowsleuth.git.automation.surface;

import io.github.rowsleuth.git.automation.config.ConfigNode;
import io.github.rowsleuth.git.automation.config.ConfigNode.Entry;
import io.github.rowsleuth.git.automation.follow.RunContext;
import io.github.rowsleuth.git.automation.graph.Node;
import io.github.rowsleuth.git.automation.tree.Paths;
import io.github.rowsleuth.git.automation.tree.TreeFile;
import io.github.rowsleuth.probe.AutomationLink.How;
import io.github.rowsleuth.probe.RunCondition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Make and its like: targets with their prerequisites and recipes. */
final class Makefiles {

    static final String TARGET = "target ";

    private static final Pattern VARIABLE =
            Pattern.compile("^\\s*(?:export\\s+|override\\s+)?([A-Za-z_][\\w.-]{0,60})\\s*(?:[:?+!]{0,3})=\\s*(.*)$");
    private static final Pattern RULE =
            Pattern.compile("^([^\\s#:=][^:=#]{0,300}?)\\s*(::?)(?!=)\\s*([^=;#]{0,2000})(?:;(.*))?(?:#.*)?$");
    private static final Pattern REFERENCE = Pattern.compile("\\$[({]([A-Za-z_][\\w.-]{0,60})[)}]");
    private static final Pattern RECIPE =
            Pattern.compile("^@?([A-Za-z_][\\w-]{0,80})(?:\\s[^:=]{0,300})?:(?!=)\\s*(.*)$");
    private static final int MAX_LINES = 50_000;
    private static final int MAX_DEPTH = 4;

    private final SurfaceFile file;
    private final Map<String, String> variables = new HashMap<>();
    private final Map<String, List<Line>> recipes = new LinkedHashMap<>();
    private final Map<String, Integer> lines = new LinkedHashMap<>();
    private final List<Runnable> edges = new ArrayList<>();
    private final List<Makefiles> included = new ArrayList<>();
    private Optional<String> first = Optional.empty();
    private final int depth;

    /** A line of a recipe, with the condition it stands under. */
    private record Line(String text, int line, RunContext context) {}

    private Makefiles(SurfaceFile file, int depth) {
        this.file = file;
        this.depth = depth;
    }

    static boolean is(String name) {
        return name.equals("makefile")
                || name.equals("gnumakefile")
                || name.endsWith(".mk")
                || name.startsWith("makefile.");
    }

    static boolean isJust(String name) {
        return name.equals("justfile") || name.equals(".justfile") || name.endsWith(".just");
    }

    static boolean isTask(String name) {
        return name.equals("taskfile.yml") || name.equals("taskfile.yaml");
    }

    static void read(SurfaceFile file) {
        Makefiles make = new Makefiles(file, 0);
        make.lines();
        make.link();
    }

    private void lines() {
        String[] all = file.text().split("\n", MAX_LINES);
        List<String> targets = List.of();
        List<String> conditions = new ArrayList<>();
        for (int i = 0; i < all.length; i++) {
            int start = i;
            StringBuilder joined = new StringBuilder(all[i]);
            while (joined.length() > 0
                    && joined.charAt(joined.length() - 1) == '\\'
                    && i + 1 < all.length
                    && joined.length() < 50_000) {
                joined.append('\n').append(all[++i]);
            }
            String text = joined.toString();
            String plain = text.strip();
            if (text.startsWith("\t") && !targets.isEmpty()) {
                recipe(targets, text.substring(1), start + 1, conditions);
            } else if (!conditional(plain, conditions)) {
                targets = statement(text, start + 1, targets, conditions);
            }
        }
    }

    private List<String> statement(String text, int line, List<String> targets, List<String> conditions) {
        String plain = text.strip();
        if (plain.startsWith("include ") || plain.startsWith("-include ") || plain.startsWith("sinclude ")) {
            included(plain, line);
            return targets;
        }
        return plain.isEmpty() || plain.startsWith("#")
                ? targets
                : definition(text.replace("\\\n", " "), line, targets, conditions);
    }

    private static boolean conditional(String plain, List<String> open) {
        if (plain.startsWith("ifeq")
                || plain.startsWith("ifneq")
                || plain.startsWith("ifdef")
                || plain.startsWith("ifndef")) {
            open.add(plain);
        } else if (plain.startsWith("else") && !open.isEmpty()) {
            open.set(open.size() - 1, "not: " + open.get(open.size() - 1));
        } else if (plain.equals("endif") && !open.isEmpty()) {
            open.remove(open.size() - 1);
        } else {
            return false;
        }
        return true;
    }

    private List<String> definition(String text, int line, List<String> before, List<String> conditions) {
        Matcher variable = VARIABLE.matcher(text);
        if (variable.matches()) {
            variables.putIfAbsent(
                    variable.group(1),
                    variable.group(2).replaceFirst("\\s+#.*$", "").strip());
            return before;
        }
        Matcher rule = RULE.matcher(text);
        if (!rule.matches()
                || rule.group(1).startsWith(".PHONY")
                || rule.group(1).startsWith(".")) {
            return rule.matches() ? List.of() : before;
        }
        List<String> targets = Dockerfiles.split(expanded(rule.group(1)));
        for (String target : targets) {
            recipes.computeIfAbsent(target, t -> new ArrayList<>());
            lines.putIfAbsent(target, line);
            first = first.or(() -> target.contains("%") ? Optional.empty() : Optional.of(target));
            for (String needed : Dockerfiles.split(expanded(rule.group(3)))) {
                edges.add(() -> prerequisite(target, needed, line));
            }
        }
        if (rule.group(4) != null) {
            recipe(targets, rule.group(4), line, conditions);
        }
        return targets;
    }

    private void recipe(List<String> targets, String text, int line, List<String> conditions) {
        RunContext context = file.context();
        for (String condition : conditions) {
            Matcher equal = Pattern.compile("ifeq\\s*\\(\\s*([^,$]*)\\s*,\\s*([^,$)]*)\\s*\\)")
                    .matcher(condition);
            boolean never = equal.matches()
                    && !equal.group(1).strip().equals(equal.group(2).strip());
            context = never
                    ? context.unless(Optional.of("never true: " + condition))
                    : context.when(RunCondition.Kind.TEST, condition, line);
        }
        RunContext placed = context;
        targets.forEach(t -> recipes.computeIfAbsent(t, n -> new ArrayList<>()).add(new Line(text, line, placed)));
    }

    private String expanded(String text) {
        String expanded = text;
        for (int i = 0; i < 6 && expanded.contains("$"); i++) {
            String next = REFERENCE
                    .matcher(expanded)
                    .replaceAll(m -> Matcher.quoteReplacement(
                            m.group(1).equals("MAKE")
                                    ? "make"
                                    : variables.getOrDefault(m.group(1), "${" + m.group(1) + "}")));
            if (next.equals(expanded) || next.length() > 20_000) {
                break;
            }
            expanded = next;
        }
        return expanded;
    }

    private void link() {
        first.ifPresent(t -> file.explorer()
                .innerEdge(
                        file.part(TARGET + "(first)"),
                        file.part(TARGET + t),
                        lines.getOrDefault(t, 1),
                        file.context()));
        edges.forEach(Runnable::run);
        recipes(RunContext.repository(file.folder()));
        for (Makefiles make : included) {
            variables.forEach(make.variables::putIfAbsent);
            make.recipes(RunContext.repository(file.folder()));
        }
    }

    /** The commands of included files run where the including file lies, with its variables. */
    private void recipes(String directory) {
        recipes.forEach((target, recipe) -> {
            Node node = file.part(TARGET + target);
            file.explorer().visit(node);
            Optional<String> stopped = Optional.empty();
            for (Line line : recipe) {
                String text = expanded(line.text.replaceFirst("^[@\\s+-]+", "").replace("$$", "\u0001"))
                        .replace("\u0001", "$");
                file.explorer()
                        .shell(
                                node,
                                text.replace("$@", target),
                                line.line,
                                line.context.in(directory).unless(stopped));
                if (text.strip().equals("false")
                        || text.contains("$(error")
                        || text.strip().startsWith("exit ")) {
                    stopped = Optional.of("after " + text.strip() + " on line " + line.line);
                }
            }
        });
    }

    private void prerequisite(String target, String needed, int line) {
        Node from = file.part(TARGET + target);
        file.explorer().later(() -> {
            Node to = file.part(TARGET + needed);
            if (!needed.equals("|") && file.explorer().graph().knows(to)) {
                file.explorer().edge(from, to, line, How.RUNS, file.context());
            }
        });
    }

    /** What other files define is defined here too. */
    private void included(String plain, int line) {
        if (depth >= MAX_DEPTH) {
            return; // files that include each other
        }
        for (String word : Dockerfiles.split(expanded(plain.substring(plain.indexOf(' '))))) {
            String pattern = Paths.join(file.folder(), word);
            List<TreeFile> found = file.explorer().tree().matching(pattern);
            for (TreeFile other : found) {
                file.explorer().tree().text(other).ifPresent(text -> {
                    Makefiles make = new Makefiles(new SurfaceFile(other.path(), text, file.explorer()), depth + 1);
                    make.lines();
                    make.variables.forEach(variables::putIfAbsent);
                    included.add(make);
                    for (String target : make.lines.keySet()) {
                        Node here = file.part(TARGET + target);
                        Node there = Node.part(other.path(), TARGET + target);
                        file.explorer().innerEdge(here, there, line, file.context());
                    }
                });
            }
        }
    }

    /** A justfile: recipes with their dependencies; the indented lines are commands. */
    static void readJust(SurfaceFile file) {
        String[] all = file.text().split("\n", MAX_LINES);
        Optional<Node> node = Optional.empty();
        boolean any = false;
        for (int i = 0; i < all.length; i++) {
            Matcher recipe = RECIPE.matcher(all[i]);
            if (recipe.matches()) {
                Node here = file.part("recipe " + recipe.group(1));
                node = Optional.of(here);
                file.explorer().visit(here);
                int line = i + 1;
                if (!any) {
                    file.explorer().innerEdge(file.part("recipe default"), here, line, file.context());
                    any = true;
                }
                for (String needed : Dockerfiles.split(recipe.group(2).replaceAll("[()&|]", " "))) {
                    Node other = file.part("recipe " + needed);
                    file.explorer().later(() -> {
                        if (file.explorer().graph().knows(other)) {
                            file.explorer().edge(here, other, line, How.RUNS, file.context());
                        }
                    });
                }
            } else if (node.isPresent() && !all[i].isBlank() && Character.isWhitespace(all[i].charAt(0))) {
                file.explorer().shell(node.get(), all[i].strip().replaceFirst("^[@-]+", ""), i + 1, file.context());
            } else if (!all[i].isBlank() && !all[i].startsWith("#")) {
                node = Optional.empty();
            }
        }
    }

    /** A Taskfile: tasks with their dependencies and commands. */
    static void readTasks(SurfaceFile file) {
        for (Entry task : file.firstYaml().at("tasks").entries()) {
            Node node = file.part("task " + task.key());
            file.explorer().visit(node);
            ConfigNode body = task.value();
            String directory = body.at("dir").text();
            RunContext context =
                    directory.isEmpty() ? file.context() : file.context().in(directory);
            for (ConfigNode command : body.isMapping() ? body.at("cmds").items() : body.items()) {
                ConfigNode text = command.isText() ? command : command.at("cmd");
                if (text.isText()) {
                    file.explorer().shell(node, text.text(), text.textLine(), context);
                }
                needed(file, node, command.at("task"), context);
            }
            body.at("deps").items().forEach(d -> needed(file, node, d.isText() ? d : d.at("task"), context));
        }
    }

    private static void needed(SurfaceFile file, Node node, ConfigNode task, RunContext context) {
        if (task.isText()) {
            Node other = file.part("task " + task.text());
            file.explorer().later(() -> file.explorer().edge(node, other, task.line(), How.RUNS, context));
        }
    }
}
