package io.github.rowsleuth.git.automation.surface;

import io.github.rowsleuth.git.automation.config.ConfigNode;
import io.github.rowsleuth.git.automation.config.JsonReader;
import io.github.rowsleuth.git.automation.config.MalformedFileException;
import io.github.rowsleuth.git.automation.follow.RunContext;
import io.github.rowsleuth.git.automation.graph.Gap;
import io.github.rowsleuth.git.automation.graph.Node;
import io.github.rowsleuth.git.automation.tree.Paths;
import io.github.rowsleuth.probe.AutomationTrigger.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Applications of PM2: started with the machine, restarted at the times of a schedule. */
final class Pm2Files {

    private static final Set<String> INTERPRETERS = Set.of("none", "", "node");
    private static final Pattern COMMENTED =
            Pattern.compile("(?m)^\\s*//.*\\bscript\\s*:\\s*(['\"`])([^'\"`\\n]{1,200})\\1");

    private Pm2Files() {}

    static boolean is(String path, String name) {
        String folder = Paths.name(Paths.folder(path));
        boolean extension = name.endsWith(".js")
                || name.endsWith(".cjs")
                || name.endsWith(".json")
                || name.endsWith(".yml")
                || name.endsWith(".yaml");
        boolean named = name.startsWith("ecosystem.")
                || name.startsWith("ecosystem-")
                || name.startsWith("pm2.")
                || name.startsWith("pm2-")
                || name.equals("process.json")
                || name.equals("processes.json");
        return extension && (named || (folder.equals("pm2") && !name.endsWith(".js")));
    }

    static void read(SurfaceFile file) {
        boolean program = file.name().endsWith("js");
        ConfigNode root = program ? literal(file) : file.settings();
        List<ConfigNode> apps = root.has("apps") ? root.at("apps").items() : root.items();
        for (ConfigNode app : apps) {
            if (app.at("script").isText()) {
                app(file, app);
            }
        }
        Matcher commented = COMMENTED.matcher(file.text());
        while (program && commented.find()) {
            int line = (int) file.text()
                            .substring(0, commented.start(2))
                            .chars()
                            .filter(c -> c == '\n')
                            .count()
                    + 1;
            RunContext context = file.context().unless(Optional.of("commented out"));
            Node node = file.part("app at line " + line);
            file.start(node, Kind.START, "process start", line, context, "pm2");
            file.explorer().words(node, command(commented.group(2), ""), line, context);
        }
    }

    /** The object that a module exports, where it is written as one: read as JSON, whose commas and quotes are lenient. */
    private static ConfigNode literal(SurfaceFile file) {
        String text = file.text();
        int exported = Math.max(text.indexOf("module.exports"), text.indexOf("export default"));
        int start = exported < 0 ? -1 : text.indexOf('{', exported);
        if (start < 0) {
            return ConfigNode.MISSING;
        }
        String before = "\n".repeat((int)
                text.substring(0, start).chars().filter(c -> c == '\n').count());
        try {
            return JsonReader.read(before + simplified(text.substring(start)));
        } catch (MalformedFileException e) {
            file.gap(Gap.Kind.MALFORMED, "its settings are computed, and could not be read: " + e.getMessage(), 0);
            return ConfigNode.MISSING;
        }
    }

