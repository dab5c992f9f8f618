package io.github.rowsleuth.git.automation.surface;

import io.github.rowsleuth.git.automation.code.CodeFile;
import io.github.rowsleuth.git.automation.code.CodeFile.Call;
import io.github.rowsleuth.git.automation.code.CodeFile.Function;
import io.github.rowsleuth.git.automation.code.CodeFile.Value;
import io.github.rowsleuth.git.automation.code.CodeLanguage;
import io.github.rowsleuth.git.automation.follow.Crontabs;
import io.github.rowsleuth.git.automation.follow.RunContext;
import io.github.rowsleuth.git.automation.graph.Node;
import io.github.rowsleuth.git.automation.tree.Paths;
import io.github.rowsleuth.probe.AutomationLink.How;
import io.github.rowsleuth.probe.RunCondition;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Schedules that an application keeps itself: libraries of cron for Node, Python, Java, Go and PHP. */
final class CodeSchedules {

    private static final List<String> SIGNS = List.of(
            "scheduled_job",
            "add_job(",
            "CronTrigger",
            "cron.schedule",
            "CronJob(",
            "scheduleJob(",
            "@Cron(",
            "@Scheduled(",
            "@Interval(",
            "AddFunc(",
            "$schedule->",
            "schedule.every(");
    private static final Pattern PRESET = Pattern.compile(
            "EVERY_(?:(\\d+)_)?(SECOND|MINUTE|HOUR|DAY|WEEK)S?(?:_AT_(\\d+)(AM|PM)?|_AT_(MIDNIGHT|NOON))?");
    private static final Pattern LARAVEL = Pattern.compile(
            "(?m)^(\\s*//)?[^\\n]*?->(command|exec|job|call)\\(\\s*(?:new\\s+)?['\"]?([^'\"),]{1,200})['\"]?[^\\n;]{0,200}\\)((?:\\s*->\\w+\\([^)]{0,120}\\)){1,8})");
    private static final Pattern FREQUENCY = Pattern.compile("->(\\w+)\\(([^)]{0,120})\\)");
    private static final Set<String> NODE = Set.of(
            "cron.schedule",
            "schedule.scheduleJob",
            "scheduler.scheduleJob",
            "nodeCron.schedule",
            "cronJob.schedule",
            "nodeSchedule.scheduleJob");

    private CodeSchedules() {}

    static boolean is(String text) {
        return SIGNS.stream().anyMatch(text::contains);
    }

    static void read(SurfaceFile file, CodeLanguage language) {
        if (language == CodeLanguage.PHP) {
            laravel(file);
            return;
        }
        CodeFile program = CodeFile.read(file.text(), language, 1);
        for (Call call : program.calls()) {
            call(file, program, call, language);
        }
        for (Function function : program.functions()) {
            for (Call decorator : function.decorators()) {
                if (decorator.simpleName().equals("scheduled_job")) {
                    start(file, function(file, function.name()), fields(decorator, 0), decorator, zone(decorator));
                }
            }
        }
    }

    private static void call(SurfaceFile file, CodeFile program, Call call, CodeLanguage language) {
        String name = call.simpleName();
        if (language == CodeLanguage.PYTHON && name.equals("add_job")) {
            call.references().stream().findFirst().ifPresent(r -> called(file, r, fields(call, 1), call));
        } else if (language == CodeLanguage.PYTHON
                && name.equals("do")
                && call.name().startsWith("schedule.every")) {
            call.references().stream()
                    .findFirst()
                    .ifPresent(r -> called(
                            file,
                            r,
                            call.name()
                                    .replace('.', ' ')
                                    .replace("schedule every", "every")
                                    .replaceFirst(" do$", ""),
                            call));
        } else if (language == CodeLanguage.JAVASCRIPT && (NODE.contains(call.name()) || name.equals("CronJob"))) {
            node(file, call);
        } else if (call.name().equals("@Cron")
                || call.name().equals("@Scheduled")
                || call.name().equals("@Interval")) {
            annotated(file, program, call);
        } else if (language == CodeLanguage.GO && name.equals("AddFunc")) {
            node(file, call);
        }
    }

