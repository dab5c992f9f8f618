package io.github.rowsleuth.git.automation.follow;

import io.github.rowsleuth.git.automation.code.CodeFile;
import io.github.rowsleuth.git.automation.code.CodeFile.Call;
import io.github.rowsleuth.git.automation.code.CodeFile.Function;
import io.github.rowsleuth.git.automation.code.CodeFile.Import;
import io.github.rowsleuth.git.automation.code.CodeFile.Literal;
import io.github.rowsleuth.git.automation.code.CodeFile.Place;
import io.github.rowsleuth.git.automation.graph.Node;
import io.github.rowsleuth.git.automation.tree.Paths;
import io.github.rowsleuth.probe.AutomationLink.How;
import io.github.rowsleuth.probe.RunCondition;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Says what a program runs, function by function: a file that is imported runs its top level, and of its functions only
 * those that are called. What only answers a request is not reached by a start.
 */
final class ProgramLinker {

    /** The part of a file that runs when it is imported. */
    static final String IMPORT = "import";

    /** Stands before the name of a function that is run. */
    static final String FUNCTION = "function ";

    /** The part that stands for everything in the file, whatever it waits for. */
    static final String ALL = "all";

    /** Stands before the lines of a piece that is run by itself. */
    static final String LINES = "lines ";

    private static final Set<String> RUNS_SQL = Set.of(
            "execute",
            "executescript",
            "exec_driver_sql",
            "query",
            "raw",
            "unsafe",
            "text",
            "$executerawunsafe",
            "run",
            "exec",
            "system",
            "executeany",
            "executemany",
            "from_string",
            "sequence",
            "begin",
            "batch");
    private static final Set<String> AT_START = Set.of("onModuleInit", "onApplicationBootstrap");
    private static final Set<String> STARTS =
            Set.of("on_event", "before_first_request", "before_serving", "on_startup");

    private final Explorer explorer;
    private final Modules modules;
    private final ProcessCalls processes;

    ProgramLinker(Explorer explorer) {
        this.explorer = explorer;
        this.modules = new Modules(explorer);
        this.processes = new ProcessCalls(explorer);
    }

    Optional<String> module(String name, String file, RunContext context) {
        return modules.python(name, file, context);
    }

    /** Follows a program that stands in another file. */
    void inline(Node from, CodeFile program, RunContext context) {
        Body body = new Body(from, program, context, context.file());
        follow(body, p -> !p.deferred());
    }

    void visit(Node node, RunContext caller) {
        Optional<CodeFile> program = explorer.program(node.path());
        if (program.isEmpty()) {
            return;
        }
        Body body = new Body(node, program.get(), caller.within(node.path()), node.path());
        String name = node.kind() == Node.Kind.FILE ? "" : node.name();
        if (node.kind() == Node.Kind.FILE) {
            follow(body, p -> p.function().isEmpty() && !p.deferred());
            started(body);
            managementCommand(body);
        } else if (name.equals(IMPORT)) {
            follow(body, p -> p.function().isEmpty() && !p.main() && !p.deferred());
            started(body);
        } else if (name.equals(ALL)) {
            follow(body, p -> true);
        } else if (name.startsWith(FUNCTION)) {
            function(body, name.substring(FUNCTION.length()));
        } else if (name.startsWith(LINES)) {
            lines(body, name.substring(LINES.length()));
        }
    }

    /** A program while it is being followed. */
    record Body(Node node, CodeFile program, RunContext context, String path) {}

    private void follow(Body body, Predicate<Place> reached) {
        boolean runsSql = false;
        for (Call call : body.program.calls()) {
            if (reached.test(call.place())) {
                call(body, call);
                runsSql |= RUNS_SQL.contains(call.simpleName().toLowerCase(Locale.ROOT));
            }
        }
        for (Import one : body.program.imports()) {
            if (reached.test(one.place())) {
                imported(body, one);
            }
        }
        if (runsSql
                || body.program.calls().stream().anyMatch(c -> c.simpleName().equalsIgnoreCase("execute"))) {
            for (Literal literal : body.program.paths()) {
                if (reached.test(literal.place()) && FileLinker.isSql(literal.text())) {
                    read(body, literal);
                }
            }
        }
    }

