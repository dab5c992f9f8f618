package io.github.rowsleuth.git.automation.follow;

import io.github.rowsleuth.git.automation.graph.Node;
import io.github.rowsleuth.git.automation.shell.HereDocument;
import io.github.rowsleuth.git.automation.shell.ShellCommand;
import io.github.rowsleuth.probe.AutomationTrigger;
import io.github.rowsleuth.probe.AutomationTrigger.Kind;
import io.github.rowsleuth.probe.DueJob;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tables of cron: those in files, and those that a script or an image installs. */
public final class Crontabs {

    private static final Pattern FIELDS = Pattern.compile(
            "^((?:[\\d*?LWH#/,()-]|[A-Za-z]{3}\\b|~){1,60}(?:[ \\t]+(?:[\\d*?LWH#/,()~-]|(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\\b){1,60}){4})[ \\t]+(\\S.*)$",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern NICKNAME = Pattern.compile(
            "^(@(?:reboot|yearly|annually|monthly|weekly|daily|midnight|hourly|every[ \\t]+\\S+|every_\\w+))[ \\t]+(\\S.*)$");
    private static final Pattern VARIABLE = Pattern.compile("^([A-Za-z_]\\w{0,60})[ \\t]*=[ \\t]*(.*)$");
    private static final Pattern CRON_PATH =
            Pattern.compile(".*/(?:etc/)?cron(?:tab|\\.d/|tabs/).*|.*/crontabs?(?:/.*)?");
    private static final Set<String> USERS = Set.of(
            "root",
            "postgres",
            "www-data",
            "app",
            "node",
            "ubuntu",
            "deploy",
            "nobody",
            "git",
            "django",
            "rails",
            "appuser",
            "ec2-user",
            "admin",
            "cron",
            "worker",
            "user",
            "backup",
            "odoo",
            "web",
            "apache",
            "nginx",
            "runner");
    private static final int MAX_LINE = 4_000;
    private static final int MAX_LINES = 20_000;

    private final Explorer explorer;

    public Crontabs(Explorer explorer) {
        this.explorer = explorer;
    }

    /**
     * Reads a table.
     *
     * @param first the line of the file on which the text begins
     * @param withUser whether a user stands before each command, as in {@code /etc/cron.d}
     */
    public void read(String text, int first, RunContext context, boolean withUser, String name) {
        Map<String, String> variables = new HashMap<>(context.environment());
        String[] lines = text.split("\n", MAX_LINES);
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i].strip();
            boolean commented = line.startsWith("#");
            String plain = commented ? line.replaceFirst("^#+\\s*", "") : line;
            if (plain.isEmpty() || plain.length() > MAX_LINE) {
                continue;
            }
            Matcher variable = VARIABLE.matcher(plain);
            if (variable.matches()) {
                if (!commented) {
                    variables.put(variable.group(1), variable.group(2).replaceAll("^['\"]|['\"]$", ""));
                }
                continue;
            }
            entry(plain, first + i, commented, context.with(variables), withUser, name);
        }
    }

    private void entry(String line, int number, boolean commented, RunContext context, boolean withUser, String name) {
        Matcher fields = FIELDS.matcher(line);
        Matcher nickname = NICKNAME.matcher(line);
        Matcher found = fields.matches() ? fields : nickname.matches() ? nickname : null;
        if (found == null) {
            return;
        }
        String command = withoutUser(found.group(2), withUser);
        RunContext there = context.unless(commented ? Optional.of("commented out") : Optional.empty());
        String expression = found.group(1).replaceAll("[ \\t]+", " ");
        Node node = Node.part(context.file(), "entry " + number);
        explorer.start(node, trigger(expression, number, there, zone(context)), name);
        explorer.shell(node, command.replace("\\%", "%"), number, there);
    }

    private static String withoutUser(String command, boolean withUser) {
        String[] words = command.split("\\s+", 2);
        boolean user = words.length == 2
                && (USERS.contains(words[0]) || (withUser && words[0].matches("[a-z_][a-z0-9_-]*|\\$\\{?\\w+}?")));
        return user ? words[1] : command;
    }

    private static Optional<ZoneId> zone(RunContext context) {
        String named = context.environment()
                .getOrDefault("CRON_TZ", context.environment().getOrDefault("TZ", ""));
        return zone(named);
    }

    /** The time zone of that name, if there is one. */
    public static Optional<ZoneId> zone(String name) {
        try {
            return name.isBlank() || name.contains("$") ? Optional.empty() : Optional.of(ZoneId.of(name.strip()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The trigger of a schedule. */
    public static AutomationTrigger trigger(String expression, int line, RunContext context, Optional<ZoneId> zone) {
        return new AutomationTrigger(
                Kind.SCHEDULE,
                "schedule " + expression,
                context.file(),
                line,
                Optional.of(new DueJob.Schedule(expression, zone)),
                context.conditions(),
                context.disabled());
    }

    /** A table that a command installs: piped into {@code crontab}, or written to where cron looks. */
    void installed(Site site) {
        ShellCommand command = site.command();
        boolean intoCrontab = command.name().equals("crontab");
        boolean written =
                command.outputs().stream().anyMatch(o -> CRON_PATH.matcher(o).matches())
                        || (command.name().equals("tee")
                                && command.words().stream()
                                        .anyMatch(w -> CRON_PATH.matcher(w).matches()));
        if (!intoCrontab && !written) {
            return;
        }
        boolean system = !intoCrontab && command.outputs().stream().noneMatch(o -> o.contains("crontabs"));
        Optional<HereDocument> document =
                command.document().or(() -> command.source().flatMap(ShellCommand::document));
        document.ifPresent(d -> read(d.text(), d.line(), site.context(), system, "crontab"));
        ShellCommand writer = written && !command.name().equals("tee")
                ? command
                : command.source().orElse(command);
        if (writer.name().equals("echo") || writer.name().equals("printf")) {
            String text = String.join(
                            " ", writer.words().subList(1, writer.words().size()))
                    .replaceFirst("^-[neE]+ ", "")
                    .replace("\\n", "\n");
            for (String line : text.split("\n", -1)) {
                entry(line.strip(), writer.line(), false, site.context(), system, "crontab");
            }
        }
    }

    /** {@code crontab FILE}, {@code supercronic FILE}: a file of whatever name is a table. */
    void table(Site site) {
        List<String> words = Wrappers.afterOptions(site.words(), 1, Set.of("-u"));
        for (String word : words) {
            for (String path : explorer.finder().find(word, site.context()).paths()) {
                boolean known = explorer.graph().nodes(path).stream()
                        .anyMatch(n -> n.name().startsWith("entry "));
                if (!known) {
                    explorer.tree()
                            .text(path)
                            .ifPresent(t -> read(
                                    t,
                                    1,
                                    site.context()
                                            .within(path)
                                            .in("/")
                                            .unless(site.context().disabled()),
                                    false,
                                    "crontab " + path));
                }
            }
        }
    }
}
