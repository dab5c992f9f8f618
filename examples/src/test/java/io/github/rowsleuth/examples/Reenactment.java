package io.github.rowsleuth.examples;

import io.github.rowsleuth.Findings;
import io.github.rowsleuth.Investigation;
import io.github.rowsleuth.git.GitRepository;
import io.github.rowsleuth.hypothesis.Hypothesis;
import io.github.rowsleuth.logs.PostgresLogs;
import io.github.rowsleuth.postgres.Postgres;
import io.github.rowsleuth.postgres.fixture.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** An incident of the casebook, brought about in a database and a repository of its own. */
final class Reenactment {

    /** A role that may connect, and nothing else. */
    static final String PLAIN = "plain";

    private final PostgresServer server;
    private final String database;
    private final Path folder;
    private final History history;
    private Instant seen = Instant.now();

    private Reenactment(PostgresServer server, String database, Path folder, History history) {
        this.server = server;
        this.database = database;
        this.folder = folder;
        this.history = history;
    }

    static Reenactment on(PostgresServer server, Path folder) throws IOException {
        return new Reenactment(server, server.createDatabase(), folder, History.in(folder));
    }

    /** Runs statements, each in a session that ends, so that its counters are handed in. */
    Reenactment run(String... statements) throws SQLException {
        for (String sql : statements) {
            try (Connection connection = server.connect(database);
                    Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }
        return this;
    }

    /** Waits until so many rows were counted in and out of the table: sessions hand in their counters when they end. */
    Reenactment counted(String table, long inserted, long deleted) throws SQLException {
        String expected = inserted + " " + deleted;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!counters(table).equals(expected)) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(
                        "expected the counters " + expected + " of " + table + ", found " + counters(table));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        return this;
    }

    private String counters(String table) throws SQLException {
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select n_tup_ins || ' ' || n_tup_del from pg_stat_user_tables"
                        + " where schemaname || '.' || relname = '" + table + "'")) {
            return row.next() ? row.getString(1) : "none";
        }
    }

    /** From here on rows are missed. */
    Reenactment lastSeen() {
        seen = Instant.now();
        return this;
    }

    Reenactment file(String path, String content) {
        history.edit(path, content);
        return this;
    }

    Reenactment without(String path) {
        history.without(path);
        return this;
    }

    /** Commits all files, so many minutes before now. */
    Reenactment committed(String author, String message, long minutesAgo) {
        Instant when = Instant.now().minus(minutesAgo, ChronoUnit.MINUTES).truncatedTo(ChronoUnit.SECONDS);
        history.commit("main", author, when.toString(), message);
        return this;
    }

    Findings investigate(String... tables) {
        return investigateSince(seen, tables);
    }

    Findings investigateSince(Instant since, String... tables) {
        return begun(since, tables)
                .probes(database())
                .probe(database().appliedMigrations())
                .probes(repository())
                .probes(logs())
                .run();
    }

    /** What is left to say without the logs, without the repository, and as a role that may only connect. */
    List<Findings> withLess(String... tables) {
        Postgres plain = Postgres.at(server.jdbcUrl(database).replace("user=" + server.superuser(), "user=" + PLAIN));
        return List.of(
                begun(seen, tables).probes(database()).probes(repository()).run(),
                begun(seen, tables).probes(database()).probes(logs()).run(),
                begun(seen, tables)
                        .probes(plain)
                        .probes(repository())
                        .probes(logs())
                        .run());
    }

    private static Investigation begun(Instant since, String... tables) {
        return Investigation.of(tables).lostBetween(since, Instant.now());
    }

    private Postgres database() {
        return Postgres.at(server.jdbcUrl(database));
    }

    private GitRepository repository() {
        return GitRepository.at(folder);
    }

    private PostgresLogs logs() {
        return PostgresLogs.in(server.logFile());
    }

    static Hypothesis about(Findings findings, String name) {
        return findings.hypotheses().stream()
                .filter(h -> h.suspect().filter(s -> s.name().contains(name)).isPresent())
                .findFirst()
                .orElseThrow(() -> new AssertionError("no hypothesis about " + name + " in " + findings.hypotheses()));
    }
}
