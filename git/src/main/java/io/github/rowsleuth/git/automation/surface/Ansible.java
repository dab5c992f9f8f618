package io.github.rowsleuth.git.automation.surface;

import io.github.rowsleuth.git.automation.config.ConfigNode;
import io.github.rowsleuth.git.automation.config.ConfigNode.Entry;
import io.github.rowsleuth.git.automation.follow.RunContext;
import io.github.rowsleuth.git.automation.graph.Node;
import io.github.rowsleuth.git.automation.tree.Paths;
import io.github.rowsleuth.probe.AutomationLink.How;
import io.github.rowsleuth.probe.AutomationTrigger.Kind;
import io.github.rowsleuth.probe.RunCondition;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Playbooks and roles of Ansible: commands, scripts, jobs of cron, and what is included. */
final class Ansible {

    private static final Set<String> SHELLS = Set.of(
            "shell",
            "command",
            "raw",
            "ansible.builtin.shell",
            "ansible.builtin.command",
            "ansible.builtin.raw",
            "win_shell");
    private static final Set<String> SCRIPTS = Set.of("script", "ansible.builtin.script");
    private static final Set<String> TASK_LISTS = Set.of("tasks", "pre_tasks", "post_tasks", "handlers");
    private static final Pattern PLAYBOOK =
            Pattern.compile("(?m)^-\\s+(?:name|hosts|import_playbook|ansible\\.builtin\\.import_playbook)\\s*:");
    private static final int MAX_DEPTH = 12;

    private final SurfaceFile file;

    private Ansible(SurfaceFile file) {
        this.file = file;
    }

    static boolean isPlaybook(String path, String text) {
        return Workflows.isYaml(path)
                && PLAYBOOK.matcher(text).find()
                && (text.contains("hosts:") || text.contains("import_playbook"));
    }

    static boolean isTasks(String path) {
        String folder = Paths.name(Paths.folder(path));
        return Workflows.isYaml(path) && (folder.equals("tasks") || folder.equals("handlers"));
    }

    static void readPlaybook(SurfaceFile file) {
        Ansible ansible = new Ansible(file);
        Node node = file.part("playbook");
        file.explorer().visit(node);
        for (ConfigNode play : file.firstYaml().items()) {
            RunContext context = conditions(play, file.context());
            for (String list : TASK_LISTS) {
                ansible.tasks(node, play.at(list), context, 0);
            }
            for (ConfigNode role : play.at("roles").items()) {
                String name =
                        role.isText() ? role.text() : role.any("role", "name").text();
                ansible.role(node, name, role.line(), conditions(role, context));
            }
            ConfigNode other = play.any("import_playbook", "ansible.builtin.import_playbook");
            if (other.isText()) {
                ansible.included(node, Paths.join(file.folder(), other.text()), "playbook", other.line(), context);
            }
        }
    }

    static void readTasks(SurfaceFile file) {
        Node node = file.part("tasks");
        file.explorer().visit(node);
        new Ansible(file).tasks(node, file.firstYaml(), file.context(), 0);
    }

    private static RunContext conditions(ConfigNode task, RunContext outer) {
        RunContext context = outer;
        ConfigNode when = task.at("when");
        for (ConfigNode test : when.items()) {
            Optional<String> never = SurfaceFile.never(test, "when");
            context = never.isPresent()
                    ? context.unless(never)
                    : context.when(RunCondition.Kind.EXPRESSION, test.text(), test.line());
        }
        if (task.at("tags").texts().contains("never")) {
            context = context.unless(Optional.of("tags: never"));
        }
        return context;
    }

    private void tasks(Node node, ConfigNode tasks, RunContext outer, int depth) {
        if (depth > MAX_DEPTH) {
            return;
        }
        for (ConfigNode task : tasks.items()) {
            RunContext context = conditions(task, outer);
            for (String list : List.of("block", "rescue", "always")) {
                tasks(node, task.at(list), context, depth + 1);
            }
            for (Entry entry : task.entries()) {
                task(node, entry, task, context);
            }
        }
    }

