package io.github.rowsleuth.git;

import io.github.rowsleuth.probe.ScriptAutomation.Standing;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A staged repository with what must be said of its scripts, in one text: a paragraph of explanation, the expectations, and
 * the files, each after a line {@code -- path --}.
 *
 * @param expectations what must be said, written by hand
 * @param files the text of each file
 */
record StagedChains(List<Expectation> expectations, Map<String, String> files) {

    /**
     * What must be said of one script.
     *
     * @param triggers a part of a trigger of its first chain, each
     * @param links the file of each link of its first chain, and a part of the line
     * @param conditions a part of a condition of its first chain, each
     * @param disabled a part of the reason why its first chain is disabled, each
     * @param mentions the file of a place that only mentions it, and a part of the line
     */
    record Expectation(
            String script,
            Standing standing,
            List<String> triggers,
            List<String> links,
            List<String> conditions,
            List<String> disabled,
            List<String> mentions) {

        Expectation(String script, Standing standing) {
            this(
                    script,
                    standing,
                    new ArrayList<>(),
                    new ArrayList<>(),
                    new ArrayList<>(),
                    new ArrayList<>(),
                    new ArrayList<>());
        }

        private void add(String key, String value) {
            List<String> to = switch (key) {
                case "on" -> triggers;
                case "via" -> links;
                case "when" -> conditions;
                case "disabled" -> disabled;
                case "mention" -> mentions;
                default -> throw new IllegalArgumentException("unknown expectation: " + key);
            };
            to.add(value);
        }
    }

    static StagedChains read(String name) {
        try (InputStream in = StagedChains.class.getResourceAsStream("automation/" + name + ".txt")) {
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static StagedChains parse(String text) {
        List<Expectation> expectations = new ArrayList<>();
        Map<String, String> files = new LinkedHashMap<>();
        String file = "";
        boolean explained = false;
        for (String line : text.split("\n", -1)) {
            if (line.startsWith("-- ") && line.endsWith(" --")) {
                file = line.substring(3, line.length() - 3);
                files.put(file, "");
            } else if (!file.isEmpty()) {
                files.merge(file, line + "\n", String::concat);
            } else if (line.isBlank()) {
                explained = true;
            } else if (explained) {
                expect(line, expectations);
            }
        }
        return new StagedChains(expectations, files);
    }

    private static void expect(String line, List<Expectation> expectations) {
        int space = line.strip().indexOf(' ');
        String first = line.strip().substring(0, space);
        String rest = line.strip().substring(space + 1);
        if (line.startsWith(" ")) {
            expectations.get(expectations.size() - 1).add(first, rest);
        } else {
            expectations.add(new Expectation(first, Standing.valueOf(rest)));
        }
    }
}
