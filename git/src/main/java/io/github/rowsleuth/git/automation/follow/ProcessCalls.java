package io.github.rowsleuth.git.automation.follow;

import io.github.rowsleuth.git.automation.code.CodeFile;
import io.github.rowsleuth.git.automation.code.CodeFile.Call;
import io.github.rowsleuth.git.automation.code.CodeFile.Import;
import io.github.rowsleuth.git.automation.code.CodeFile.Value;
import io.github.rowsleuth.git.automation.code.CodeLanguage;
import io.github.rowsleuth.git.automation.follow.ProgramLinker.Body;
import io.github.rowsleuth.git.automation.graph.Node;
import io.github.rowsleuth.git.automation.shell.ShellCommand;
import io.github.rowsleuth.git.automation.shell.ShellScript;
import io.github.rowsleuth.git.automation.tree.Paths;
import io.github.rowsleuth.probe.AutomationLink.How;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Calls by which a program starts another: processes, tools through their libraries, files run as modules. */
final class ProcessCalls {

    /** Calls that start a process whoever they belong to. */
    private static final Set<String> ALWAYS = Set.of(
            "Popen",
            "check_call",
            "check_output",
            "getoutput",
            "create_subprocess_exec",
            "create_subprocess_shell",
            "execSync",
            "spawnSync",
            "execFile",
            "execFileSync",
            "execa",
            "execaSync",
            "execaCommand",
            "execAsync",
            "execPromise",
            "ProcessBuilder",
            "shell_exec",
            "passthru",
            "proc_open",
            "CommandContext",
            "execvp",
            "execv",
            "execlp",
            "spawnlp");

    /** Calls that start a process where they belong to one of {@link #OWNERS}, or stand alone in some languages. */
    private static final Set<String> SOMETIMES = Set.of(
            "run", "call", "system", "popen", "exec", "spawn", "fork", "sh", "bat", "pwsh", "Command", "start", "$");

    private static final Set<String> OWNERS = Set.of(
            "subprocess",
            "sp",
            "os",
            "asyncio",
            "child_process",
            "childProcess",
            "cp",
            "exec",
            "Kernel",
            "Process",
            "shell",
            "shelljs",
            "Runtime.getRuntime",
            "invoke",
            "ctx",
            "c",
            "session",
            "Open3");

    private final Explorer explorer;

    ProcessCalls(Explorer explorer) {
        this.explorer = explorer;
    }

