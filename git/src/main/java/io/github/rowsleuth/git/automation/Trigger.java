package io.github.rowsleuth.git.automation;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** When a line of a file is acted upon, in words. */
final class Trigger {

    private static final Pattern NPM_KEY = Pattern.compile("\"([^\"]+)\"\\s*:");
    private static final Pattern CRON = Pattern.compile("^\\s*((?:[\\d*/,-]+\\s+){4}[\\w*/,-]+|@\\w+)\\s");
    private static final Pattern SCHEDULE = Pattern.compile("-\\s*cron\\s*:\\s*['\"]?([^'\"#]+)");
    private static final Pattern EVENT = Pattern.compile("^ {1,4}(push|pull_request|workflow_dispatch|release|delete"
            + "|workflow_call|pull_request_target|repository_dispatch|workflow_run)\\s*:");
    private static final Pattern INLINE = Pattern.compile("^['\"]?on['\"]?\\s*:\\s*\\[?([\\w, ]+)]?\\s*$");

    private Trigger() {}

    static String of(AutomationFile file, int index) {
        String line = file.lines().get(index);
        String trigger = switch (file.kind()) {
            case DOCKERFILE ->
                instruction(file.lines(), index).matches("CMD|ENTRYPOINT|HEALTHCHECK")
                        ? "container start"
                        : "image build";
            case COMPOSE, ENTRYPOINT -> "container start";
            case WORKFLOW -> "workflow" + events(file.lines());
            case GITLAB -> "pipeline";
            case MAKEFILE -> "make" + target(file.lines(), index);
            case NPM -> "npm run" + first(NPM_KEY, line);
            case PROCFILE -> "process " + line.split(":", 2)[0].strip();
            case CRONTAB -> "cron" + first(CRON, line);
            case SHELL -> "when " + file.path() + " runs";
            case DOCUMENT -> "never: a document";
        };
        return file.disabled() ? trigger + ", but the file is disabled" : trigger;
    }

    /** The instruction of a Dockerfile that a line belongs to, lines continued with a backslash included. */
    static String instruction(List<String> lines, int index) {
        int start = index;
        while (start > 0 && lines.get(start - 1).stripTrailing().endsWith("\\")) {
            start--;
        }
        return lines.get(start).strip().split("\\s+", 2)[0].toUpperCase(Locale.ROOT);
    }

    private static String first(Pattern pattern, String line) {
        Matcher matcher = pattern.matcher(line);
        return matcher.find() ? " " + matcher.group(1).strip() : "";
    }

    private static String target(List<String> lines, int index) {
        for (int i = index; i >= 0; i--) {
            String line = lines.get(i);
            int colon = line.indexOf(':');
            if (colon > 0 && !Character.isWhitespace(line.charAt(0)) && !line.startsWith("#")) {
                return " " + line.substring(0, colon).strip();
            }
        }
        return "";
    }

    private static String events(List<String> lines) {
        StringJoiner events = new StringJoiner(", ", " on ", "").setEmptyValue("");
        for (String line : lines) {
            Matcher inline = INLINE.matcher(line);
            Matcher event = EVENT.matcher(line);
            Matcher schedule = SCHEDULE.matcher(line);
            if (inline.find()) {
                events.add(inline.group(1).strip());
            } else if (event.find()) {
                events.add(event.group(1));
            } else if (schedule.find()) {
                events.add("schedule " + schedule.group(1).strip());
            }
        }
        return events.toString();
    }

    /** The key of YAML that the line is the value of, or a part of it. */
    static Optional<String> yamlKey(List<String> lines, int index) {
        int indent = Integer.MAX_VALUE;
        for (int i = index; i >= 0; i--) {
            String line = lines.get(i);
            String text = line.strip();
            int at = line.length() - line.stripLeading().length();
            if (!text.isEmpty() && at < indent) {
                Matcher key =
                        Pattern.compile("^(?:-\\s+)?([\\w-]+)\\s*:(?:\\s|$)").matcher(text);
                if (key.find()) {
                    return Optional.of(key.group(1));
                }
                indent = at;
            }
        }
        return Optional.empty();
    }
}