    /** A function that is given to a scheduler, by its name or on the spot. */
    private static void node(SurfaceFile file, Call call) {
        String expression = call.argument(0)
                .map(Value::text)
                .filter(t -> !t.isBlank())
                .or(() -> call.argument("cronTime").map(Value::text))
                .orElse("");
        RunContext context = placed(file, call);
        boolean off = call.argument("scheduled")
                        .filter(v -> v.text().contains("false"))
                        .isPresent()
                || call.argument("start")
                        .filter(v -> v.text().contains("false"))
                        .isPresent();
        if (off) {
            context = context.when(
                    RunCondition.Kind.TEST, "if something starts it: it is made without being started", call.line());
        }
        Optional<String> reference =
                call.references().stream().filter(r -> !r.equals("null")).findFirst();
        Node node = reference
                .map(r -> function(file, r))
                .orElse(Node.part(file.path(), "lines " + call.line() + "-" + call.lastLine()));
        Optional<ZoneId> zone = zone(call).or(() -> call.argument(4).flatMap(v -> Crontabs.zone(v.text())));
        schedule(file, node, expression, zone, call.line(), context);
    }

    private static void annotated(SurfaceFile file, CodeFile program, Call call) {
        Optional<Function> function = program.functions().stream()
                .filter(f -> f.lastLine() >= call.line())
                .min(Comparator.comparingInt(f -> Math.abs(f.line() - call.line())));
        String expression = call.argument("cron")
                .or(() -> call.argument(0))
                .map(Value::text)
                .orElse("");
        if (expression.isEmpty()) {
            expression = call.arguments().stream()
                    .filter(a -> a.keyword().startsWith("fixed") || a.keyword().equals("every"))
                    .map(a -> "@every " + a.value().text())
                    .findFirst()
                    .orElse("@every " + call.argument(0).map(Value::text).orElse("?"));
        }
        RunContext context = placed(file, call);
        if (expression.strip().equals("-")) {
            context = context.unless(Optional.of("cron = \"-\""));
        }
        Node node = function.map(f -> function(file, f.name())).orElse(Node.file(file.path()));
        schedule(file, node, preset(expression), zone(call), call.line(), context);
    }

    private static RunContext placed(SurfaceFile file, Call call) {
        List<RunCondition> tests = call.place().conditions().stream()
                .map(t -> new RunCondition(RunCondition.Kind.TEST, t.text(), file.path(), t.line()))
                .toList();
        return file.context().when(tests).unless(call.place().dead());
    }

    /** {@code CronExpression.EVERY_DAY_AT_3AM} and its like. */
    static String preset(String expression) {
        Matcher preset = PRESET.matcher(expression);
        if (!preset.find()) {
            return expression;
        }
        String every = preset.group(1) == null ? "*" : "*/" + preset.group(1);
        String hour = preset.group(3) == null
                ? "NOON".equals(preset.group(5)) ? "12" : "0"
                : String.valueOf(Integer.parseInt(preset.group(3)) % 12 + ("PM".equals(preset.group(4)) ? 12 : 0));
        return switch (preset.group(2)) {
            case "SECOND" -> every + " * * * * *";
            case "MINUTE" -> every + " * * * *";
            case "HOUR" -> "0 " + every + " * * *";
            case "WEEK" -> "0 0 * * 0";
            default -> "0 " + hour + " * * *";
        };
    }

    private static Optional<ZoneId> zone(Call call) {
        for (String key : List.of("timezone", "timeZone", "zone", "tz")) {
            Optional<ZoneId> zone = call.argument(key).flatMap(v -> Crontabs.zone(v.text()));
            if (zone.isPresent()) {
                return zone;
            }
        }
        return Optional.empty();
    }

    /** The fields of APScheduler as an expression of cron. */
    private static String fields(Call call, int from) {
        String kind = call.argument(from)
                .or(() -> call.argument("trigger"))
                .map(Value::text)
                .orElse("");
        Optional<String> crontab = kind.contains(" ") ? Optional.of(kind) : Optional.empty();
        if (crontab.isPresent()) {
            return crontab.get();
        }
        if (kind.contains("interval")) {
            return "@every " + unit(call, "hours", "h") + unit(call, "minutes", "m") + unit(call, "seconds", "s")
                    + unit(call, "days", "d");
        }
        if (kind.contains("date")) {
            return "once";
        }
        return cron(call);
    }

