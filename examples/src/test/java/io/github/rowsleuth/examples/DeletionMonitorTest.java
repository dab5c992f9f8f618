package io.github.rowsleuth.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowsleuth.Findings;
import io.github.rowsleuth.hypothesis.Fate;
import io.github.rowsleuth.postgres.fixture.PostgresFixture;
import io.github.rowsleuth.postgres.fixture.PostgresServer;
import io.github.rowsleuth.postgres.watch.Expectation;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

class DeletionMonitorTest {

    private final PostgresServer server = PostgresFixture.shared(16);
    private final String database = server.createDatabase();

    @Test
    void it_is_silent_within_the_budget_and_hands_on_findings_beyond_it(@TempDir Path folder) throws Exception {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(server.jdbcUrl(database));
        List<Findings> alarms = new ArrayList<>();
        DeletionMonitor monitor = new DeletionMonitor(
                source,
                folder.resolve("inventory"),
                Expectation.noDeletions().allowing("public.sessions", 100),
                (deletions, findings) -> alarms.add(findings.orElseThrow()));

        run("create table orders(id int)", "create table sessions(id int)");
        run("insert into orders select generate_series(1, 40)", "insert into sessions select generate_series(1, 90)");
        await("130 0 130");
        monitor.run();
        run("delete from sessions");
        await("130 90 40");
        monitor.run();
        assertThat(alarms).isEmpty();

        run("truncate orders");
        await("130 90 0");
        monitor.run();
        monitor.run();

        assertThat(alarms).singleElement().satisfies(findings -> {
            assertThat(findings.fate("public.orders").orElseThrow().fate()).isEqualTo(Fate.TRUNCATED);
            assertThat(findings.incident().tables()).hasToString("[public.orders]");
        });
    }

    private void run(String... statements) throws Exception {
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** Inserted, deleted, live: a session hands in its counts when it ends, which takes a moment. */
    private void await(String counters) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!counters().equals(counters) && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        assertThat(counters()).isEqualTo(counters);
    }

    private String counters() throws Exception {
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select concat_ws(' ', sum(n_tup_ins), sum(n_tup_del), sum(n_live_tup)) from pg_stat_user_tables")) {
            row.next();
            return row.getString(1);
        }
    }
}
