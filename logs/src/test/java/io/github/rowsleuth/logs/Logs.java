package io.github.rowsleuth.logs;

import io.github.rowsleuth.Findings;
import io.github.rowsleuth.Investigation;
import io.github.rowsleuth.evidence.Evidence;
import io.github.rowsleuth.probe.Coverage;
import io.github.rowsleuth.probe.Gap;
import io.github.rowsleuth.probe.ObservedStatement;
import io.github.rowsleuth.probe.ProbeOutcome;
import io.github.rowsleuth.probe.ServerTrace;
import io.github.rowsleuth.probe.Statements;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** Reads logs in tests, through a whole investigation. */
final class Logs {

    private Logs() {}

    /** {@return a log recorded from a real server} */
    static Path recorded(String name) {
        URL url = Objects.requireNonNull(Logs.class.getResource(name + ".log"), name);
        try {
            return Path.of(url.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static Path written(Path folder, String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    static Result read(PostgresLogs logs) {
        return read(logs, Investigation.of("public.orders"));
    }

    static Result read(PostgresLogs logs, Duration deadline) {
        return read(logs, Investigation.of("public.orders").probeDeadline(deadline));
    }

    static Result read(PostgresLogs logs, Investigation investigation) {
        Findings findings = investigation.probes(logs).run();
        ProbeOutcome<?> outcome = findings.outcomes().stream()
                .filter(o -> o.probe().equals(LogStatements.ID))
                .findFirst()
                .orElseThrow();
        return new Result(outcome);
    }

    /** How the probe ended. */
    record Result(ProbeOutcome<?> outcome) {

        Statements answer() {
            return (Statements)
                    outcome.answer().orElseThrow(() -> new AssertionError(outcome.status() + ": " + outcome.reason()));
        }

        /** {@return pid, statement, end and SQLSTATE of every statement} */
        List<String> seen() {
            return answer().seen().stream().map(Result::line).toList();
        }

        private static String line(ObservedStatement s) {
            return s.pid().map(Object::toString).orElse("?") + " " + s.statement() + " " + s.end()
                    + s.sqlState().map(state -> " " + state).orElse("");
        }

        List<String> traces(ServerTrace.Kind kind) {
            return answer().traces().stream()
                    .filter(t -> t.kind() == kind)
                    .map(ServerTrace::summary)
                    .toList();
        }

        List<String> gaps() {
            return outcome.notes().gaps().stream().map(Gap::missing).toList();
        }

        Coverage coverage() {
            return outcome.notes().coverage().orElseThrow();
        }

        List<Evidence> evidence() {
            return outcome.notes().evidence();
        }
    }
}
