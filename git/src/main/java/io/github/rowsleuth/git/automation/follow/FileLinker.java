package io.github.rowsleuth.git.automation.follow;

import io.github.rowsleuth.git.automation.code.CodeLanguage;
import io.github.rowsleuth.git.automation.graph.Node;
import io.github.rowsleuth.git.automation.shell.ShellCommand;
import io.github.rowsleuth.git.automation.shell.ShellScript;
import io.github.rowsleuth.git.automation.tree.Paths;
import io.github.rowsleuth.git.automation.tree.TreeFile;
import io.github.rowsleuth.probe.AutomationLink.How;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a file that is run, by what it is: a script of a shell, a program, SQL. */
final class FileLinker {

    static final String SHELL_FUNCTION = "function ";

    private static final Set<String> SHELLS =
            Set.of("sh", "bash", "zsh", "ksh", "dash", "command", "envrc", "ps1", "bat", "cmd");
    private static final Set<String> SQL = Set.of("sql", "psql", "pgsql");
    private static final Pattern INCLUDE = Pattern.compile("(?m)^\\s*\\\\i[r]?\\s+(['\"]?)([^'\"\\n;]+)\\1");
    private static final Pattern SHELL_SHEBANG = Pattern.compile("^#!.{0,80}\\b(?:ba|z|k|da|a)?sh\\b");
    private static final int MAX_VARIANTS = 24;

    private final Explorer explorer;

    FileLinker(Explorer explorer) {
        this.explorer = explorer;
    }

    /** Whether the file is a script of a shell, by its name or its first line. */
    static boolean isShell(String path, String text) {
        String extension = Paths.extension(path);
        return SHELLS.contains(extension)
                || SHELL_SHEBANG.matcher(text).find()
                || (extension.isEmpty()
                        && !text.startsWith("#!")
                        && Paths.folder(path).endsWith(".husky"));
    }

    static Optional<CodeLanguage> language(String path, String text) {
        return CodeLanguage.ofExtension(Paths.extension(path)).or(() -> CodeLanguage.ofShebang(text));
    }

    static boolean isSql(String path) {
        return SQL.contains(Paths.extension(path));
    }

    void visit(Node node, RunContext context) {
        if (node.kind() == Node.Kind.COMMAND) {
            return;
        }
        Optional<TreeFile> file = explorer.tree().file(node.path());
        if (file.isEmpty()) {
            return;
        }
        if (node.kind() == Node.Kind.PART) {
            explorer.programs().visit(node, context);
            return;
        }
        Optional<String> text = explorer.tree().text(file.get());
        if (text.isEmpty()) {
            return;
        }
        if (isShell(node.path(), text.get())) {
            script(node, text.get(), context);
        } else if (isSql(node.path())) {
            sql(node, text.get(), context);
        } else if (language(node.path(), text.get()).isPresent()) {
            explorer.programs().visit(node, context);
        }
    }

    private void script(Node node, String text, RunContext caller) {
        ShellScript script = ShellScript.parse(text, 1);
        RunContext context = caller.within(node.path());
        String own = RunContext.repository(Paths.folder(node.path()));
        for (ShellCommand command : script.commands(own, arguments(node), Map.of())) {
            explorer.commands().link(Site.of(node, command, context));
        }
    }

    private static Optional<List<String>> arguments(Node node) {
        if (node.name().isEmpty()) {
            return Optional.empty();
        }
        String text = node.name().substring("with ".length());
        return Optional.of(text.isEmpty() ? List.of() : Arrays.asList(text.split("\u0001", -1)));
    }

    /** The node for a file that is run with these arguments: for a script that looks at them, one for each set. */
    Node nodeOf(String path, List<String> arguments) {
        boolean many = explorer.graph().nodes(path).size() > MAX_VARIANTS;
        boolean unknown = arguments.stream().anyMatch(a -> a.contains("${@}"));
        Optional<String> text =
                many || unknown ? Optional.empty() : explorer.tree().text(path);
        boolean matters = text.filter(t -> isShell(path, t))
                .filter(t -> ShellScript.parse(t, 1).looksAtArguments())
                .isPresent();
        return matters ? Node.file(path, String.join("\u0001", arguments)) : Node.file(path);
    }

    /** Files that psql is told to include, and jobs that SQL puts on a schedule. */
    private void sql(Node node, String text, RunContext caller) {
        RunContext context = caller.within(node.path()).in(RunContext.repository(Paths.folder(node.path())));
        Matcher include = INCLUDE.matcher(text);
        while (include.find()) {
            int line = (int) text.substring(0, include.start(2)).lines().count();
            for (String path :
                    explorer.finder().find(include.group(2).strip(), context).paths()) {
                explorer.edge(node, Node.file(path), Math.max(1, line), How.RUNS, context);
            }
        }
    }

    /** The functions of a script that another one loads. */
    Set<String> functions(String path) {
        return explorer.tree()
                .text(path)
                .filter(t -> isShell(path, t))
                .map(t -> ShellScript.parse(t, 1).functions())
                .orElse(Set.of());
    }

    static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
