package io.github.rowsleuth.git.automation.surface;

import io.github.rowsleuth.git.automation.follow.RunContext;
import io.github.rowsleuth.git.automation.graph.Node;
import io.github.rowsleuth.probe.AutomationTrigger.Kind;
import io.github.rowsleuth.probe.RunCondition;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Terraform: what a resource runs when it is created or destroyed, and schedules that it sets up in a cloud. */
final class Terraform {

    private static final Pattern RESOURCE =
            Pattern.compile("(?m)^\\s*(#?)\\s*resource\\s+\"([\\w-]{1,100})\"\\s+\"([\\w-]{1,100})\"\\s*\\{");
    private static final Pattern PROVISIONER = Pattern.compile("provisioner\\s+\"(local-exec|remote-exec)\"\\s*\\{");
    private static final Pattern COMMAND = Pattern.compile("\\b(command|inline|script)\\s*=\\s*");
    private static final Pattern SCHEDULE =
            Pattern.compile("\\b(?:schedule_expression|schedule|cron_expression)\\s*=\\s*\"([^\"\\n]{1,200})\"");
    private static final Pattern ZONE =
            Pattern.compile("\\b(?:schedule_expression_timezone|time_zone)\\s*=\\s*\"([^\"\\n]{1,80})\"");
    private static final Pattern TEXT = Pattern.compile("\"((?:[^\"\\\\\\n]|\\\\.){1,2000})\"");

    private Terraform() {}

    static boolean is(String name) {
        return name.endsWith(".tf");
    }

    static void read(SurfaceFile file) {
        Matcher resource = RESOURCE.matcher(file.text());
        while (resource.find()) {
            int end = blockEnd(file.text(), resource.end());
            String body = file.text().substring(resource.end(), end);
            RunContext context = file.context();
            if (resource.group(1).equals("#")) {
                context = context.unless(Optional.of("commented out"));
            } else if (Pattern.compile("(?m)^\\s*count\\s*=\\s*0\\s*$")
                    .matcher(body)
                    .find()) {
                context = context.unless(Optional.of("count = 0"));
            } else {
                Matcher count = Pattern.compile("(?m)^\\s*count\\s*=\\s*([^\\n]{1,200})$")
                        .matcher(body);
                if (count.find() && !count.group(1).strip().matches("\\d+")) {
                    context = context.when(
                            RunCondition.Kind.EXPRESSION,
                            "count = " + count.group(1).strip(),
                            line(file.text(), resource.end() + count.start(1)));
                }
            }
            resource(file, resource.group(2) + "." + resource.group(3), body, resource.end(), context);
        }
    }

    private static void resource(SurfaceFile file, String name, String body, int offset, RunContext context) {
        Node node = file.part("resource " + name);
        Matcher schedule = SCHEDULE.matcher(body);
        if (schedule.find()) {
            Matcher zone = ZONE.matcher(body);
            boolean off = body.contains("state = \"DISABLED\"")
                    || body.matches("(?s).*(?:is_enabled|enabled)\\s*=\\s*false.*")
                    || body.matches("(?s).*state\\s*=\\s*\"DISABLED\".*")
                    || body.matches("(?s).*paused\\s*=\\s*true.*");
            file.schedule(
                    node,
                    schedule.group(1),
                    zone.find()
                            ? io.github.rowsleuth.git.automation.follow.Crontabs.zone(zone.group(1))
                            : Optional.of(ZoneId.of("UTC")),
                    line(file.text(), offset + schedule.start()),
                    off ? context.unless(Optional.of("the rule is not enabled")) : context,
                    "resource " + name);
            commands(file, node, body, offset, context);
        }
        Matcher provisioner = PROVISIONER.matcher(body);
        while (provisioner.find()) {
            int end = blockEnd(body, provisioner.end());
            String inside = body.substring(provisioner.end(), end);
            boolean destroy = inside.replace(" ", "").contains("when=destroy");
            RunContext placed = destroy
                    ? context.when(
                            RunCondition.Kind.EXPRESSION,
                            "when = destroy",
                            line(file.text(), offset + provisioner.start()))
                    : context;
            file.start(
                    node,
                    Kind.PROVISIONING,
                    destroy ? "terraform destroy" : "terraform apply",
                    line(file.text(), offset + provisioner.start()),
                    placed,
                    "resource " + name);
            commands(file, node, inside, offset + provisioner.end(), placed);
        }
    }

    private static void commands(SurfaceFile file, Node node, String body, int offset, RunContext context) {
        Matcher command = COMMAND.matcher(body);
        while (command.find()) {
            int line = line(file.text(), offset + command.start());
            for (Piece piece : pieces(body, command.end())) {
                if (command.group(1).equals("script")) {
                    file.explorer().file(node, plain(piece.text), line, context);
                } else if (piece.words.isEmpty()) {
                    int own = line(file.text(), offset + piece.offset);
                    file.explorer().shell(node, plain(piece.text), own, context);
                } else {
                    file.explorer().words(node, piece.words, line, context);
                }
            }
        }
    }

    /** A text, or the words of a list. */
    private record Piece(String text, List<String> words, int offset) {}

    private static List<Piece> pieces(String body, int from) {
        List<Piece> pieces = new ArrayList<>();
        if (body.startsWith("<<", from)) {
            int line = body.indexOf('\n', from);
            String end = body.substring(from + 2, line < 0 ? body.length() : line)
                    .replace("-", "")
                    .replace("~", "")
                    .strip();
            Matcher close =
                    Pattern.compile("(?m)^\\s*" + Pattern.quote(end) + "\\s*$").matcher(body);
            if (line > 0 && close.find(line)) {
                pieces.add(new Piece(body.substring(line + 1, close.start()), List.of(), line + 1));
            }
            return pieces;
        }
        boolean list = body.startsWith("[", from);
        int end = list ? body.indexOf(']', from) : body.indexOf('\n', from);
        String region = body.substring(from, end < 0 ? body.length() : end);
        Matcher text = TEXT.matcher(region);
        List<Piece> found = new ArrayList<>();
        while (text.find()) {
            found.add(new Piece(text.group(1), List.of(), from + text.start()));
        }
        boolean words = list && !found.isEmpty() && !found.get(0).text.contains(" ");
        if (words) {
            pieces.add(new Piece("", found.stream().map(Piece::text).toList(), from));
            return pieces;
        }
        return found;
    }

    private static String plain(String text) {
        return text.replace("\\\"", "\"").replace("${path.module}/", "./").replace("${path.root}/", "./");
    }

    private static int blockEnd(String text, int from) {
        int level = 1;
        int at = from;
        while (at < text.length() && level > 0) {
            level += text.charAt(at) == '{' ? 1 : text.charAt(at) == '}' ? -1 : 0;
            at++;
        }
        return Math.min(at, text.length());
    }

    private static int line(String text, int offset) {
        return (int) text.substring(0, Math.min(offset, text.length()))
                        .chars()
                        .filter(c -> c == '\n')
                        .count()
                + 1;
    }
}
