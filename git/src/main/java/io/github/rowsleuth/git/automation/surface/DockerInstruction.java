package io.github.rowsleuth.git.automation.surface;

import io.github.rowsleuth.git.automation.shell.HereDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An instruction of a Dockerfile, its lines put together.
 *
 * @param name in upper case
 * @param value what follows it; line breaks that were continued are kept as continued ones, so that lines can be counted
 * @param line the line on which it begins
 * @param document the first here-document that it is given
 */
record DockerInstruction(String name, String value, int line, Optional<HereDocument> document) {

    private static final Pattern HERE = Pattern.compile("<<-?[ \\t]*(['\"]?)([A-Za-z_][A-Za-z0-9_]{0,60})\\1");
    private static final Pattern DIRECTIVE = Pattern.compile("(?i)^#\\s*escape\\s*=\\s*(\\S)");
    private static final int MAX_INSTRUCTIONS = 5_000;
    private static final int MAX_VALUE = 100_000;

    static List<DockerInstruction> all(String text) {
        List<DockerInstruction> all = new ArrayList<>();
        String[] lines = text.split("\n", 200_000);
        char escape = '\\';
        for (int i = 0; i < lines.length && all.size() < MAX_INSTRUCTIONS; i++) {
            String line = lines[i].strip();
            Matcher directive = DIRECTIVE.matcher(line);
            if (i < 3 && directive.find()) {
                escape = directive.group(1).charAt(0);
            }
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            StringBuilder value = new StringBuilder();
            int start = i;
            i = continued(lines, i, escape, value);
            Optional<HereDocument> document = Optional.empty();
            Matcher here = HERE.matcher(value.length() > 4_000 ? value.substring(0, 4_000) : value);
            while (here.find()) {
                StringBuilder body = new StringBuilder();
                int first = i + 2;
                i = body(lines, i + 1, here.group(2), body);
                document = document.or(() -> Optional.of(new HereDocument(body.toString(), first)));
            }
            all.add(of(value.toString(), start + 1, document));
        }
        return all;
    }

    /** Puts lines together; comments between them are dropped, and the number of lines is kept. */
    private static int continued(String[] lines, int first, char escape, StringBuilder value) {
        int i = first;
        String line = lines[i].stripTrailing();
        while (!line.isEmpty() && line.charAt(line.length() - 1) == escape && i + 1 < lines.length) {
            append(value, line.substring(0, line.length() - 1) + "\\\n");
            i++;
            while (i + 1 < lines.length
                    && (lines[i].isBlank() || lines[i].strip().startsWith("#"))) {
                append(value, "\\\n");
                i++;
            }
            line = lines[i].stripTrailing();
        }
        append(value, line);
        return i;
    }

    private static void append(StringBuilder value, String more) {
        if (value.length() < MAX_VALUE) {
            value.append(more);
        }
    }

    private static int body(String[] lines, int first, String end, StringBuilder into) {
        int i = first;
        while (i < lines.length && !lines[i].strip().equals(end)) {
            append(into, lines[i] + "\n");
            i++;
        }
        return i;
    }

    private static DockerInstruction of(String text, int line, Optional<HereDocument> document) {
        String plain = text.strip();
        int blank = 0;
        while (blank < plain.length() && !Character.isWhitespace(plain.charAt(blank))) {
            blank++;
        }
        String value = plain.substring(blank);
        boolean options = value.stripLeading().startsWith("--")
                && List.of("RUN", "HEALTHCHECK")
                        .contains(plain.substring(0, blank).toUpperCase(Locale.ROOT));
        return new DockerInstruction(
                plain.substring(0, blank).toUpperCase(Locale.ROOT),
                options ? withoutOptions(value) : value.stripLeading(),
                line,
                document);
    }

    private static String withoutOptions(String value) {
        String rest = value.stripLeading();
        while (rest.startsWith("--") || rest.startsWith("\\\n")) {
            if (rest.startsWith("\\\n")) {
                rest = rest.substring(2).stripLeading();
                continue;
            }
            int blank = 0;
            while (blank < rest.length() && !Character.isWhitespace(rest.charAt(blank))) {
                blank++;
            }
            rest = rest.substring(blank).stripLeading();
        }
        return rest;
    }

    boolean isExec() {
        return Dockerfiles.exec(value.replace("\\\n", " ")).isPresent();
    }

    /** The words of the exec form, or of the other one split at blanks. */
    List<String> words() {
        String plain = value.replace("\\\n", " ");
        return Dockerfiles.exec(plain).orElseGet(() -> Dockerfiles.split(plain));
    }

    List<String> plainWords() {
        return Dockerfiles.split(value.replace("\\\n", " "));
    }

    /** The instruction that another one holds: the command of a health check. */
    Optional<DockerInstruction> afterWord(String word) {
        String plain = value.stripLeading();
        return plain.toUpperCase(Locale.ROOT).startsWith(word)
                ? Optional.of(new DockerInstruction(
                        word, plain.substring(word.length()).stripLeading(), line, Optional.empty()))
                : Optional.empty();
    }
}
