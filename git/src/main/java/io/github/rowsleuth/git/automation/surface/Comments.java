package io.github.rowsleuth.git.automation.surface;

import io.github.rowsleuth.git.automation.follow.RunContext;
import io.github.rowsleuth.git.automation.graph.Node;
import io.github.rowsleuth.git.automation.tree.Paths;
import io.github.rowsleuth.probe.AutomationTrigger.Kind;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Commands that were commented out: they would run something if somebody took the sign away. */
final class Comments {

    private static final Pattern COMMENT = Pattern.compile("^\\s*(?:#+|//+)\\s?(.*)$");
    private static final Pattern KEYED = Pattern.compile(
            "^(?:-\\s+)?[\"']?(?:run|script|command|cmd|entrypoint|startCommand|preDeployCommand|buildCommand|start_command|run_command|"
                    + "release_command|args|exec|ExecStart|CMD|ENTRYPOINT|RUN|entry)[\"']?\\s*(?:[:=]|\\s(?=[\\[\"'\\w./]))\\s*(.*)$");
    private static final Pattern STARTS = Pattern.compile(
            "^(?:(?:sudo|exec|nohup|time|npx|yarn|pnpm|npm|make|poetry run|uv run|docker(?:-compose)?|bundle exec)\\s|"
                    + "(?:python[\\d.]*|node|tsx|ts-node|bash|sh|ruby|php|psql|alembic|prisma|source)\\s|\\./|[\\w./-]+\\.(?:sh|py|js|rb)\\b).*");
    private static final Pattern QUOTED = Pattern.compile("^[\\w.-]{1,40}\\s{0,4}[:=]\\s{0,4}([\"'].{1,900})$");
    private static final Pattern STEP = Pattern.compile("\\bsh\\s{0,4}\\(?\\s{0,4}('[^']{1,900}'|\"[^\"]{1,900}\")");
    private static final int MAX_LINE = 1_000;

    private Comments() {}

    static void read(SurfaceFile file) {
        String[] lines = file.text().split("\n", 20_000);
        for (int i = 0; i < lines.length; i++) {
            Matcher comment = lines[i].length() > MAX_LINE ? COMMENT.matcher("") : COMMENT.matcher(lines[i]);
            if (comment.matches()) {
                command(file, comment.group(1).strip(), i + 1);
            }
        }
    }

    private static void command(SurfaceFile file, String text, int line) {
        String command = written(text)
                .replaceFirst(",\\s*$", "")
                .replace("${path.module}/", "")
                .strip();
        boolean list = command.startsWith("[");
        if (list) {
            command = command.replaceAll("[\\[\\],\"']", " ").strip();
        } else if (command.length() > 1 && "\"'`".indexOf(command.charAt(0)) >= 0) {
            command = command.substring(1, Math.max(1, command.length() - 1));
        }
        if (!STARTS.matcher(command).matches()) {
            return;
        }
        RunContext context = file.context().unless(Optional.of("commented out"));
        Node node = file.part("comment on line " + line);
        file.start(node, Kind.START, "commented out in " + Paths.name(file.path()), line, context, file.name());
        file.explorer().shell(node, command, line, context);
    }

    /** The command of what is left of a comment: the value of a key, a step of a pipeline, or all of it. */
    private static String written(String text) {
        Matcher keyed = KEYED.matcher(text);
        if (keyed.matches()) {
            return keyed.group(1);
        }
        Matcher quoted = QUOTED.matcher(text);
        if (quoted.matches()) {
            return quoted.group(1);
        }
        Matcher step = STEP.matcher(text);
        return step.find() ? step.group(1) : text.replaceFirst("^-\\s+", "");
    }
}
