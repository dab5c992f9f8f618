package io.github.rowsleuth.git.automation.surface;

import io.github.rowsleuth.git.automation.code.CodeFile;
import io.github.rowsleuth.git.automation.code.CodeFile.Argument;
import io.github.rowsleuth.git.automation.code.CodeFile.Call;
import io.github.rowsleuth.git.automation.code.CodeFile.Function;
import io.github.rowsleuth.git.automation.code.CodeFile.Value;
import io.github.rowsleuth.git.automation.code.CodeLanguage;
import io.github.rowsleuth.git.automation.follow.Crontabs;
import io.github.rowsleuth.git.automation.follow.RunContext;
import io.github.rowsleuth.git.automation.graph.Gap;
import io.github.rowsleuth.git.automation.graph.Node;
import io.github.rowsleuth.git.automation.tree.Paths;
import io.github.rowsleuth.probe.AutomationLink.How;
import io.github.rowsleuth.probe.AutomationTrigger.Kind;
import io.github.rowsleuth.probe.RunCondition;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Graphs of Airflow: when they run, and the commands, functions and SQL of their tasks. */
final class AirflowDags {

    private static final Pattern ZONE = Pattern.compile(
            "tz\\s*=\\s*[\"']([\\w/+-]{1,60})[\"']|timezone\\([\"']([\\w/+-]{1,60})[\"']\\)|pendulum\\.timezone\\([\"']([\\w/+-]{1,60})[\"']");

    private AirflowDags() {}

    static boolean is(String text) {
        return text.contains("airflow") && (text.contains("DAG(") || text.contains("@dag"));
    }

    static void read(SurfaceFile file) {
        CodeFile program = CodeFile.read(file.text(), CodeLanguage.PYTHON, 1);
        List<Call> graphs = new ArrayList<>();
        program.calls().stream().filter(c -> c.simpleName().equals("DAG")).forEach(graphs::add);
        for (Function function : program.functions()) {
            function.decorators().stream()
                    .filter(d -> d.simpleName().equals("dag"))
                    .forEach(graphs::add);
        }
        Node node = file.part("dag");
        for (Call graph : graphs) {
            start(file, node, graph);
        }
        for (Call call : program.calls()) {
            if (call.simpleName().endsWith("Operator")) {
                task(file, node, call);
            }
        }
        for (Function function : program.functions()) {
            boolean task = function.decorators().stream().anyMatch(d -> d.name().startsWith("task"));
            if (task) {
                file.explorer()
                        .edge(
                                node,
                                Node.part(file.path(), "function " + function.name()),
                                function.line(),
                                How.CALLS,
                                context(file));
            }
        }
    }

    private static RunContext context(SurfaceFile file) {
        return RunContext.of(file.path(), file.folder()).unless(Shelved.reason(file.path()));
    }

    private static void start(SurfaceFile file, Node node, Call graph) {
        RunContext context = context(file);
        if (graph.argument("is_paused_upon_creation")
                .filter(v -> v.text().contains("True"))
                .isPresent()) {
            context = context.when(
                    RunCondition.Kind.MANUAL, "once a person has switched it on: it begins paused", graph.line());
        }
        Optional<Argument> schedule = graph.arguments().stream()
                .filter(a -> a.keyword().equals("schedule") || a.keyword().equals("schedule_interval"))
                .findFirst();
        String name = "dag "
                + graph.argument(0)
                        .or(() -> graph.argument("dag_id"))
                        .map(Value::text)
                        .orElse(Paths.stem(file.path()));
        String text = schedule.map(s -> s.value().text()).orElse("${None}");
        int line = schedule.map(Argument::line).orElse(graph.line());
        Matcher zone = ZONE.matcher(file.text());
        Optional<ZoneId> named = zone.find()
                ? Crontabs.zone(
                        zone.group(1) != null ? zone.group(1) : zone.group(2) != null ? zone.group(2) : zone.group(3))
                : Optional.of(ZoneId.of("UTC"));
        if (text.contains("None")) {
            file.start(
                    node,
                    Kind.DISPATCH,
                    "started by hand",
                    line,
                    context.when(RunCondition.Kind.MANUAL, "started by a person", line),
                    name);
        } else if (text.startsWith("${")) {
            file.gap(Gap.Kind.VARIABLE, "the schedule of " + name, line);
            file.start(node, Kind.SCHEDULE, "schedule that is computed", line, context, name);
        } else {
            file.schedule(node, text, named, line, context, name);
        }
    }

    private static void task(SurfaceFile file, Node node, Call call) {
        RunContext context = context(file).unless(call.place().dead());
        for (Argument argument : call.arguments()) {
            switch (argument.keyword()) {
                case "bash_command", "command", "cmds" -> {
                    if (argument.value().list()) {
                        file.explorer().words(node, argument.value().words(), argument.line(), context.in("/"));
                    } else {
                        file.explorer()
                                .shell(
                                        node,
                                        argument.value()
                                                .text()
                                                .replace("{{", "${")
                                                .replace("}}", "}"),
                                        argument.line(),
                                        context);
                    }
                }
                case "sql" -> argument.value().words().forEach(sql -> sql(file, node, sql, argument.line(), context));
                default -> {}
            }
        }
        for (String reference : call.references()) {
            Node function = Node.part(file.path(), "function " + reference.substring(reference.lastIndexOf('.') + 1));
            file.explorer().edge(node, function, call.line(), How.CALLS, context);
        }
    }

    private static void sql(SurfaceFile file, Node node, String sql, int line, RunContext context) {
        boolean path = sql.strip().endsWith(".sql") && !sql.contains("\n");
        file.explorer().words(node, List.of("psql", path ? "-f" : "-c", sql.strip()), line, context);
    }
}