    /** Expressions, which JSON has not, become texts that are known only when they run. */
    private static String simplified(String source) {
        StringBuilder plain = new StringBuilder();
        int at = 0;
        while (at < source.length()) {
            char c = source.charAt(at);
            if (c == '\'' || c == '"' || c == '`') {
                int end = at + 1;
                while (end < source.length() && source.charAt(end) != c) {
                    end += source.charAt(end) == '\\' ? 2 : 1;
                }
                end = Math.min(end, source.length());
                String text = source.substring(Math.min(at + 1, end), end)
                        .replace("\\'", "'")
                        .replace("\"", "\\\"");
                plain.append('"').append(text).append('"');
                at = end + 1;
            } else if (c == '/'
                    && at + 1 < source.length()
                    && (source.charAt(at + 1) == '/' || source.charAt(at + 1) == '*')) {
                String close = source.charAt(at + 1) == '/' ? "\n" : "*/";
                int end = source.indexOf(close, at + 2);
                end = end < 0 ? source.length() : end;
                plain.append("\n".repeat((int)
                        source.substring(at, end).chars().filter(x -> x == '\n').count()));
                at = close.equals("\n") ? end : Math.min(source.length(), end + 2);
            } else if (c == ':') {
                plain.append(c);
                at = value(source, at + 1, plain);
            } else {
                plain.append(c);
                at++;
            }
        }
        return plain.toString();
    }

    private static int value(String source, int from, StringBuilder plain) {
        int at = from;
        while (at < source.length() && Character.isWhitespace(source.charAt(at))) {
            plain.append(source.charAt(at++));
        }
        boolean simple = at < source.length()
                && ("'\"`[{-".indexOf(source.charAt(at)) >= 0
                        || Character.isDigit(source.charAt(at))
                        || source.startsWith("true", at)
                        || source.startsWith("false", at)
                        || source.startsWith("null", at));
        if (simple) {
            return at;
        }
        int level = 0;
        int start = at;
        while (at < source.length() && at - start < 2_000) {
            char c = source.charAt(at);
            if (level == 0 && (c == ',' || c == '}' || c == ']' || c == '\n')) {
                break;
            }
            level += c == '(' || c == '{' || c == '[' ? 1 : c == ')' || c == '}' || c == ']' ? -1 : 0;
            at++;
        }
        Matcher literal = Pattern.compile("(['\"`])([^'\"`\\n]{1,200})\\1").matcher(source.substring(start, at));
        String last = "";
        while (literal.find()) {
            last = literal.group(2);
        }
        plain.append('"')
                .append(last.isEmpty() ? "${expression}" : "${expression}/" + last.replaceFirst("^\\./", ""))
                .append('"');
        return at;
    }

    private static void app(SurfaceFile file, ConfigNode app) {
        RunContext context = file.context();
        String folder = app.at("cwd").text();
        boolean relative = !folder.isEmpty() && !folder.startsWith("/") && !folder.startsWith("$");
        RunContext there = relative ? context.in(folder) : context;
        if (app.at("instances").isZero()) {
            there = there.unless(Optional.of("instances: 0"));
        }
        String name = app.at("name").text();
        Node node = file.part("app " + name);
        ConfigNode cron = app.at("cron_restart").exists() ? app.at("cron_restart") : app.at("cron");
        ConfigNode script = app.at("script");
        boolean scheduled = cron.isText() && !cron.text().isBlank() && !cron.isZero() && !cron.isFalse();
        if (scheduled) {
            file.schedule(node, cron.text(), Optional.empty(), cron.line(), there, "pm2 " + name);
        }
        file.start(node, Kind.START, "process start", script.line(), there, "pm2 " + name);
        file.explorer().innerEdge(file.part("pm2"), node, script.line(), context);
        List<String> words =
                new ArrayList<>(command(script.text(), app.at("interpreter").text()));
        ConfigNode arguments = app.at("args");
        words.addAll(arguments.isText() ? Dockerfiles.split(arguments.text()) : arguments.texts());
        file.explorer().words(node, words, script.line(), there);
    }

    private static List<String> command(String script, String interpreter) {
        List<String> words = new ArrayList<>();
        boolean javascript = script.endsWith("js") || script.endsWith(".ts");
        if (!INTERPRETERS.contains(interpreter)) {
            words.add(interpreter);
        } else if (javascript && !interpreter.equals("none")) {
            words.add("node");
        } else if (script.endsWith(".py")) {
            words.add("python3");
        }
        words.addAll(Dockerfiles.split(script));
        return words;
    }
}