    private void function(Body body, String name) {
        boolean known = body.program.functions().stream().anyMatch(f -> f.name().equals(name));
        if (known) {
            follow(body, p -> p.function().equals(name) && !p.deferred());
            return;
        }
        // A class that is made, or a name that the file only passes on.
        for (Function function : body.program.functions()) {
            boolean maker = function.name().startsWith(name + ".")
                    && Set.of("__init__", "constructor", "initialize", "__post_init__", "call", "__call__", "handle")
                            .contains(function.simpleName());
            if (maker || function.simpleName().equals(name)) {
                inner(body, function.name(), function.line());
            }
        }
        for (Import one : body.program.imports()) {
            one.names().stream()
                    .filter(n -> n.alias().equals(name))
                    .forEach(n -> modules.resolve(body, one.module())
                            .forEach(path ->
                                    calls(body, Node.part(path, FUNCTION + n.name()), one.line(), one.place())));
        }
    }

    private void lines(Body body, String range) {
        int dash = range.indexOf('-');
        int first = Integer.parseInt(range.substring(0, dash));
        int last = Integer.parseInt(range.substring(dash + 1));
        for (Call call : body.program.calls()) {
            if (call.line() >= first && call.line() <= last) {
                call(body, call);
            }
        }
    }

    /** Functions that the framework runs when the application starts. */
    private void started(Body body) {
        for (Function function : body.program.functions()) {
            boolean registered = function.decorators().stream()
                    .anyMatch(d -> STARTS.contains(d.simpleName())
                            && (d.arguments().isEmpty()
                                    || d.arguments().get(0).value().text().contains("start")));
            if (registered || AT_START.contains(function.simpleName())) {
                inner(body, function.name(), function.line());
            }
        }
    }

    private void managementCommand(Body body) {
        if (body.path.contains("/management/commands/")) {
            body.program.named("handle").forEach(f -> inner(body, f.name(), f.line()));
        }
    }

    private void inner(Body body, String function, int line) {
        explorer.innerEdge(body.node, Node.part(body.path, FUNCTION + function), line, body.context);
    }

    private void imported(Body body, Import one) {
        for (String path : modules.resolve(body, one.module())) {
            explorer.edge(body.node, Node.part(path, IMPORT), one.line(), How.IMPORTS, placed(body, one.place()));
        }
        for (CodeFile.Name name : one.names()) {
            modules.submodule(body, one.module(), name.name())
                    .ifPresent(path -> explorer.edge(
                            body.node, Node.part(path, IMPORT), one.line(), How.IMPORTS, placed(body, one.place())));
        }
    }

    private void read(Body body, Literal literal) {
        RunContext context = placed(body, literal.place());
        for (String path : explorer.finder().find(literal.text(), context).paths()) {
            explorer.edge(body.node, Node.file(path), literal.line(), How.READS, context);
        }
    }

    private void call(Body body, Call call) {
        if (processes.link(body, call, placed(body, call.place()))) {
            return;
        }
        called(body, call.name(), call);
        for (String reference : call.references()) {
            if (!reference.equals(call.name())) {
                referred(body, reference, call);
            }
        }
    }

