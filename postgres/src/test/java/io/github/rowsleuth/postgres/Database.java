package io.github.rowsleuth.postgres;

import io.github.rowsleuth.postgres.fixture.PostgresFixture;
import io.github.rowsleuth.postgres.fixture.PostgresServer;
import io.github.rowsleuth.probe.DeletionStats;
import io.github.rowsleuth.probe.Scope;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A database of the fixture, for SQL that a test writes down as it stands. */
record Database(PostgresServer server, String name) {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long PAUSE_MILLIS = 50;

    /** Rows deleted from pages so full that any ordinary read would prune them. */
    static final String[] DAMAGED_ORDERS = {
        "create extension pageinspect",
        "create table orders(id int primary key, text text) with (autovacuum_enabled = off)",
        "insert into orders select i, repeat('x', 100) from generate_series(1, 5000) i",
        "delete from orders where id % 2 = 0"
    };

    /** Every byte of the table's pages, deleted rows included, and its rows in the catalogs. */
    static final String FINGERPRINT = """
            select string_agg(md5(get_raw_page('orders', 'main', b::int)), ',' order by b)
                   || (select md5(string_agg(c::text || c.xmin::text, ',' order by c.oid)) from pg_class c
                        where c.relname like 'orders%')
              from generate_series(0, pg_relation_size('orders') / 8192 - 1) b""";

    static Database on(int major) {
        return on(PostgresFixture.shared(major));
    }

    static Database on(PostgresServer server) {
        return new Database(server, server.createDatabase());
    }

    /** A URL of a port at which nobody listens. */
    static String urlOfNobody() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "jdbc:postgresql://127.0.0.1:" + socket.getLocalPort() + "/app";
        }
    }

    String url() {
        return server.jdbcUrl(name);
    }

    /** The URL without its user, who is a superuser. */
    String bareUrl() {
        return url().substring(0, url().indexOf('?'));
    }

    Connection connect() throws SQLException {
        return server.connect(name);
    }

    /** Runs statements in a connection that is then closed, which hands in its counts. */
    Database run(String... statements) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
        return this;
    }

    String value(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return String.valueOf(result.getString(1));
        }
    }

    /** Asks until the answer is as wanted; the last one where it never is. */
    String eventually(String sql, Predicate<String> wanted) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        String answer = value(sql);
        while (!wanted.test(answer) && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            answer = value(sql);
        }
        return answer;
    }

    Scope scope(String... tables) throws Exception {
        return Postgres.at(url()).scope().examine(Notebook.on(tables));
    }

    /** Asks until the statistics have arrived; the last answer where they do not. */
    DeletionStats stats(Predicate<DeletionStats> arrived) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        DeletionStats stats = Postgres.at(url()).deletionStats().examine(Notebook.on("t"));
        while (!arrived.test(stats) && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            stats = Postgres.at(url()).deletionStats().examine(Notebook.on("t"));
        }
        return stats;
    }
}
