package io.github.rowsleuth.git.automation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Whether a line, read as commands of a shell, runs a script. */
final class CommandLine {

    private static final Pattern QUOTES = Pattern.compile("[\"'`\\[\\],()]");
    /** A value that is only kept; one that is computed by a command is none of these. */
    private static final Pattern KEPT = Pattern.compile("\\b(\\w{1,80}=)(?:\"(?:[^\"$`]|\\$(?!\\())*\"|'[^']*')");

    private static final Pattern BETWEEN = Pattern.compile("&&|\\|\\|?|;|&|\\bthen\\b|\\bdo\\b|\\belse\\b|\\$\\(");
    private static final Pattern LEADING = Pattern.compile(
            "-|@|!|if|exec|sudo|env|time|nohup|command|eval|set|CMD|ENTRYPOINT|RUN|HEALTHCHECK|ONBUILD|\\w[\\w-]*=\\S*"
                    + "|[\\w.-]+:|[|>]-?|[\\d*/,-]+|@\\w+|root|--\\S+");
    private static final Pattern INTERPRETER = Pattern.compile(
            "python[\\d.]*|bash|sh|zsh|dash|ash|ksh|node|tsx|ts-node|bun|deno|ruby|perl|php|psql|source|\\.");
    private static final Set<String> PASSES_ON = Set.of(
            "docker",
            "docker-compose",
            "podman",
            "kubectl",
            "npx",
            "uv",
            "poetry",
            "pipenv",
            "pdm",
            "railway",
            "heroku",
            "fly",
            "flyctl",
            "ssh",
            "su",
            "gosu",
            "timeout",
            "xargs",
            "nice",
            "flock",
            "bundle",
            "npm",
            "yarn",
            "pnpm");

    private static final int MAX_LINE = 2_000;

    private CommandLine() {}

    static boolean runs(String line, String fileName) {
        String cut = line.length() <= MAX_LINE ? line : line.substring(0, MAX_LINE);
        String commands = KEPT.matcher(cut).replaceAll("$1_");
        for (String command : BETWEEN.split(QUOTES.matcher(commands).replaceAll(" "), -1)) {
            if (command.contains(fileName) && runs(words(command), fileName)) {
                return true;
            }
        }
        return false;
    }

    private static List<String> words(String command) {
        List<String> words = new ArrayList<>(Arrays.asList(command.strip().split("\\s+", -1)));
        while (words.size() > 1 && LEADING.matcher(words.get(0)).matches()) {
            words.remove(0);
        }
        return words;
    }

    private static boolean runs(List<String> words, String fileName) {
        if (words.isEmpty()) {
            return false;
        }
        String first = baseName(words.get(0));
        if (first.equals(fileName)) {
            return true;
        }
        List<String> rest = words.subList(1, words.size());
        if (INTERPRETER.matcher(first).matches()) {
            return rest.stream().anyMatch(w -> names(w, fileName));
        }
        if (!PASSES_ON.contains(first) || rest.contains("cp") || rest.contains("build")) {
            return false;
        }
        for (int i = 0; i < rest.size(); i++) {
            boolean interpreter = INTERPRETER.matcher(baseName(rest.get(i))).matches();
            if (interpreter || (names(rest.get(i), fileName) && rest.get(i).contains("/"))) {
                return rest.subList(i, rest.size()).stream().anyMatch(w -> names(w, fileName));
            }
        }
        return false;
    }

    private static boolean names(String word, String fileName) {
        return baseName(word.startsWith("-f") ? word.substring(2) : word).equals(fileName);
    }

    private static String baseName(String word) {
        return word.equals(".") ? word : word.substring(word.lastIndexOf('/') + 1);
    }
}
