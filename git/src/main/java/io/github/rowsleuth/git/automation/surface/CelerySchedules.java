package io.github.rowsleuth.git.automation.surface;

import io.github.rowsleuth.git.automation.code.CodeFile;
import io.github.rowsleuth.git.automation.code.CodeFile.Call;
import io.github.rowsleuth.git.automation.code.CodeLanguage;
import io.github.rowsleuth.git.automation.follow.Crontabs;
import io.github.rowsleuth.git.automation.follow.RunContext;
import io.github.rowsleuth.git.automation.graph.Node;
import io.github.rowsleuth.git.automation.tree.Paths;
import io.github.rowsleuth.git.automation.tree.TreeFile;
import io.github.rowsleuth.probe.AutomationLink.How;
import java.time.ZoneId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The schedule of Celery beat, and the tasks that it sends. */
final class CelerySchedules {

    private static final Pattern ENTRY = Pattern.compile(
            "(?m)^([ \\t]*#)?[^\\n#]*?['\"]task['\"]\\s*:\\s*['\"]([\\w.]{1,200})['\"]([^}]{0,600}?)['\"]schedule['\"]\\s*:\\s*([^\\n]{1,300})");
    private static final Pattern REVERSED = Pattern.compile(
            "(?m)^([ \\t]*#)?[^\\n#]*?['\"]schedule['\"]\\s*:\\s*([^\\n]{1,300}?),?[ \\t]*\\n[^}]{0,400}?['\"]task['\"]\\s*:\\s*['\"]([\\w.]{1,200})['\"]");
    private static final Pattern ZONE =
            Pattern.compile("(?i)\\b(?:celery_)?timezone\\s*=\\s*['\"]([\\w/+-]{1,60})['\"]");
    private static final Pattern SECONDS =
            Pattern.compile("^\\(?\\s*([\\d.]+)\\s*(?:\\*\\s*([\\d.]+)\\s*)?(?:\\*\\s*([\\d.]+)\\s*)?\\)?\\s*,?\\s*$");

    private CelerySchedules() {}

    static boolean is(String text) {
        return text.contains("beat_schedule") || text.contains("BEAT_SCHEDULE") || text.contains("add_periodic_task");
    }

    static void read(SurfaceFile file) {
        Matcher zone = ZONE.matcher(file.text());
        Optional<ZoneId> named = zone.find() ? Crontabs.zone(zone.group(1)) : Optional.of(ZoneId.of("UTC"));
        Matcher entry = ENTRY.matcher(file.text());
        boolean any = false;
        while (entry.find()) {
            any = true;
            entry(file, entry.group(2), entry.group(4), entry.group(1) != null, entry.start(4), named);
        }
        Matcher reversed = REVERSED.matcher(file.text());
        while (!any && reversed.find()) {
            entry(file, reversed.group(3), reversed.group(2), reversed.group(1) != null, reversed.start(2), named);
        }
        CodeFile program = CodeFile.read(file.text(), CodeLanguage.PYTHON, 1);
        for (Call call : program.calls()) {
            if (call.simpleName().equals("add_periodic_task")) {
                periodic(file, call, named);
            }
        }
    }

    private static void entry(
            SurfaceFile file, String task, String schedule, boolean commented, int offset, Optional<ZoneId> zone) {
        int line = (int) file.text()
                        .substring(0, offset)
                        .chars()
                        .filter(c -> c == '\n')
                        .count()
                + 1;
        RunContext context = file.context();
        if (commented) {
            context = context.unless(Optional.of("commented out"));
        }
        start(file, task, expression(schedule), line, zone, context);
    }

    private static void start(
            SurfaceFile file, String task, String expression, int line, Optional<ZoneId> zone, RunContext context) {
        Node node = file.part("task on line " + line);
        file.schedule(node, expression, zone, line, context, "Celery beat " + task);
        file.explorer().later(() -> task(file, node, task, line, context));
    }

    /** A task has the name of its function in its module, unless it was given another. */
    private static void task(SurfaceFile file, Node node, String task, int line, RunContext context) {
        int dot = task.lastIndexOf('.');
        String function = task.substring(dot + 1);
        String module = dot < 0 ? "" : task.substring(0, dot).replace('.', '/');
        for (String end : java.util.List.of(".py", "/__init__.py", "/tasks.py")) {
            for (TreeFile found : file.explorer().tree().bySuffix(module + end, file.path())) {
                if (!module.isEmpty() && ("/" + found.path()).endsWith("/" + module + end)) {
                    file.explorer()
                            .edge(node, Node.part(found.path(), "function " + function), line, How.CALLS, context);
                    return;
                }
            }
        }
        for (TreeFile found : file.explorer().tree().named("tasks.py")) {
            boolean named = file.explorer()
                    .tree()
                    .text(found)
                    .filter(t -> t.contains("\"" + task + "\"") || t.contains("'" + task + "'"))
                    .isPresent();
            if (named) {
                file.explorer().edge(node, Node.part(found.path(), "all"), line, How.CALLS, context);
            }
        }
    }

    private static void periodic(SurfaceFile file, Call call, Optional<ZoneId> zone) {
        String first = file.text().lines().skip(call.line() - 1L).limit(3).reduce("", (a, b) -> a + b);
        Matcher arguments = Pattern.compile(
                        "add_periodic_task\\s*\\(\\s*(crontab\\s*\\([^)]{0,200}\\)|[\\d.]+|timedelta\\([^)]{0,100}\\))\\s*,\\s*([\\w.]{1,120})")
                .matcher(first);
        if (!arguments.find()) {
            return;
        }
        String task = arguments.group(2).replaceFirst("\\.(?:s|si|signature)$", "");
        Node node = file.part("task on line " + call.line());
        RunContext context = file.context().unless(call.place().dead());
        file.schedule(node, expression(arguments.group(1)), zone, call.line(), context, "Celery beat " + task);
        Node function = Node.part(file.path(), "function " + task.substring(task.lastIndexOf('.') + 1));
        file.explorer().edge(node, function, call.line(), How.CALLS, context);
    }

    /** The text of a schedule as an expression of cron. */
    static String expression(String schedule) {
        String text = schedule.strip().replaceFirst(",\\s*$", "");
        Matcher seconds = SECONDS.matcher(text);
        if (seconds.matches()) {
            double product = Double.parseDouble(seconds.group(1));
            for (int i = 2; i <= 3; i++) {
                product *= seconds.group(i) == null ? 1 : Double.parseDouble(seconds.group(i));
            }
            return "@every " + (long) product + "s";
        }
        CodeFile program = CodeFile.read(text, CodeLanguage.PYTHON, 1);
        for (Call call : program.calls()) {
            if (call.simpleName().equals("crontab")) {
                return CodeSchedules.cron(call);
            }
            if (call.simpleName().equals("timedelta")) {
                StringBuilder every = new StringBuilder("@every ");
                call.arguments()
                        .forEach(a -> every.append(CodeSchedules.number(a.value()))
                                .append(
                                        a.keyword().isEmpty()
                                                ? "d"
                                                : a.keyword().charAt(0)));
                return every.toString();
            }
        }
        return text;
    }

    static String name(String path) {
        return Paths.name(path);
    }
}
