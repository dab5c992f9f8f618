package io.github.rowsleuth.git.automation.surface;

import io.github.rowsleuth.git.automation.follow.RunContext;
import io.github.rowsleuth.git.automation.graph.Node;
import io.github.rowsleuth.probe.AutomationLink.How;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Jobs that SQL hands to the extension pg_cron, which runs them inside the database, by default by the clock of GMT. */
final class PgCron {

    private static final Pattern SCHEDULE = Pattern.compile(
            "(?i)(--[^\\n]{0,200})?\\bcron\\s*\\.\\s*schedule(?:_in_database)?\\s*\\(\\s*(?:(?:job_name\\s*=>\\s*)?'((?:[^']|''){1,200})'\\s*,\\s*)?(?:schedule\\s*=>\\s*)?'((?:[\\d*/,\\-$LW?]+\\s+){4}[^'\\s]{1,40}|@\\w{1,20}|\\d{1,2} seconds?)'\\s*,\\s*(?:command\\s*=>\\s*)?(\\$\\w{0,40}\\$|')");
    private static final Pattern UNSCHEDULE =
            Pattern.compile("(?i)\\bcron\\s*\\.\\s*unschedule\\s*\\(\\s*'((?:[^']|''){1,200})'");
    private static final int MAX_COMMAND = 20_000;

    private PgCron() {}

    static boolean is(String text) {
        return text.contains("cron.schedule");
    }

    static void read(SurfaceFile file) {
        String text = file.text();
        Map<String, Integer> unscheduled = new HashMap<>();
        Matcher removed = UNSCHEDULE.matcher(text);
        while (removed.find()) {
            unscheduled.put(removed.group(1), removed.start());
        }
        Matcher job = SCHEDULE.matcher(text);
        while (job.find()) {
            String name = job.group(2) == null ? "without a name" : job.group(2);
            int line = (int) text.substring(0, job.start(3))
                            .chars()
                            .filter(c -> c == '\n')
                            .count()
                    + 1;
            RunContext context = file.context();
            if (job.group(1) != null) {
                context = context.unless(Optional.of("commented out"));
            } else if (unscheduled.getOrDefault(name, -1) > job.start()) {
                context = context.unless(Optional.of("unscheduled further below"));
            }
            Node node = file.part("pg_cron job " + name);
            file.schedule(node, job.group(3), Optional.of(ZoneId.of("UTC")), line, context, "pg_cron job " + name);
            file.explorer().edge(node, Node.file(file.path()), line, How.RUNS, context);
            String end = job.group(4);
            int close = text.indexOf(end, job.end());
            String command =
                    text.substring(job.end(), Math.min(close < 0 ? text.length() : close, job.end() + MAX_COMMAND));
            file.explorer().words(node, List.of("psql", "-c", command.replace("''", "'")), line, context);
        }
    }
}
