package io.github.rowsleuth.postgres;

import io.github.rowsleuth.postgres.fixture.PostgresFixture;
import io.github.rowsleuth.postgres.fixture.PostgresServer;
import io.github.rowsleuth.transaction.ObservedTransaction;
import io.github.rowsleuth.transaction.TableEffect;
import io.github.rowsleuth.transaction.WalTransactions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A database whose server writes nothing by itself into its log, and acts on it whose transaction is known. */
record WalStage(Database database) {

    private static final int FIRST = 15;

    /** Settings of a server of which every record in the log is the test's. */
    static final Map<String, String> QUIET = Map.of(
            "wal_level", "replica",
            "autovacuum", "off",
            "checkpoint_timeout", "1h",
            "wal_keep_size", "1GB",
            "allow_in_place_tablespaces", "on");

    /** A transaction that a test ran. */
    record Act(long xid, Instant before, Instant after) {}

    /** Of a server that writes nothing at all unless it is told to, so that what is read twice is the same. */
    private static final Map<String, String> STILL =
            Map.of("wal_level", "minimal", "max_wal_senders", "0", "autovacuum", "off", "checkpoint_timeout", "1d");

    private static final int STILL_MAJOR = 16;

    private static final class Still {
        private static final PostgresServer SERVER = PostgresFixture.start(STILL_MAJOR, STILL);
    }

    private static final Map<Integer, PostgresServer> SHARED = new ConcurrentHashMap<>();

    /** A database of its own on a server that all tests of the log share; it ends with the JVM. */
    static WalStage on(int major) throws SQLException {
        return on(SHARED.computeIfAbsent(major, key -> PostgresFixture.start(key, QUIET)));
    }

    static WalStage on(PostgresServer server) throws SQLException {
        return new WalStage(Database.on(server).run("create extension pg_walinspect"));
    }

    /** A damaged database on a server that writes nothing by itself; all tests share the server, it ends with the JVM. */
    static Database still() throws SQLException {
        Database database = on(Still.SERVER).database();
        database.run(Database.DAMAGED_ORDERS);
        // A first look sets hint bits in the catalogs, which is written too.
        database.run(
                "vacuum (freeze) pg_class",
                "vacuum (freeze) pg_attribute",
                "vacuum (freeze) pg_proc",
                "vacuum (freeze) pg_depend",
                "checkpoint");
        return database;
    }

    static PostgresServer stillServer() {
        return Still.SERVER;
    }

    /** The majors that can show their log. */
    static List<Integer> majors() {
        return PostgresFixture.majors().stream().filter(major -> major >= FIRST).toList();
    }

    /** Runs statements in one transaction. */
    Act act(String... statements) throws SQLException {
        try (Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            return act(connection, "commit", statements);
        }
    }

    /** Runs statements in one transaction, and rolls it back. */
    Act undone(String... statements) throws SQLException {
        try (Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            return act(connection, "rollback", statements);
        }
    }

    /** Runs statements in a transaction of that connection. */
    static Act act(Connection connection, String end, String... statements) throws SQLException {
        Instant before = Instant.now();
        long xid;
        try (Statement statement = connection.createStatement()) {
            try (ResultSet result = statement.executeQuery("select pg_current_xact_id()")) {
                result.next();
                xid = result.getLong(1);
            }
            for (String sql : statements) {
                statement.execute(sql);
            }
            if (!end.isEmpty()) {
                statement.execute(end);
            }
        }
        return new Act(xid, before, Instant.now());
    }

    /** Runs a statement that refuses to be in a transaction with others; nobody else takes ids meanwhile. */
    Act alone(String statement) throws SQLException {
        long xid = Long.parseLong(database.value("select pg_snapshot_xmax(pg_current_snapshot())"));
        Instant before = Instant.now();
        database.run(statement);
        return new Act(xid, before, Instant.now());
    }

    static Optional<ObservedTransaction> find(WalTransactions answer, long xid) {
        return answer.transactions().stream().filter(t -> t.xid() == xid).findFirst();
    }

    /** Such as {@code public.orders ROWS_DELETED 4}; a table without a name goes as {@code file}. */
    static List<String> effects(ObservedTransaction transaction) {
        return transaction.effects().stream().map(WalStage::effect).sorted().toList();
    }

    private static String effect(TableEffect effect) {
        String relation =
                effect.table().isEmpty() && effect.relation().startsWith("file ") ? "file" : effect.relation();
        return relation + " " + effect.kind()
                + effect.rows().map(rows -> " " + rows).orElse("");
    }
}