    private void task(Node node, Entry entry, ConfigNode task, RunContext context) {
        String module = entry.key();
        ConfigNode value = entry.value();
        String folder = value.at("chdir").isText()
                ? value.at("chdir").text()
                : task.at("args", "chdir").text();
        RunContext there = folder.isEmpty()
                ? context.in("/")
                : context.in(folder.replace("{{", "${").replace("}}", "}").replace(" ", ""));
        if (SHELLS.contains(module)) {
            ConfigNode text = value.isText() ? value : value.any("cmd", "_raw_params", "argv");
            if (text.isList()) {
                file.explorer().words(node, text.texts(), text.line(), there);
            } else {
                file.explorer().shell(node, holes(text.text()), text.textLine(), there);
            }
        } else if (SCRIPTS.contains(module)) {
            String text = value.isText() ? value.text() : value.at("cmd").text();
            String path = text.strip().split("\\s+", 2)[0];
            file.explorer().file(node, path, value.line(), context);
            file.explorer()
                    .file(
                            node,
                            Paths.join(Paths.join(Paths.folder(file.folder()), "files"), path),
                            value.line(),
                            context);
        } else if (module.endsWith("cron") && value.isMapping()) {
            cron(value, context);
        } else if (module.endsWith("include_tasks") || module.endsWith("import_tasks") || module.equals("include")) {
            String path = value.isText() ? value.text() : value.at("file").text();
            included(node, Paths.join(file.folder(), path), "tasks", value.line(), context);
        } else if (module.endsWith("include_role") || module.endsWith("import_role")) {
            role(node, value.at("name").text(), value.line(), context);
        } else if (module.endsWith("postgresql_db") && value.at("state").text().equals("absent")) {
            file.explorer().words(node, List.of("dropdb", value.at("name").text()), entry.line(), context);
        } else if (module.endsWith("postgresql_query") || module.endsWith("postgresql_script")) {
            query(node, value, context);
        }
    }

    private void query(Node node, ConfigNode value, RunContext context) {
        ConfigNode path = value.any("path_to_script", "path");
        if (path.isText()) {
            file.explorer().words(node, List.of("psql", "-f", holes(path.text())), path.line(), context.in("/"));
        }
        if (value.at("query").isText()) {
            file.explorer()
                    .words(
                            node,
                            List.of("psql", "-c", value.at("query").text()),
                            value.at("query").line(),
                            context);
        }
    }

    private static String holes(String text) {
        return text.replaceAll("\\{\\{\\s*([\\w.]{1,80})[^}]{0,200}\\}\\}", "\\${$1}");
    }

    /** A job that the playbook puts into a table of cron. */
    private void cron(ConfigNode value, RunContext outer) {
        ConfigNode job = value.at("job");
        String special = value.at("special_time").text();
        StringBuilder expression = new StringBuilder(special.isEmpty() ? "" : "@" + special);
        for (String field :
                special.isEmpty() ? List.of("minute", "hour", "day", "month", "weekday") : List.<String>of()) {
            String text = value.at(field).text();
            expression.append(expression.length() > 0 ? " " : "").append(text.isEmpty() ? "*" : text);
        }
        RunContext context = outer;
        if (value.at("state").text().equals("absent") || value.at("disabled").isTrue()) {
            context = context.unless(Optional.of(value.at("disabled").isTrue() ? "disabled: true" : "state: absent"));
        }
        if (job.isText()) {
            Node node = file.part("cron " + value.at("name").text());
            file.schedule(
                    node,
                    expression.toString(),
                    Optional.empty(),
                    job.line(),
                    context,
                    "cron job " + value.at("name").text());
            file.explorer().shell(node, holes(job.text()), job.textLine(), context.in("/"));
        }
    }

    private void role(Node node, String name, int line, RunContext context) {
        for (String folder : Paths.upwards(file.folder())) {
            for (String end : List.of("main.yml", "main.yaml")) {
                String path = Paths.join(folder, "roles/" + name + "/tasks/" + end);
                if (!name.isEmpty() && file.explorer().tree().contains(path)) {
                    included(node, path, "tasks", line, context);
                    return;
                }
            }
        }
    }

    private void included(Node node, String path, String part, int line, RunContext context) {
        Node other = Node.part(path, part);
        file.explorer().later(() -> {
            if (file.explorer().tree().contains(path)) {
                file.explorer().edge(node, other, line, How.RUNS, context);
            }
        });
    }

    /** Whether the repository itself runs playbooks is not known: somebody or something else applies them. */
    static void applied(SurfaceFile file, Node node) {
        file.start(node, Kind.PROVISIONING, "playbook applied", 1, file.context(), "playbook");
    }
}
