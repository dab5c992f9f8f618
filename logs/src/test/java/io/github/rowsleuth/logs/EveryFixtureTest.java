package io.github.rowsleuth.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowsleuth.evidence.Excerpt;
import io.github.rowsleuth.logs.Logs.Result;
import io.github.rowsleuth.probe.ObservedStatement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every recorded log gives exactly the events that stand in {@code events.txt}, which was checked against the text of the
 * logs with tools that know nothing of this code: one line for each, with what the format of that log has.
 */
class EveryFixtureTest {

    private static Path folder() {
        return Objects.requireNonNull(Logs.recorded("s00-boot").getParent());
    }

    static List<String> fixtures() {
        try (Stream<Path> files = Files.list(folder())) {
            return files.map(f -> f.getFileName().toString())
                    .filter(n -> n.matches(".*\\.(?:log|csv|json)"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> told(PostgresLogs logs) {
        Result result = Logs.read(logs);
        List<String> told = new ArrayList<>();
        if (result.outcome().answer().isEmpty()) {
            told.add(result.outcome().status().toString());
        } else {
            result.answer().seen().forEach(s -> told.add(line(s)));
        }
        return told;
    }

    private static String line(ObservedStatement s) {
        String line = s.moment() + " " + s.statement() + " " + s.end()
                + s.sqlState().map(" "::concat).orElse("")
                + s.rows().map(r -> " rows=" + r).orElse("")
                + s.pid().map(p -> " pid=" + p).orElse("")
                + s.user().map(u -> " user=" + u).orElse("")
                + s.database().map(d -> " db=" + d).orElse("")
                + s.application().map(a -> " app=" + a).orElse("")
                + s.transaction().map(x -> " xid=" + x).orElse("")
                + " | " + shortened(s.text());
        return line.replaceAll("\\s+", " ");
    }

    private static String shortened(Excerpt text) {
        String one = text.text().replaceAll("\\s+", " ");
        return one.length() <= 100 ? one : one.substring(0, 100);
    }

    private static List<String> expected(String fixture) throws IOException {
        List<String> expected = new ArrayList<>();
        boolean here = false;
        for (String line : Files.readAllLines(folder().resolve("events.txt"))) {
            if (line.startsWith("== ")) {
                here = line.equals("== " + fixture);
            } else if (here) {
                expected.add(line);
            }
        }
        return expected;
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void its_events_are_exactly_those(String fixture) throws IOException {
        assertThat(told(PostgresLogs.in(folder().resolve(fixture)))).isEqualTo(expected(fixture));
    }
}
