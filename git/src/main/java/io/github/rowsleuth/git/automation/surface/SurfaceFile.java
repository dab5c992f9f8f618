package io.github.rowsleuth.git.automation.surface;

import io.github.rowsleuth.git.automation.config.ConfigNode;
import io.github.rowsleuth.git.automation.config.JsonReader;
import io.github.rowsleuth.git.automation.config.MalformedFileException;
import io.github.rowsleuth.git.automation.config.TomlReader;
import io.github.rowsleuth.git.automation.config.YamlReader;
import io.github.rowsleuth.git.automation.follow.Explorer;
import io.github.rowsleuth.git.automation.follow.RunContext;
import io.github.rowsleuth.git.automation.graph.Gap;
import io.github.rowsleuth.git.automation.graph.Node;
import io.github.rowsleuth.git.automation.tree.Paths;
import io.github.rowsleuth.probe.AutomationTrigger;
import io.github.rowsleuth.probe.DueJob;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A file that is being read as a surface. */
final class SurfaceFile {

    private final String path;
    private final String text;
    private final Explorer explorer;

    SurfaceFile(String path, String text, Explorer explorer) {
        this.path = path;
        this.text = text;
        this.explorer = explorer;
    }

    String path() {
        return path;
    }

    String text() {
        return text;
    }

    Explorer explorer() {
        return explorer;
    }

    /** The name in lower case, without an ending that puts it out of use. */
    String name() {
        return Shelved.inUse(Paths.name(path)).toLowerCase(Locale.ROOT);
    }

    String folder() {
        return Paths.folder(path);
    }

    /** Commands of the file run in its folder, unless its name puts it out of use. */
    RunContext context() {
        return RunContext.of(path, folder()).unless(Shelved.reason(path));
    }

    /** Commands of the file run at the root of the repository. */
    RunContext atRoot() {
        return RunContext.of(path, "").unless(Shelved.reason(path));
    }

    /** The documents of YAML; none, and told, where the file is malformed. */
    List<ConfigNode> yaml() {
        return yaml(text);
    }

    List<ConfigNode> yaml(String source) {
        try {
            return YamlReader.all(source);
        } catch (MalformedFileException e) {
            malformed(e);
            return List.of();
        }
    }

    ConfigNode firstYaml() {
        List<ConfigNode> documents = yaml();
        return documents.isEmpty() ? ConfigNode.MISSING : documents.get(0);
    }

    /** The settings of a file, by the extension of its name. */
    ConfigNode settings() {
        try {
            return switch (Paths.extension(name())) {
                case "json", "json5", "jsonc" -> JsonReader.read(text);
                case "toml" -> TomlReader.read(text);
                default -> firstYaml();
            };
        } catch (MalformedFileException e) {
            malformed(e);
            return ConfigNode.MISSING;
        }
    }

    private void malformed(MalformedFileException e) {
        explorer.gap(Gap.Kind.MALFORMED, e.reason(), path, 0);
    }

    Node part(String name) {
        return Node.part(path, name);
    }

    void start(Node node, AutomationTrigger.Kind kind, String detail, int line, RunContext context, String name) {
        AutomationTrigger trigger = new AutomationTrigger(
                kind, detail, path, line, Optional.empty(), context.conditions(), context.disabled());
        explorer.start(node, trigger, name);
    }

    void schedule(Node node, String expression, Optional<ZoneId> zone, int line, RunContext context, String name) {
        AutomationTrigger trigger = new AutomationTrigger(
                AutomationTrigger.Kind.SCHEDULE,
                "schedule " + expression,
                path,
                line,
                Optional.of(new DueJob.Schedule(expression, zone)),
                context.conditions(),
                context.disabled());
        explorer.start(node, trigger, name);
    }

    /** Commands: a text of a shell, a list of words, or a list of texts, as settings give them. */
    void commands(Node from, ConfigNode value, RunContext context) {
        if (value.isList() && isWords(value)) {
            explorer.words(from, value.texts(), value.line(), context);
            return;
        }
        for (ConfigNode item : value.items()) {
            if (item.isText() && !item.text().isBlank()) {
                explorer.shell(from, item.text(), item.textLine(), context);
            }
        }
    }

    /** Texts, each of them a command of its own. */
    void texts(Node from, ConfigNode value, RunContext context) {
        for (ConfigNode item : value.items()) {
            if (item.isText() && !item.text().isBlank()) {
                explorer.shell(from, item.text(), item.textLine(), context);
            } else if (item.isList()) {
                texts(from, item, context);
            }
        }
    }

    /** Whether a list holds the words of one command, and not several commands. */
    private static boolean isWords(ConfigNode list) {
        List<String> texts = list.texts();
        return texts.size() == list.items().size()
                && texts.size() > 1
                && !texts.get(0).strip().contains(" ");
    }

    void gap(Gap.Kind kind, String what, int line) {
        explorer.gap(kind, what, path, line);
    }

    /** Why something is never run, where an expression is plainly false. */
    static Optional<String> never(ConfigNode condition, String key) {
        String plain = condition.text().replace("${{", "").replace("}}", "").strip();
        return plain.equalsIgnoreCase("false") || plain.equals("never()")
                ? Optional.of(key + ": false")
                : Optional.empty();
    }
}
