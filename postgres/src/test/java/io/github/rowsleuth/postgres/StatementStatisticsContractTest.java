package io.github.rowsleuth.postgres;

import io.github.rowsleuth.probe.Probe;
import io.github.rowsleuth.server.StatementStatistics;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StatementStatisticsContractTest implements PostgresProbeContract<StatementStatistics> {
    private final Database database = Database.on(15);

    @BeforeAll
    void fill() throws Exception {
        database.run("create extension pg_stat_statements", "select pg_stat_statements_reset()");
        database.run(Database.DAMAGED_ORDERS);
    }

    @Override
    public Database database() {
        return database;
    }

    @Override
    public Probe<StatementStatistics> of(Postgres postgres) {
        return postgres.statementStatistics();
    }
}
