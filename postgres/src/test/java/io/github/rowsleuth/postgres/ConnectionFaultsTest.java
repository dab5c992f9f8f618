package io.github.rowsleuth.postgres;

import io.github.rowsleuth.postgres.fixture.PostgresFixture;
import io.github.rowsleuth.postgres.fixture.PostgresServer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A server that can not be entered: the investigation says why, and does not wait for ever. */
class ConnectionFaultsTest {
    private static final int MAJOR = 16;

    private static Database database;

    @BeforeAll
    static void create() throws Exception {
        database = Database.on(MAJOR).run("create table t(id int)");
    }

    @AfterAll
    static void nothing_is_left() throws Exception {
        Investigated.of(Postgres.at(database.url()), "t").leavesNothingOn(database.server());
    }

    @Test
    void a_port_at_which_nobody_listens() throws Exception {
        Investigated.of(Postgres.at(Database.urlOfNobody(), "me", "secret"), "t")
                .nothingAnswered()
                .names("nothing that listens there");
    }

    @Test
    void a_host_that_does_not_exist() {
        Investigated.of(Postgres.at("jdbc:postgresql://nowhere.invalid/app", "me", "secret"), "t")
                .nothingAnswered()
                .names("a host name that does not resolve");
    }

    @Test
    void a_port_that_swallows_everything() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String url = "jdbc:postgresql://127.0.0.1:" + silent.getLocalPort() + "/app?connectTimeout=1&loginTimeout=1"
                    + "&socketTimeout=1";
            Investigated.of(Postgres.at(url, "me", "secret"), "t").nothingAnswered();
        }
    }

    @Test
    void a_database_that_does_not_exist() {
        Investigated.of(Postgres.at(database.server().jdbcUrl("nowhere")), "t")
                .nothingAnswered()
                .names("a server without a database of that name");
    }

    @Test
    void a_database_that_lets_nobody_in() throws Exception {
        Database closed = Database.on(MAJOR);
        database.run("alter database " + closed.name() + " allow_connections false");

        Investigated.of(Postgres.at(closed.url()), "t")
                .nothingAnswered()
                .names("is not currently accepting connections");
    }

    @Test
    void a_role_that_does_not_exist() {
        Investigated.of(Postgres.at(database.bareUrl(), "nobody_of_that_name", "secret"), "t")
                .nothingAnswered()
                .names("refused the role");
    }

    @Test
    void a_role_that_may_not_log_in() throws Exception {
        database.run("create role sleeper nologin");

        Investigated.of(Postgres.at(database.bareUrl(), "sleeper", "secret"), "t")
                .nothingAnswered()
                .names("refused the role");
    }

    @Test
    void a_role_whose_connections_are_used_up() throws Exception {
        database.run("create role single login connection limit 1");
        try (Connection taken = DriverManager.getConnection(database.bareUrl(), "single", "secret")) {
            Investigated.of(Postgres.at(database.bareUrl(), "single", "secret"), "t")
                    .nothingAnswered()
                    .names("too many connections for role");
            taken.getCatalog();
        }
    }

    @Test
    void a_server_without_a_free_slot() throws Exception {
        Map<String, String> few =
                Map.of("max_connections", "4", "superuser_reserved_connections", "1", "max_wal_senders", "0");
        try (PostgresServer server = PostgresFixture.start(MAJOR, few)) {
            Database full = Database.on(server).run("create role app login", "create table t(id int)");
            List<Connection> taken = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                taken.add(DriverManager.getConnection(full.bareUrl(), "app", "secret"));
            }
            Investigated.of(Postgres.at(full.bareUrl(), "app", "secret"), "t")
                    .nothingAnswered()
                    .names("all connection slots");
            close(taken);
        }
    }

    private static void close(List<Connection> connections) throws SQLException {
        for (Connection connection : connections) {
            connection.close();
        }
    }

    @Test
    void a_server_whose_processes_are_stopped() throws Exception {
        try (PostgresServer server = PostgresFixture.start(MAJOR, Map.of())) {
            String url = server.jdbcUrl("postgres") + "&connectTimeout=1&loginTimeout=1&socketTimeout=1";
            String pid = Files.readAllLines(server.dataDirectory().resolve("postmaster.pid"))
                    .get(0);
            signal("-STOP", pid);
            try {
                Investigated.of(Postgres.at(url), "t").nothingAnswered();
            } finally {
                signal("-CONT", pid);
            }
        }
    }

    private static void signal(String signal, String pid) throws Exception {
        new ProcessBuilder("kill", signal, pid.strip()).inheritIO().start().waitFor();
    }

    @Test
    void a_standby_that_lets_nobody_in() throws Exception {
        try (PostgresServer primary = PostgresFixture.start(MAJOR, Map.of());
                PostgresServer standby = primary.standby()) {
            standby.stop();
            Files.writeString(standby.dataDirectory().resolve("postgresql.auto.conf"), "hot_standby = off\n");
            try {
                standby.restart();
            } catch (IllegalStateException e) {
                // pg_ctl waits for a server that accepts connections, which this one never will.
                assertThatStarted(standby);
            }
            Investigated.of(Postgres.at(standby.jdbcUrl("postgres")), "t")
                    .nothingAnswered()
                    .names("is starting, stopping or recovering");
        }
    }

    private static void assertThatStarted(PostgresServer standby) {
        org.assertj.core.api.Assertions.assertThat(standby.dataDirectory().resolve("postmaster.pid"))
                .exists();
    }
}
