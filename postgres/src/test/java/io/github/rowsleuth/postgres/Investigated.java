package io.github.rowsleuth.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowsleuth.Findings;
import io.github.rowsleuth.Investigation;
import io.github.rowsleuth.InvestigationListener;
import io.github.rowsleuth.postgres.fixture.PostgresServer;
import io.github.rowsleuth.probe.ProbeOutcome;
import io.github.rowsleuth.probe.ProbeOutcome.Status;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A whole investigation in the face of a fault, and what must be true of it: it ends in time, names the fault, keeps
 * every other answer, and leaves nothing behind.
 *
 * @param findings what it found
 * @param took how long it took
 */
record Investigated(Findings findings, Duration took) {
    /** Far more than any of these takes, far less than a hang. */
    static final Duration DEADLINE = Duration.ofSeconds(20);

    private static final Duration OVERRUN = Duration.ofSeconds(3);

    /** Answers that need more than a fresh server and a superuser give, and are unavailable in most of these tests. */
    private static final Set<String> OPTIONAL =
            Set.of("postgres.dead-rows", "postgres.wal", "postgres.statement-statistics");

    static Investigated of(Postgres postgres, String... tables) {
        return of(postgres, new InvestigationListener() {}, tables);
    }

    static Investigated of(Postgres postgres, InvestigationListener listener, String... tables) {
        long start = System.nanoTime();
        Findings findings = Investigation.of(tables)
                .probes(postgres)
                .deadline(DEADLINE)
                .listener(listener)
                .run();
        Investigated investigated = new Investigated(findings, Duration.ofNanos(System.nanoTime() - start));
        assertThat(investigated.took()).isLessThan(DEADLINE.plus(OVERRUN));
        assertThat(findings.outcomes()).extracting(ProbeOutcome::status).doesNotContain(Status.FAILED);
        return investigated;
    }

    /** Every sentence that says what could not be seen. */
    Stream<String> said() {
        return Stream.concat(
                findings.gaps().stream().flatMap(g -> Stream.of(g.missing(), g.consequence(), g.remedy())),
                findings.outcomes().stream().map(ProbeOutcome::reason));
    }

    Investigated names(String fault) {
        assertThat(said().collect(Collectors.toList())).anyMatch(s -> s.contains(fault));
        return this;
    }

    Investigated nothingAnswered() {
        assertThat(findings.outcomes()).extracting(ProbeOutcome::status).doesNotContain(Status.ANSWERED);
        return this;
    }

    /** Everything answered but the named ones, and those that need more than most servers offer. */
    Investigated allAnsweredBut(String... silent) {
        Set<String> expected = new TreeSet<>(OPTIONAL);
        expected.addAll(List.of(silent));
        assertThat(findings.outcomes())
                .filteredOn(o -> !expected.contains(o.probe()))
                .allSatisfy(o ->
                        assertThat(o.status()).as(o.probe() + " " + o.reason()).isEqualTo(Status.ANSWERED));
        return this;
    }

    Investigated silent(String... probes) {
        assertThat(findings.outcomes())
                .filteredOn(o -> o.status() != Status.ANSWERED)
                .extracting(ProbeOutcome::probe)
                .contains(probes);
        return this;
    }

    /** No session of ours is left, and with it no lock, no snapshot and no transaction. */
    void leavesNothingOn(PostgresServer server) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (sessions(server) > 0 && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(sessions(server)).isZero();
    }

    private static int sessions(PostgresServer server) throws SQLException {
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(
                        "select count(*) from pg_stat_activity where application_name = 'rowsleuth'")) {
            result.next();
            return result.getInt(1);
        }
    }
}
