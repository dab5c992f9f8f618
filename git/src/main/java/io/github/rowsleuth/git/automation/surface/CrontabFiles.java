package io.github.rowsleuth.git.automation.surface;

import io.github.rowsleuth.git.automation.config.ConfigNode;
import io.github.rowsleuth.git.automation.follow.Crontabs;
import io.github.rowsleuth.git.automation.follow.RunContext;
import io.github.rowsleuth.git.automation.graph.Node;
import io.github.rowsleuth.git.automation.tree.Paths;
import io.github.rowsleuth.probe.AutomationLink.How;
import io.github.rowsleuth.probe.AutomationTrigger.Kind;
import java.util.List;
import java.util.Set;

/** Tables of cron that are kept as files, and folders whose files cron runs. */
final class CrontabFiles {

    private static final Set<String> PERIODS = Set.of("cron.hourly", "cron.daily", "cron.weekly", "cron.monthly");

    private CrontabFiles() {}

    static boolean is(String path, String name) {
        String folder = Paths.name(Paths.folder(path)).toLowerCase(java.util.Locale.ROOT);
        boolean program = List.of("py", "js", "ts", "rb", "php", "go", "java", "md", "yml", "yaml", "json", "sql")
                .contains(Paths.extension(name));
        boolean named = name.equals("crontab")
                || name.equals("cron")
                || name.endsWith(".cron")
                || name.endsWith(".crontab")
                || name.startsWith("crontab.")
                || name.endsWith("-crontab")
                || name.endsWith("_crontab")
                || name.endsWith("-cron")
                || name.equals("crontab.txt")
                || name.equals("cron.txt")
                || name.equals("cronjobs");
        return !program && (named || folder.equals("cron.d") || folder.equals("crontabs"));
    }

    static boolean isPeriodic(String path) {
        return PERIODS.contains(Paths.name(Paths.folder(path)));
    }

    static void read(SurfaceFile file) {
        boolean withUser = file.folder().endsWith("cron.d") || file.path().endsWith("etc/crontab");
        RunContext context = RunContext.of(file.path(), "").in("/").unless(Shelved.reason(file.path()));
        new Crontabs(file.explorer()).read(file.text(), 1, context, withUser, "crontab " + file.path());
    }

    /** A file in {@code cron.daily} and its like is run as it is; a dot in its name puts it out of use. */
    static void readPeriodic(SurfaceFile file) {
        String period = Paths.name(file.folder()).substring("cron.".length());
        Node node = file.part("run-parts");
        RunContext context = file.context();
        if (file.name().contains(".")) {
            context = context.unless(java.util.Optional.of("run-parts passes over names with a dot"));
        }
        file.schedule(node, "@" + period, java.util.Optional.empty(), 1, context, "cron." + period);
        file.explorer().edge(node, Node.file(file.path()), 1, How.RUNS, context);
    }

    static boolean isAppEngine(String name) {
        return name.equals("cron.yaml") || name.equals("cron.yml");
    }

    /** The cron service of App Engine calls addresses of the application. */
    static void readAppEngine(SurfaceFile file) {
        for (ConfigNode job : file.firstYaml().at("cron").items()) {
            ConfigNode url = job.at("url");
            Node node = file.part("cron " + url.text());
            file.schedule(
                    node,
                    job.at("schedule").text(),
                    Crontabs.zone(job.at("timezone").text()),
                    job.at("schedule").line(),
                    file.context(),
                    node.name());
            Routes.link(file, node, url, file.context());
        }
    }

    static boolean isSupervisor(String name, String text) {
        return (name.startsWith("supervisor") || name.endsWith(".conf") || name.endsWith(".ini"))
                && text.contains("[program:");
    }

    static void readSupervisor(SurfaceFile file) {
        ConfigNode root = io.github.rowsleuth.git.automation.config.IniReader.read(file.text());
        for (ConfigNode.Entry section : root.entries()) {
            ConfigNode command = section.value().at("command");
            if (section.key().startsWith("program:") && command.isText()) {
                Node node = file.part("program " + section.key().substring("program:".length()));
                String folder = section.value().at("directory").text();
                RunContext context =
                        folder.isEmpty() ? file.context() : file.context().in(folder);
                if (section.value().at("autostart").isFalse()) {
                    context = context.unless(java.util.Optional.of("autostart=false"));
                }
                file.start(node, Kind.START, "process start", command.line(), context, node.name());
                file.explorer().innerEdge(file.part("programs"), node, command.line(), file.context());
                file.explorer().shell(node, command.text(), command.line(), context);
            }
        }
    }
}