    private static String unit(Call call, String name, String sign) {
        return call.argument(name).map(v -> number(v) + sign).orElse("");
    }

    static String number(Value value) {
        return value.text().replace("${", "").replace("}", "");
    }

    /** {@code crontab(hour=3, minute=0)}, {@code cron(hour=3)}: what is not given is every one, below what is given zero. */
    static String cron(Call call) {
        Optional<String> hour = call.argument("hour").map(CodeSchedules::number);
        boolean apscheduler = !call.simpleName().equals("crontab");
        String minute =
                call.argument("minute").map(CodeSchedules::number).orElse(apscheduler && hour.isPresent() ? "0" : "*");
        String day = call.argument("day_of_month")
                .or(() -> call.argument("day"))
                .map(CodeSchedules::number)
                .orElse("*");
        String month = call.argument("month_of_year")
                .or(() -> call.argument("month"))
                .map(CodeSchedules::number)
                .orElse("*");
        String week = call.argument("day_of_week").map(CodeSchedules::number).orElse("*");
        return String.join(" ", minute, hour.orElse("*"), day, month, week);
    }

    private static void called(SurfaceFile file, String reference, String expression, Call call) {
        start(file, function(file, reference), expression, call, zone(call));
    }

    private static void start(SurfaceFile file, Node node, String expression, Call call, Optional<ZoneId> zone) {
        schedule(file, node, expression, zone, call.line(), placed(file, call));
    }

    private static void schedule(
            SurfaceFile file, Node node, String expression, Optional<ZoneId> zone, int line, RunContext context) {
        if (!expression.isBlank()) {
            Node job = file.part("job on line " + line);
            file.schedule(job, expression.strip(), zone, line, context, "job in " + Paths.name(file.path()));
            file.explorer().edge(job, node, line, How.CALLS, context);
        }
    }

    private static Node function(SurfaceFile file, String reference) {
        return Node.part(file.path(), "function " + reference.replaceFirst("^(?:this|self)\\.", ""));
    }

    private static void laravel(SurfaceFile file) {
        Matcher entry = LARAVEL.matcher(file.text());
        while (entry.find()) {
            int line = (int) file.text()
                            .substring(0, entry.start(2))
                            .chars()
                            .filter(c -> c == '\n')
                            .count()
                    + 1;
            RunContext context = file.atRoot();
            if (entry.group(1) != null) {
                context = context.unless(Optional.of("commented out"));
            }
            Matcher frequency = FREQUENCY.matcher(entry.group(4));
            while (frequency.find()) {
                String expression = often(
                        frequency.group(1),
                        frequency.group(2).replaceAll("['\"]", "").strip());
                if (!expression.isEmpty()) {
                    Node node = file.part("entry " + line);
                    file.schedule(node, expression, Optional.empty(), line, context, "schedule of Laravel");
                    String text = entry.group(2).equals("exec") ? entry.group(3) : "php artisan " + entry.group(3);
                    file.explorer().shell(node, text, line, context);
                    break;
                }
            }
        }
    }

    private static String often(String method, String argument) {
        return switch (method) {
            case "cron" -> argument;
            case "everyMinute" -> "* * * * *";
            case "everyFiveMinutes" -> "*/5 * * * *";
            case "everyTenMinutes" -> "*/10 * * * *";
            case "everyFifteenMinutes" -> "*/15 * * * *";
            case "everyThirtyMinutes" -> "*/30 * * * *";
            case "hourly" -> "0 * * * *";
            case "daily" -> "0 0 * * *";
            case "weekly" -> "0 0 * * 0";
            case "monthly" -> "0 0 1 * *";
            case "dailyAt", "at" -> {
                String[] parts = argument.split(":", 2);
                yield parts.length == 2 ? plain(parts[1]) + " " + plain(parts[0]) + " * * *" : "";
            }
            default -> "";
        };
    }

    private static String plain(String number) {
        String digits = number.replaceFirst("^0+(?=\\d)", "");
        return digits.isEmpty() ? "0" : digits;
    }
}
