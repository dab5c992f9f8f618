package io.github.rowsleuth.examples;

import io.github.rowsleuth.InvestigationListener;
import io.github.rowsleuth.probe.ProbeOutcome;
import java.time.Duration;

/** What the first command of the README runs: progress on standard error, the report on standard output. */
public final class IncidentDemo {

    private IncidentDemo() {}

    /**
     * Stages the incident, investigates it and prints the report.
     *
     * @param arguments none
     * @throws Exception if the incident can not be staged
     */
    public static void main(String[] arguments) throws Exception {
        System.err.println("Staging the incident on an embedded PostgreSQL …");
        try (StagedIncident incident = StagedIncident.stage()) {
            System.err.println("Investigating …");
            incident.investigate(new Progress()).report().print();
        }
    }

    private static final class Progress implements InvestigationListener {
        @Override
        public void ended(ProbeOutcome<?> outcome, Duration elapsed) {
            System.err.printf("  %-26s %-10s %5d ms%n", outcome.probe(), outcome.status(), elapsed.toMillis());
        }
    }
}
