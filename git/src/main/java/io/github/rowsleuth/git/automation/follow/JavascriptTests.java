package io.github.rowsleuth.git.automation.follow;

import io.github.rowsleuth.git.automation.graph.Node;
import io.github.rowsleuth.git.automation.tree.Paths;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the settings of a test runner of JavaScript run before and after the tests. */
final class JavascriptTests {

    private static final Pattern SET_UP = Pattern.compile(
            "[\"']?(globalSetup|globalTeardown|setupFiles|setupFilesAfterEnv|setupFilesAfterEach|require|setupTests)[\"']?\\s*[:=]");
    private static final Pattern TEXT = Pattern.compile("[\"'`]([^\"'`\\n]{1,300})[\"'`]");

    private JavascriptTests() {}

    static void setUp(Explorer explorer, Node runner, String path) {
        explorer.tree().text(path).ifPresent(text -> {
            Matcher key = SET_UP.matcher(text);
            while (key.find()) {
                values(explorer, runner, path, text, key.end());
            }
        });
    }

    private static void values(Explorer explorer, Node runner, String path, String text, int from) {
        int end = from;
        while (end < text.length() && Character.isWhitespace(text.charAt(end))) {
            end++;
        }
        boolean list = end < text.length() && text.charAt(end) == '[';
        int close = list ? text.indexOf(']', end) : text.indexOf('\n', end);
        String region = text.substring(end, close < 0 ? Math.min(text.length(), end + 400) : close);
        Matcher value = TEXT.matcher(region);
        while (value.find()) {
            int line = (int) text.substring(0, end + value.start())
                            .chars()
                            .filter(c -> c == '\n')
                            .count()
                    + 1;
            String word = value.group(1).replaceFirst("^<rootDir>/?", "./");
            RunContext context = RunContext.of(path, Paths.folder(path));
            for (String candidate : Interpreters.candidates(word)) {
                if (!explorer.finder().find(candidate, context).paths().isEmpty()) {
                    explorer.module(runner, candidate, line, context);
                    break;
                }
            }
            if (!list) {
                break;
            }
        }
    }
}
