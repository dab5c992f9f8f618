package io.github.rowsleuth.postgres;

import io.github.rowsleuth.postgres.fixture.PostgresFixture;
import io.github.rowsleuth.postgres.fixture.PostgresServer;
import io.github.rowsleuth.probe.Probe;
import io.github.rowsleuth.server.ServerActivity;
import java.sql.Connection;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** On a server of its own, on which nobody else comes and goes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ActivityContractTest implements PostgresProbeContract<ServerActivity> {
    private final PostgresServer server = PostgresFixture.start(15, Map.of("autovacuum", "off"));
    private final Database database = Database.on(server);
    private final Connection witness = database.connect();

    ActivityContractTest() throws Exception {}

    @BeforeAll
    void fill() throws Exception {
        database.run(Database.DAMAGED_ORDERS);
        database.run("create role watcher login in role pg_monitor");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Override
    public Probe<ServerActivity> probe() {
        return of(Postgres.at(database.bareUrl(), "watcher", ""));
    }

    @Override
    public String fingerprintOfSource() throws Exception {
        try (var statement = witness.createStatement();
                var result = statement.executeQuery(Database.FINGERPRINT)) {
            result.next();
            return result.getString(1);
        }
    }

    @Override
    public Database database() {
        return database;
    }

    @Override
    public Probe<ServerActivity> of(Postgres postgres) {
        return postgres.activity();
    }
}
