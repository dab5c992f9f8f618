package io.github.rowsleuth.git.automation.surface;

import io.github.rowsleuth.git.automation.code.CodeFile;
import io.github.rowsleuth.git.automation.code.CodeFile.Call;
import io.github.rowsleuth.git.automation.code.CodeLanguage;
import io.github.rowsleuth.git.automation.follow.RunContext;
import io.github.rowsleuth.git.automation.graph.Gap;
import io.github.rowsleuth.git.automation.graph.Node;
import io.github.rowsleuth.probe.AutomationTrigger.Kind;
import io.github.rowsleuth.probe.RunCondition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Pipelines of Jenkins: the steps of their stages, with the conditions of these, and their triggers. */
final class Jenkinsfiles {

    private static final Set<String> STEPS = Set.of("sh", "bat", "pwsh", "powershell");
    private static final Pattern CRON =
            Pattern.compile("\\b(?:cron|parameterizedCron)\\s*\\(?\\s*('''|\"\"\"|['\"])([\\s\\S]{1,2000}?)\\1");
    private static final Pattern STAGE =
            Pattern.compile("\\bstage\\s*\\(\\s*['\"]([^'\"\\n]{1,120})['\"]\\s*\\)\\s*\\{");
    private static final Pattern BRANCH = Pattern.compile(
            "\\b(branch|tag|environment|expression|changeset|triggeredBy|buildingTag)\\b\\s*(\\{[^}\\n]{0,200}}|[^\\n{}]{0,200})");
    private static final Pattern FOLDER =
            Pattern.compile("\\bdir\\s*\\(\\s*['\"]([^'\"\\n]{1,200})['\"]\\s*\\)\\s*\\{");

    private Jenkinsfiles() {}

    static boolean is(String name) {
        return name.equals("jenkinsfile") || name.startsWith("jenkinsfile.") || name.endsWith(".jenkinsfile");
    }

    /** A piece of the text between braces. */
    private record Block(int start, int end, String name) {
        boolean holds(int at) {
            return start <= at && at < end;
        }
    }

    static void read(SurfaceFile file) {
        String text = withoutComments(file.text());
        Node node = file.part("pipeline");
        RunContext context = file.atRoot();
        triggers(file, text, node, context);
        List<Block> stages = blocks(text, STAGE);
        List<Block> folders = blocks(text, FOLDER);
        CodeFile program = CodeFile.read(file.text(), CodeLanguage.JAVA, 1);
        for (Call call : program.calls()) {
            if (STEPS.contains(call.simpleName()) && !call.arguments().isEmpty()) {
                Optional<CodeFile.Value> script = call.argument("script").or(() -> call.argument(0));
                int at = offset(text, call.line());
                RunContext placed = inFolders(conditions(text, stages, at, context, call), folders, at);
                script.ifPresent(s -> file.explorer().shell(node, s.text(), call.line(), placed));
            } else if (call.name().equals("build")) {
                file.gap(Gap.Kind.ELSEWHERE, "another job of Jenkins", call.line());
            }
        }
    }

    private static void triggers(SurfaceFile file, String text, Node node, RunContext context) {
        Matcher cron = CRON.matcher(text);
        boolean scheduled = false;
        while (cron.find()) {
            Optional<java.time.ZoneId> zone = Optional.empty();
            for (String line : cron.group(2).split("\n", -1)) {
                String plain = line.strip();
                if (plain.startsWith("TZ=")) {
                    zone = io.github.rowsleuth.git.automation.follow.Crontabs.zone(plain.substring(3));
                } else if (!plain.isEmpty() && !plain.startsWith("#")) {
                    scheduled = true;
                    file.schedule(
                            node,
                            plain.replaceFirst("\\s*%.*", ""),
                            zone,
                            line(text, cron.start()),
                            context,
                            "Jenkins pipeline");
                }
            }
        }
        boolean polls = text.contains("pollSCM") || text.contains("githubPush") || !scheduled;
        if (polls) {
            file.start(node, Kind.REPOSITORY_EVENT, "push", 1, context, "Jenkins pipeline");
        }
    }

