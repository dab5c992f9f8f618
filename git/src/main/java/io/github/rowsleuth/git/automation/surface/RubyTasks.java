package io.github.rowsleuth.git.automation.surface;

import io.github.rowsleuth.git.automation.code.CodeFile;
import io.github.rowsleuth.git.automation.code.CodeFile.Call;
import io.github.rowsleuth.git.automation.code.CodeLanguage;
import io.github.rowsleuth.git.automation.follow.RunContext;
import io.github.rowsleuth.git.automation.graph.Node;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tasks of rake, and the schedule that the gem whenever keeps in {@code config/schedule.rb}. */
final class RubyTasks {

    private static final Pattern TASK = Pattern.compile("^\\s*task\\s*\\(?\\s*:?['\"]?([\\w:]{1,80})");
    private static final Pattern NAMESPACE = Pattern.compile("^\\s*namespace\\s*\\(?\\s*:?['\"]?(\\w{1,80})");
    private static final Pattern EVERY = Pattern.compile("^(\\s*#)?\\s*every\\s+(.{1,200}?)\\s+do\\b");
    private static final Pattern INNER =
            Pattern.compile("^\\s*(#)?\\s*(rake|command|runner|script)\\s*\\(?\\s*['\"]([^'\"\\n]{1,400})['\"]");

    private RubyTasks() {}

    static boolean isRake(String name) {
        return name.equals("rakefile") || name.endsWith(".rake");
    }

    static boolean isWhenever(String path, String text) {
        return path.endsWith("config/schedule.rb") && text.contains("every");
    }

    static void readRake(SurfaceFile file) {
        String[] lines = file.text().split("\n", 50_000);
        CodeFile program = CodeFile.read(file.text(), CodeLanguage.RUBY, 1);
        String namespace = "";
        for (int i = 0; i < lines.length; i++) {
            Matcher space = NAMESPACE.matcher(lines[i]);
            namespace = space.find() ? space.group(1) + ":" : namespace;
            Matcher task = TASK.matcher(lines[i]);
            if (task.find()) {
                int end = end(lines, i);
                Node node = file.part("rake " + namespace + task.group(1));
                file.explorer().visit(node);
                calls(file, node, program, i + 1, end + 1);
            }
        }
    }

    private static int end(String[] lines, int start) {
        int indent = lines[start].length() - lines[start].stripLeading().length();
        for (int i = start + 1; i < lines.length; i++) {
            String line = lines[i];
            if (line.strip().equals("end")
                    && line.length() - line.stripLeading().length() == indent) {
                return i;
            }
        }
        return lines.length - 1;
    }

    private static void calls(SurfaceFile file, Node node, CodeFile program, int first, int last) {
        for (Call call : program.calls()) {
            boolean starts = call.name().equals("sh")
                    || call.name().equals("system")
                    || call.name().equals("exec")
                    || call.name().equals("load")
                    || call.name().equals("ruby");
            if (call.line() > first && call.line() <= last && starts) {
                call.argument(0).ifPresent(v -> {
                    String text =
                            call.name().equals("load") || call.name().equals("ruby") ? "ruby " + v.text() : v.text();
                    file.explorer().shell(node, text, call.line(), file.atRoot());
                });
            }
        }
    }

    static void readWhenever(SurfaceFile file) {
        String[] lines = file.text().split("\n", 20_000);
        Optional<String> schedule = Optional.empty();
        boolean commented = false;
        for (int i = 0; i < lines.length; i++) {
            Matcher every = EVERY.matcher(lines[i]);
            if (every.find()) {
                schedule = Optional.of(every.group(2));
                commented = every.group(1) != null;
            }
            Matcher inner = INNER.matcher(lines[i]);
            if (schedule.isPresent() && inner.find()) {
                RunContext context = file.atRoot();
                if (commented || inner.group(1) != null) {
                    context = context.unless(Optional.of("commented out"));
                }
                Node node = file.part("entry " + (i + 1));
                file.schedule(node, "every " + schedule.get(), Optional.empty(), i + 1, context, "whenever");
                String text = switch (inner.group(2)) {
                    case "rake" -> "rake " + inner.group(3);
                    case "runner" -> "rails runner " + inner.group(3);
                    default -> inner.group(3);
                };
                file.explorer().shell(node, text, i + 1, context);
            }
        }
    }
}