    /** The function that a name means: one of the file, one that was imported, or one of what was imported. */
    private void called(Body body, String name, Call call) {
        String plain = call.simpleName().equals("delay") || call.simpleName().equals("apply_async")
                ? name.substring(0, Math.max(0, name.lastIndexOf('.')))
                : name;
        int dot = plain.lastIndexOf('.');
        String last = plain.substring(dot + 1);
        String receiver = dot < 0 ? "" : plain.substring(0, dot);
        if (receiver.isEmpty() || receiver.equals("self") || receiver.equals("this") || receiver.equals("cls")) {
            if (ownFunctions(body, last, call) || receiver.length() > 0) {
                return;
            }
        }
        for (Import one : body.program.imports()) {
            imported(body, one, receiver, last, call);
        }
        if (!receiver.isEmpty()
                && body.program.functions().stream().anyMatch(f -> f.name().equals(receiver + "." + last))) {
            inner(body, receiver + "." + last, call.line());
        } else if (!receiver.isEmpty()) {
            modules.methods(body, receiver, last).forEach(m -> calls(body, m, call.line(), call.place()));
        }
    }

    private boolean ownFunctions(Body body, String name, Call call) {
        List<Function> own = body.program.named(name);
        for (Function function : own) {
            RunContext context = placed(body, call.place());
            explorer.innerEdge(body.node, Node.part(body.path, FUNCTION + function.name()), call.line(), context);
        }
        boolean type = body.program.functions().stream().anyMatch(f -> f.name().startsWith(name + "."));
        if (own.isEmpty() && type) {
            inner(body, name, call.line());
        }
        return !own.isEmpty() || type;
    }

    private void imported(Body body, Import one, String receiver, String last, Call call) {
        if (receiver.isEmpty()) {
            one.names().stream()
                    .filter(n -> n.alias().equals(last))
                    .forEach(n -> modules.resolve(body, one.module())
                            .forEach(path ->
                                    calls(body, Node.part(path, FUNCTION + n.name()), call.line(), call.place())));
            if (one.alias().equals(last)) {
                modules.resolve(body, one.module())
                        .forEach(p -> calls(body, Node.part(p, FUNCTION + "default"), call.line(), call.place()));
            }
            return;
        }
        if (one.alias().equals(receiver)) {
            modules.resolve(body, one.module())
                    .forEach(p -> calls(body, Node.part(p, FUNCTION + last), call.line(), call.place()));
        }
        for (CodeFile.Name name : one.names()) {
            if (!name.alias().equals(receiver)) {
                continue;
            }
            Optional<String> submodule = modules.submodule(body, one.module(), name.name());
            if (submodule.isPresent()) {
                calls(body, Node.part(submodule.get(), FUNCTION + last), call.line(), call.place());
            } else {
                modules.resolve(body, one.module())
                        .forEach(p -> calls(
                                body, Node.part(p, FUNCTION + name.name() + "." + last), call.line(), call.place()));
            }
        }
    }

    /** A function that is handed to a call: it is taken to be called, if there is one of that name. */
    private void referred(Body body, String reference, Call call) {
        int dot = reference.lastIndexOf('.');
        String last = reference.substring(dot + 1);
        if (dot < 0 && !body.program.named(last).isEmpty()) {
            ownFunctions(body, last, call);
            return;
        }
        for (Import one : body.program.imports()) {
            boolean whole = dot > 0 && one.alias().equals(reference.substring(0, dot));
            for (String path : whole || dot < 0 ? modules.resolve(body, one.module()) : List.<String>of()) {
                boolean taken =
                        whole || one.names().stream().anyMatch(n -> n.alias().equals(last));
                if (taken && modules.defines(path, last)) {
                    calls(body, Node.part(path, FUNCTION + last), call.line(), call.place());
                }
            }
        }
    }

    private void calls(Body body, Node to, int line, Place place) {
        explorer.edge(body.node, to, line, How.CALLS, placed(body, place));
    }

    private static RunContext placed(Body body, Place place) {
        List<RunCondition> tests = place.conditions().stream()
                .map(t -> new RunCondition(RunCondition.Kind.TEST, t.text(), body.context.file(), t.line()))
                .toList();
        return body.context.when(tests).unless(place.dead());
    }

    static String folder(Body body) {
        return Paths.folder(body.path());
    }
}
