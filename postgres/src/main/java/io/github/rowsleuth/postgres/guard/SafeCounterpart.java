package io.github.rowsleuth.postgres.guard;

import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.probe.CodeStatement;
import io.github.rowsleuth.probe.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A dangerous script written again with guards: each {@code DELETE} as a {@link GuardedOperation}, everything else as a
 * comment that says why it has no safe form. It does nothing until somebody has reviewed it, filled in values and database,
 * and signed it.
 *
 * <pre>{@code
 * SafeCounterpart safe = SafeCounterpart.of(script, SafeCounterpart.Form.JAVA);
 * System.out.println(safe.difference());
 * Files.writeString(Path.of(safe.fileName()), safe.text(), StandardOpenOption.CREATE_NEW);
 * }</pre>
 *
 * <p>Values of the script are never copied: they are question marks here, to be filled in by whoever reviews.
 *
 * @param fileName such as {@code SAFE_clean.java}
 * @param text the whole file
 * @param difference statement by statement, what stood there with a minus and what stands here with a plus
 */
public record SafeCounterpart(String fileName, String text, String difference) {

    private static final Pattern DELETE = Pattern.compile("(?i)DELETE\\s+FROM\\s+(?:ONLY\\s+)?(?:\"[^\"]+\"|[^\\s\".]+)"
            + "(?:\\.(?:\"[^\"]+\"|[^\\s\".]+))?\\s+WHERE\\s+(?<condition>.+?)\\s*;?");

    /** How it is written. */
    public enum Form {
        /** A class with a main method, to be run as a single file at a terminal. */
        JAVA(".java"),
        /** A script for JShell; before JDK 22 JShell has no terminal, and confirms nothing. */
        JSHELL(".jsh");

        private final String extension;

        Form(String extension) {
            this.extension = extension;
        }
    }

    /** One statement in its new form. */
    private record Written(String place, String was, List<String> code) {}

    /**
     * {@return the safe counterpart of a script}
     *
     * @param script a script as a {@link io.github.rowsleuth.probe.ScriptFinder} found it, with its statements
     * @param form how to write it
     */
    public static SafeCounterpart of(Script script, Form form) {
        String name = "SAFE_" + baseName(script.path());
        List<Written> written = new ArrayList<>();
        for (CodeStatement statement : script.statements()) {
            written.add(written(script.path() + ":" + statement.line(), statement));
        }
        String text = Template.of(form == Form.JAVA)
                .replace("${script}", script.path())
                .replace("${commit}", script.asOf().id())
                .replace("${name}", name)
                .replace(
                        "${operations}",
                        written.stream().flatMap(w -> w.code().stream()).collect(Collectors.joining("\n")));
        return new SafeCounterpart(name + form.extension, text, difference(name + form.extension, script, written));
    }

    private static String baseName(String path) {
        String file = path.substring(path.lastIndexOf('/') + 1);
        int dot = file.lastIndexOf('.');
        return (dot > 0 ? file.substring(0, dot) : file).replaceAll("\\W", "_");
    }

    private static Written written(String place, CodeStatement statement) {
        String was = oneLine(statement.text().text());
        Matcher delete = DELETE.matcher(was);
        if (statement.statement().dynamic() || statement.statement().tables().size() != 1) {
            return refused(place, was, "which table it hits is only known when it runs");
        }
        if (!delete.matches() || statement.statement().where().asksForAllRows()) {
            return refused(place, was, "it has no WHERE, or is no plain DELETE: say which rows are to go");
        }
        return operation(place, was, statement.statement().tables().get(0), delete.group("condition"));
    }

    private static Written operation(String place, String was, TableName named, String condition) {
        TableName table = named.schema().isPresent() ? named : TableName.of("public", named.name());
        try {
            new DeletionRequest(table, condition, List.of());
        } catch (IllegalArgumentException e) {
            return refused(place, was, "its condition is more than a condition");
        }
        List<String> code = new ArrayList<>(List.of("// " + place + ": " + was));
        if (named.schema().isEmpty()) {
            code.add("// The script does not name the schema: check that it is public.");
        }
        StringBuilder call = new StringBuilder(
                "run(GuardedOperation.delete(" + literal(table.toString()) + ", " + literal(condition));
        long values = condition.chars().filter(c -> c == '?').count();
        for (int i = 1; i <= values; i++) {
            call.append(", value(")
                    .append(literal("value " + i + " of " + place))
                    .append(')');
        }
        code.add(call + "));");
        return new Written(place, was, code);
    }

    private static Written refused(String place, String was, String why) {
        return new Written(place, was, List.of("// " + place + ": " + was, "// Left out: " + why + "."));
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }

    private static String literal(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static String difference(String fileName, Script script, List<Written> written) {
        StringBuilder text = new StringBuilder("--- " + script.path() + "\n+++ " + fileName);
        for (Written w : written) {
            text.append("\n@@ ").append(w.place()).append("\n-").append(w.was());
            w.code().stream().skip(1).forEach(line -> text.append("\n+").append(line));
        }
        return text.toString();
    }
}
