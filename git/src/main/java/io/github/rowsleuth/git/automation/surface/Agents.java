package io.github.rowsleuth.git.automation.surface;

import io.github.rowsleuth.git.automation.config.ConfigNode;
import io.github.rowsleuth.git.automation.config.ConfigNode.Entry;
import io.github.rowsleuth.git.automation.follow.RunContext;
import io.github.rowsleuth.git.automation.graph.Node;
import io.github.rowsleuth.git.automation.tree.Paths;
import io.github.rowsleuth.probe.AutomationLink.How;
import io.github.rowsleuth.probe.AutomationTrigger.Kind;
import io.github.rowsleuth.probe.RunCondition;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a repository tells coding agents to run, allows them without a question, and runs for them by hooks. */
final class Agents {

    private static final Set<String> NAMES = Set.of(
            "agents.md",
            "agent.md",
            "claude.md",
            "claude.local.md",
            "gemini.md",
            "codex.md",
            ".cursorrules",
            ".windsurfrules",
            ".clinerules",
            "copilot-instructions.md",
            ".aider.conf.yml",
            "conventions.md",
            ".goosehints",
            "junie.md",
            "warp.md");
    private static final Pattern FENCE = Pattern.compile("^\\s*(```|~~~)\\s*([\\w-]*)");
    private static final Pattern INLINE = Pattern.compile("`([^`\\n]{3,300})`");
    private static final Pattern TELLS = Pattern.compile(
            "(?i)\\b(?:run|execute|always|must|use|start with|make sure|ensure|before|after|first|then|reset|invoke|call|test with)\\b");
    private static final Pattern RUNS =
            Pattern.compile("(?i)\\b(?:run|running|execute|invoke|call|start with|test with)\\b");
    private static final Pattern FORBIDS = Pattern.compile(
            "(?i)\\b(?:never|do not|don't|dont|must not|mustn't|avoid|not allowed|forbidden|without asking|prohibited|refrain)\\b");

    private Agents() {}

    static boolean is(String path, String name) {
        return NAMES.contains(name)
                || path.contains(".cursor/rules/")
                || path.contains(".claude/commands/")
                || path.contains(".claude/agents/")
                || path.contains(".clinerules/")
                || path.contains(".windsurf/rules/")
                || (path.contains(".github/") && name.endsWith(".instructions.md"));
    }

    static boolean isSettings(String path) {
        return (path.contains(".claude/settings") && path.endsWith(".json"))
                || path.endsWith(".cursor/hooks.json")
                || path.endsWith(".mcp.json");
    }

    static void read(SurfaceFile file) {
        Node node = file.part("instructions");
        String base = file.path().contains(".claude/")
                        || file.path().contains(".cursor/")
                        || file.path().contains(".github/")
                ? ""
                : file.folder();
        RunContext context = RunContext.of(file.path(), base)
                .unless(Shelved.reason(file.path()))
                .when(RunCondition.Kind.MANUAL, "if a coding agent follows the instruction", 1);
        if (file.path().contains(".claude/commands/")) {
            context = context.when(RunCondition.Kind.MANUAL, "started by a person", 1);
        }
        file.start(
                node,
                Kind.AGENT,
                "a coding agent works here",
                1,
                context.when(java.util.List.of()),
                "instructions to agents");
        lines(file, node, context);
    }

    private static void lines(SurfaceFile file, Node node, RunContext context) {
        String[] lines = file.text().split("\n", 20_000);
        boolean fenced = false;
        boolean shell = false;
        boolean forbidden = false;
        String before = "";
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i].length() > 2_000 ? lines[i].substring(0, 2_000) : lines[i];
            Matcher fence = FENCE.matcher(line);
            if (fence.find()) {
                fenced = !fenced;
                shell = Set.of("", "sh", "bash", "shell", "console", "zsh").contains(fence.group(2));
                forbidden = fenced && FORBIDS.matcher(before).find();
            } else if (fenced && shell) {
                String text = line.strip().replaceFirst("^\\$\\s+", "");
                command(file, node, text, i + 1, context, forbidden);
            } else {
                forbidden = FORBIDS.matcher(line).find();
                if (TELLS.matcher(line).find() || forbidden) {
                    Matcher inline = INLINE.matcher(line);
                    boolean runs = RUNS.matcher(line).find();
                    while (inline.find()) {
                        boolean path = !inline.group(1).contains(" ");
                        if (path && !runs) {
                            continue; // a file that is spoken of, not one that is to be run
                        }
                        command(file, node, inline.group(1), i + 1, context, forbidden);
                    }
                }
                before = line.isBlank() ? before : line;
                if (line.startsWith("#")) {
                    before = line;
                }
            }
        }
    }

    private static void command(
            SurfaceFile file, Node node, String text, int line, RunContext context, boolean forbidden) {
        if (!text.contains(" ") && !text.contains("/")) {
            return; // a name, not a command
        }
        RunContext placed = forbidden ? context.unless(Optional.of("the instruction forbids it")) : context;
        Node step = file.part("instruction on line " + line);
        file.explorer().shell(step, text, line, placed);
        file.explorer()
                .later(() -> file.explorer().later(() -> {
                    if (!file.explorer().graph().out(step).isEmpty()) {
                        file.explorer()
                                .graph()
                                .out(step)
                                .forEach(e -> file.explorer().edge(node, e.to(), line, How.INSTRUCTS, placed));
                    }
                }));
    }

    static void readSettings(SurfaceFile file) {
        ConfigNode root = file.settings();
        for (Entry event : root.at("hooks").entries()) {
            for (ConfigNode matcher : event.value().items()) {
                hook(file, event, matcher);
                matcher.at("hooks").items().forEach(h -> hook(file, event, h));
            }
        }
        for (ConfigNode allowed : root.at("permissions", "allow").items()) {
            allowed(file, allowed);
        }
    }

    private static void hook(SurfaceFile file, Entry event, ConfigNode hook) {
        ConfigNode command = hook.at("command");
        if (command.isText()) {
            Node node = file.part("hook " + event.key());
            file.start(node, Kind.AGENT, "agent hook " + event.key(), event.line(), file.atRoot(), node.name());
            file.explorer()
                    .shell(node, command.text().replace("$CLAUDE_PROJECT_DIR", "@repo"), command.line(), file.atRoot());
        }
    }

    /** A command that an agent may run without asking. */
    private static void allowed(SurfaceFile file, ConfigNode rule) {
        String text = rule.text();
        if (!text.startsWith("Bash(") || !text.endsWith(")")) {
            return;
        }
        String command =
                text.substring(5, text.length() - 1).replaceFirst(":?\\*$", "").strip();
        RunContext context = file.atRoot()
                .when(RunCondition.Kind.MANUAL, "if a coding agent chooses to; it need not ask", rule.line());
        Node node = file.part("permission on line " + rule.line());
        if (command.contains(" ")) {
            file.start(node, Kind.AGENT, "a coding agent works here", rule.line(), context, "permissions of agents");
            file.explorer().shell(node, command, rule.line(), context);
        }
    }

    static String folder(String path) {
        return Paths.folder(path);
    }
}
