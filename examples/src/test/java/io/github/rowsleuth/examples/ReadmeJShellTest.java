package io.github.rowsleuth.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import org.junit.jupiter.api.Test;

/** Types the JShell session of the README, so that the front page can not rot. */
class ReadmeJShellTest {

    private static final Path ROOT = Path.of("..");

    private static String session(StagedIncident incident) throws Exception {
        String readme = Files.readString(ROOT.resolve("README.md"));
        int from = readme.indexOf("```jshell\n") + "```jshell\n".length();
        return readme.substring(from, readme.indexOf("```", from))
                .replace("jdbc:postgresql://db1/app?user=auditor", incident.url())
                .replace("/srv/app", incident.repository().toString())
                .replace("/var/log/postgresql", incident.log().toString())
                .replace("2025-10-07T18:00Z", incident.seen().toString())
                .replace("2025-10-08T10:37Z", incident.missed().toString());
    }

    private static String imports() throws Exception {
        return Files.readAllLines(Path.of("src/main/jshell/rowsleuth.jsh")).stream()
                .filter(l -> l.startsWith("import "))
                .collect(Collectors.joining("\n"));
    }

    @Test
    void the_session_of_the_readme_works_as_printed() throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        List<SnippetEvent> events = new ArrayList<>();
        try (StagedIncident incident = StagedIncident.stage();
                JShell shell = JShell.builder()
                        .out(new PrintStream(printed, true, StandardCharsets.UTF_8))
                        .err(new PrintStream(printed, true, StandardCharsets.UTF_8))
                        .build()) {
            for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
                shell.addToClasspath(entry);
            }
            type(shell, imports() + "\n" + session(incident), events);
        }

        assertThat(events).allSatisfy(e -> {
            assertThat(e.status()).as(e.snippet().source()).isEqualTo(Snippet.Status.VALID);
            assertThat(e.exception()).as(e.snippet().source()).isNull();
        });
        assertThat(events.get(events.size() - 1).value()).startsWith("LOSS EXPLAINED: ");
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .startsWith("LOSS EXPLAINED: ")
                .doesNotContain("SLF4J");
    }

    /** Line by line, as the shell does: a line that does not complete a snippet waits for the next. */
    private static void type(JShell shell, String text, List<SnippetEvent> events) {
        String typed = "";
        for (String line : text.lines().toList()) {
            typed += line + "\n";
            SourceCodeAnalysis.CompletionInfo info = shell.sourceCodeAnalysis().analyzeCompletion(typed);
            if (info.completeness().isComplete()) {
                events.addAll(shell.eval(info.source()));
                typed = info.remaining();
            }
        }
        assertThat(typed).isBlank();
    }
}