    /** Follows a call that starts something; says whether it was one. */
    boolean link(Body body, Call call, RunContext context) {
        String name = call.simpleName();
        if (starts(body, call)) {
            started(body, call, context);
            return true;
        }
        switch (name) {
            case "run_path" -> run(body, call, context, How.RUNS);
            case "run_module" ->
                call.argument(0).ifPresent(v -> words(body, call, List.of("python", "-m", v.text()), context));
            case "import_module", "__import__" -> loaded(body, call, context);
            case "upgrade", "downgrade" -> {
                return alembic(body, call, context);
            }
            case "call_command" ->
                call.argument(0)
                        .ifPresent(v ->
                                words(body, call, joined(List.of("python", "manage.py"), positional(call)), context));
            case "main" -> {
                return toolMain(body, call, context);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private static boolean starts(Body body, Call call) {
        String name = call.simpleName();
        if (ALWAYS.contains(name)) {
            return true;
        }
        if (!SOMETIMES.contains(name)) {
            return false;
        }
        int dot = call.name().lastIndexOf('.');
        if (dot >= 0) {
            String owner = call.name().substring(0, dot);
            return OWNERS.contains(owner) || (owner.equals("Bun") && name.equals("spawn"));
        }
        boolean scripting = body.program().language() == CodeLanguage.RUBY
                || body.program().language() == CodeLanguage.PHP
                || body.program().language() == CodeLanguage.JAVA;
        return name.equals("$")
                || (scripting && !name.equals("run") && !name.equals("start"))
                || takenFrom(
                        body.program(),
                        name,
                        "subprocess",
                        "os",
                        "child_process",
                        "node:child_process",
                        "zx",
                        "shelljs",
                        "util");
    }

    private static boolean takenFrom(CodeFile program, String name, String... modules) {
        for (Import one : program.imports()) {
            boolean fits = Set.of(modules).contains(one.module());
            if (fits && one.names().stream().anyMatch(n -> n.alias().equals(name))) {
                return true;
            }
        }
        // promisify(exec) gives it another module, or none
        return name.equals("exec")
                && program.imports().stream().anyMatch(i -> i.module().endsWith("child_process"));
    }

    private void started(Body body, Call call, RunContext context) {
        Optional<Value> folder = call.argument("cwd").or(() -> call.argument("chdir"));
        RunContext there = folder.map(f -> context.in(placed(f.text(), body))).orElse(context);
        List<Value> values = call.arguments().stream()
                .filter(a -> a.keyword().isEmpty())
                .map(CodeFile.Argument::value)
                .toList();
        if (values.isEmpty()) {
            values = call.argument("args").map(List::of).orElse(List.of());
        }
        if (values.isEmpty()) {
            return;
        }
        Value first = values.get(0);
        if (call.simpleName().equals("fork")) {
            words(body, call, joined(List.of("node"), first.words()), there);
            return;
        }
        boolean severalWords =
                first.list() || (values.size() > 1 && !first.text().contains(" "));
        if (!severalWords) {
            text(body, call, first.text(), there);
            return;
        }
        List<String> words = new ArrayList<>();
        for (Value value : first.list() ? List.of(first) : values) {
            words.addAll(value.words());
        }
        words(body, call, words, there);
    }

    private static List<String> joined(List<String> first, List<String> rest) {
        List<String> all = new ArrayList<>(first);
        all.addAll(rest);
        return all;
    }

    private static List<String> positional(Call call) {
        return call.arguments().stream()
                .filter(a -> a.keyword().isEmpty())
                .flatMap(a -> a.value().words().stream())
                .toList();
    }

    private void words(Body body, Call call, List<String> words, RunContext context) {
        List<String> placed = words.stream().map(w -> placed(w, body)).toList();
        if (!placed.isEmpty()) {
            explorer.commands().link(new Site(body.node(), Explorer.command(placed, call.line()), context));
        }
    }

    private void text(Body body, Call call, String text, RunContext context) {
        for (ShellCommand command : ShellScript.parse(placed(text, body), call.line())
                .commands(context.directory(), Optional.empty(), context.environment())) {
            explorer.commands().link(Site.of(body.node(), command, context));
        }
    }

    /** Puts the folder of the program where it asks for it. */
    private static String placed(String text, Body body) {
        String here = RunContext.repository(ProgramLinker.folder(body));
        return text.contains(CodeFile.HERE) ? text.replace(CodeFile.HERE, here) : text;
    }

    private void run(Body body, Call call, RunContext context, How how) {
        call.argument(0)
                .ifPresent(v -> explorer.commands()
                        .runFile(
                                new Site(body.node(), Explorer.command(List.of("run_path"), call.line()), context),
                                placed(v.text(), body),
                                how,
                                List.of()));
    }

    private void loaded(Body body, Call call, RunContext context) {
        call.argument(0)
                .flatMap(v -> explorer.programs().module(v.text(), body.path(), context))
                .ifPresent(path -> explorer.edge(
                        body.node(), Node.part(path, ProgramLinker.IMPORT), call.line(), How.IMPORTS, context));
    }

    /** {@code alembic.command.upgrade(config, "head")}, and the same of its wrappers. */
    private boolean alembic(Body body, Call call, RunContext context) {
        boolean used = body.program().imports().stream()
                .anyMatch(i -> i.module().startsWith("alembic") || i.module().startsWith("flask_migrate"));
        if (!used) {
            return false;
        }
        String revision = call.argument(1)
                .or(() -> call.argument("revision"))
                .map(Value::text)
                .orElse("head");
        words(body, call, List.of("alembic", call.simpleName(), revision), context);
        return true;
    }

    /** {@code pytest.main([…])}, {@code alembic.config.main(argv=[…])}. */
    private boolean toolMain(Body body, Call call, RunContext context) {
        String owner =
                call.name().contains(".") ? call.name().substring(0, call.name().indexOf('.')) : "";
        if (!owner.equals("pytest") && !owner.equals("alembic")) {
            return false;
        }
        List<String> arguments = call.argument(0)
                .or(() -> call.argument("argv"))
                .map(Value::words)
                .orElse(List.of());
        words(body, call, joined(List.of(owner), arguments), context);
        return true;
    }

    static boolean isScript(String path) {
        return !Paths.extension(path).isEmpty();
    }
}