    private static RunContext conditions(String text, List<Block> stages, int at, RunContext context, Call call) {
        RunContext placed = context;
        for (Block stage : stages) {
            if (!stage.holds(at)) {
                continue;
            }
            String body = text.substring(stage.start, stage.end);
            int when = body.indexOf("when");
            int steps = body.indexOf("steps");
            if (when >= 0 && (steps < 0 || when < steps)) {
                placed = conditions(
                        body.substring(when, steps < 0 ? body.length() : steps),
                        placed,
                        line(text, stage.start + when));
            }
            if (body.contains("input ") && body.indexOf("input ") < Math.max(steps, at - stage.start)) {
                placed = placed.when(RunCondition.Kind.MANUAL, "approved by a person", line(text, stage.start));
            }
        }
        List<RunCondition> tests = new ArrayList<>();
        call.place().conditions().stream()
                .filter(t -> t.text().startsWith("(") || t.text().startsWith("not:"))
                .forEach(t -> tests.add(new RunCondition(RunCondition.Kind.TEST, t.text(), context.file(), t.line())));
        return placed.when(tests).unless(call.place().dead());
    }

    private static RunContext conditions(String when, RunContext context, int line) {
        RunContext placed = context;
        Matcher condition = BRANCH.matcher(when);
        while (condition.find()) {
            String said = condition.group().strip().replaceAll("\\s+", " ");
            if (said.replaceAll("[\\s{}]|return|expression", "").equals("false")) {
                return placed.unless(Optional.of("when: expression false"));
            }
            placed = placed.when(
                    condition.group(1).equals("branch") || condition.group(1).equals("tag")
                            ? RunCondition.Kind.BRANCH
                            : RunCondition.Kind.EXPRESSION,
                    said,
                    line);
        }
        return placed;
    }

    private static RunContext inFolders(RunContext context, List<Block> folders, int at) {
        RunContext placed = context;
        for (Block folder : folders) {
            placed = folder.holds(at) ? placed.in(folder.name) : placed;
        }
        return placed;
    }

    private static List<Block> blocks(String text, Pattern opening) {
        List<Block> blocks = new ArrayList<>();
        Matcher found = opening.matcher(text);
        while (found.find() && blocks.size() < 1_000) {
            int level = 1;
            int at = found.end();
            while (at < text.length() && level > 0) {
                level += text.charAt(at) == '{' ? 1 : text.charAt(at) == '}' ? -1 : 0;
                at++;
            }
            blocks.add(new Block(found.end(), at, found.group(1)));
        }
        return blocks;
    }

    /** The text with its comments blanked, so that places stay where they are. */
    private static String withoutComments(String text) {
        StringBuilder plain = new StringBuilder(text);
        int at = 0;
        while (at < plain.length() - 1) {
            char c = plain.charAt(at);
            if (c == '\'' || c == '"') {
                int end = plain.indexOf(String.valueOf(c), at + 1);
                at = end < 0 ? plain.length() : end + 1;
            } else if (c == '/' && (plain.charAt(at + 1) == '/' || plain.charAt(at + 1) == '*')) {
                String close = plain.charAt(at + 1) == '/' ? "\n" : "*/";
                int end = plain.indexOf(close, at + 2);
                end = end < 0 ? plain.length() : end + close.length();
                for (int i = at; i < end; i++) {
                    if (plain.charAt(i) != '\n') {
                        plain.setCharAt(i, ' ');
                    }
                }
                at = end;
            } else {
                at++;
            }
        }
        return plain.toString();
    }

    private static int line(String text, int offset) {
        return (int) text.substring(0, Math.min(offset, text.length()))
                        .chars()
                        .filter(c -> c == '\n')
                        .count()
                + 1;
    }

    private static int offset(String text, int line) {
        int at = 0;
        for (int i = 1; i < line; i++) {
            int next = text.indexOf('\n', at);
            if (next < 0) {
                return text.length();
            }
            at = next + 1;
        }
        return at + 1;
    }
}
