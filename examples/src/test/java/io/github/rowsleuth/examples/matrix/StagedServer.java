package io.github.rowsleuth.examples.matrix;

import io.github.rowsleuth.postgres.fixture.PostgresFixture;
import io.github.rowsleuth.postgres.fixture.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A server whose databases have what reads pages and the write-ahead log, and a role that may connect and nothing else. */
final class StagedServer implements AutoCloseable {

    /** What the logs are told too: no line tells a blank of the prefix from one of a name. */
    static final String PREFIX = "%m [%p] %q%u@%d %a ";

    private static final String PLAIN = "plain";

    private final PostgresServer server;

    StagedServer(PostgresServer server) {
        this.server = server;
    }

    static StagedServer start(int major) throws SQLException {
        StagedServer started = new StagedServer(PostgresFixture.start(
                major,
                Map.of(
                        "autovacuum", "off",
                        "wal_writer_delay", "10ms", // each investigation waits until it has written what it reads
                        "log_statement", "none",
                        "log_line_prefix", PREFIX,
                        "shared_preload_libraries", "pg_stat_statements",
                        "pg_stat_statements.track", "none")));
        started.run("postgres", "", "create role " + PLAIN + " login");
        started.run(
                "template1",
                "",
                "create schema tools",
                "create extension pageinspect schema tools",
                "create extension pg_walinspect schema tools",
                "create extension pg_stat_statements schema tools");
        return started;
    }

    PostgresServer server() {
        return server;
    }

    /** Copied by files: the write-ahead log is read in every investigation, and should hold incidents only. */
    String newDatabase() throws SQLException {
        String name = "m" + UUID.randomUUID().toString().replace("-", "");
        run("postgres", "", "create database " + name + " strategy file_copy");
        return name;
    }

    /** Runs statements in one session. */
    void run(String database, String application, String... statements) throws SQLException {
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute("set application_name = '" + application + "'");
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** Begins a new file of the write-ahead log: what led up to the incidents need not be read again and again. */
    void leaveLogBehind() throws SQLException {
        run("postgres", "", "select pg_switch_wal()", "checkpoint", "create table done()", "drop table done");
    }

    /** Waits until every other session of the database has ended, and with that handed in what it counted. */
    void awaitAlone(String database) throws SQLException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement()) {
            while (sessions(statement, database) > 0) {
                if (System.nanoTime() > end) {
                    throw new IllegalStateException("expected all sessions of " + database + " to end");
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            }
        }
    }

    private static long sessions(Statement statement, String database) throws SQLException {
        try (ResultSet row =
                statement.executeQuery("select count(*) from pg_stat_activity where datname = '" + database + "'")) {
            row.next();
            return row.getLong(1);
        }
    }

    String url(String database) {
        return server.jdbcUrl(database);
    }

    String plainUrl(String database) {
        return url(database).replace("user=" + server.superuser(), "user=" + PLAIN);
    }

    @Override
    public void close() {
        server.close();
    }
}
