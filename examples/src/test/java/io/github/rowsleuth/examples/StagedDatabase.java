package io.github.rowsleuth.examples;

import io.github.rowsleuth.postgres.fixture.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Brings a database by real statements to the state in which it was found on the morning after. */
final class StagedDatabase {

    // What pg_stat_user_tables must say after each step: inserted, deleted, live.
    private static final Map<String, String> LOADED = Map.of(
            "assets", "81 0 81",
            "discovery_flows", "8 0 8",
            "data_imports", "8 0 8",
            "raw_import_records", "115 0 115",
            "collection_flows", "141 0 141",
            "crewai_flow_state_extensions", "134 0 134",
            "users", "11 0 11",
            "canonical_applications", "8 0 8");
    private static final Map<String, String> IN_THE_EVENING = Map.of(
            "assets", "81 33 48",
            "discovery_flows", "8 1 7",
            "data_imports", "8 0 8",
            "raw_import_records", "115 0 115",
            "collection_flows", "141 101 40",
            "crewai_flow_state_extensions", "134 70 64",
            "users", "11 0 11",
            "canonical_applications", "8 0 8");
    private static final Map<String, String> IN_THE_NIGHT = Map.of(
            "assets", "81 33 0",
            "discovery_flows", "8 1 0",
            "data_imports", "8 0 0",
            "raw_import_records", "115 0 0",
            "collection_flows", "141 101 0",
            "crewai_flow_state_extensions", "134 70 0",
            "users", "11 0 11",
            "canonical_applications", "8 0 8");
    private static final Map<String, String> MORNING_AFTER = Map.of(
            "assets", "81 33 0",
            "discovery_flows", "8 1 0",
            "data_imports", "8 0 0",
            "raw_import_records", "115 0 0",
            "collection_flows", "143 101 2",
            "crewai_flow_state_extensions", "136 70 2",
            "users", "11 0 11",
            "canonical_applications", "8 0 8");

    private static final String TABLES = """
            CREATE SCHEMA migration;
            CREATE TYPE migration.account_state AS ENUM ('invited', 'active');
            CREATE TABLE migration.users (id int PRIMARY KEY, state migration.account_state);
            CREATE TABLE migration.canonical_applications (id int PRIMARY KEY, owner int REFERENCES migration.users);
            CREATE TABLE migration.crewai_flow_state_extensions (id serial PRIMARY KEY, flow_id int UNIQUE);
            CREATE TABLE migration.data_imports (id serial PRIMARY KEY,
                flow_id int REFERENCES migration.crewai_flow_state_extensions (flow_id) ON DELETE CASCADE);
            CREATE TABLE migration.raw_import_records (id serial PRIMARY KEY,
                import_id int REFERENCES migration.data_imports ON DELETE CASCADE);
            CREATE TABLE migration.discovery_flows (id serial PRIMARY KEY,
                flow_id int REFERENCES migration.crewai_flow_state_extensions (flow_id) ON DELETE CASCADE,
                import_id int REFERENCES migration.data_imports);
            CREATE TABLE migration.assets (id serial PRIMARY KEY,
                flow int REFERENCES migration.discovery_flows ON DELETE CASCADE,
                record_id int REFERENCES migration.raw_import_records);
            CREATE TABLE migration.collection_flows (id serial PRIMARY KEY, status text,
                flow_id int REFERENCES migration.crewai_flow_state_extensions (flow_id) ON DELETE CASCADE,
                discovery_id int REFERENCES migration.discovery_flows ON DELETE SET NULL)
            """;

    private static final String ROWS = """
            INSERT INTO migration.users (id) SELECT generate_series(1, 11);
            INSERT INTO migration.canonical_applications SELECT n, 1 FROM generate_series(1, 8) n;
            INSERT INTO migration.crewai_flow_state_extensions (flow_id) SELECT generate_series(1, 134);
            INSERT INTO migration.data_imports (flow_id) SELECT generate_series(1, 8);
            INSERT INTO migration.raw_import_records (import_id) SELECT 1 + n % 8 FROM generate_series(1, 115) n;
            INSERT INTO migration.discovery_flows (import_id) SELECT generate_series(1, 8);
            INSERT INTO migration.assets (record_id) SELECT generate_series(1, 81);
            INSERT INTO migration.collection_flows (status) SELECT 'open' FROM generate_series(1, 141)
            """;

    private static final String ORDINARY_DELETES = """
            DELETE FROM migration.assets WHERE id <= 33;
            DELETE FROM migration.discovery_flows WHERE id = 8;
            DELETE FROM migration.collection_flows WHERE id <= 101;
            DELETE FROM migration.crewai_flow_state_extensions WHERE flow_id > 64
            """;

    private final PostgresServer server;
    private final String database;

    StagedDatabase(PostgresServer server, String database) {
        this.server = server;
        this.database = database;
    }

    /** Everything up to the evening on which the rows were last seen. */
    void live() throws SQLException {
        run("CREATE ROLE auditor LOGIN");
        run(TABLES);
        run(ROWS);
        await(LOADED);
        run(ORDINARY_DELETES);
        await(IN_THE_EVENING);
        run("VACUUM (ANALYZE)");
        await(IN_THE_EVENING);
    }

    /** The night: two migrations, the act, an attempt that fails, a checkpoint, and work that goes on. */
    void lose() throws SQLException {
        run("DROP TYPE IF EXISTS migration.flow_phase CASCADE");
        run("DROP TYPE migration.account_state CASCADE");
        run("TRUNCATE migration.crewai_flow_state_extensions CASCADE");
        await(IN_THE_NIGHT);
        fail("DELETE FROM migration.collection_flows WHERE status = 'open' AND (flow_id IS NULL");
        run("CHECKPOINT");
        run("""
                INSERT INTO migration.crewai_flow_state_extensions (flow_id) VALUES (900), (901);
                INSERT INTO migration.collection_flows (status, flow_id) VALUES ('new', 900), ('new', 901)
                """);
        await(MORNING_AFTER);
    }

    private void run(String sql) throws SQLException {
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void fail(String sql) throws SQLException {
        try {
            run(sql);
        } catch (SQLException e) {
            if ("42601".equals(e.getSQLState())) {
                return;
            }
            throw e;
        }
        throw new IllegalStateException("the server accepted what it should have refused: " + sql);
    }

    /** A session hands in its counters when it ends, in any order with others: so no act begins before they are there. */
    private void await(Map<String, String> expected) throws SQLException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        Map<String, String> counters = counters();
        while (!counters.equals(expected) && System.nanoTime() < end) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            counters = counters();
        }
        if (!counters.equals(expected)) {
            throw new IllegalStateException("the staged counters should be " + expected + ", and are " + counters);
        }
    }

    private Map<String, String> counters() throws SQLException {
        Map<String, String> counters = new TreeMap<>();
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT relname, n_tup_ins, n_tup_del, n_live_tup FROM pg_stat_user_tables")) {
            while (rows.next()) {
                counters.put(rows.getString(1), rows.getLong(2) + " " + rows.getLong(3) + " " + rows.getLong(4));
            }
        }
        return counters;
    }
}
