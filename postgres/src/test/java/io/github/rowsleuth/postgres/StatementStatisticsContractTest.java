package io.github.rowsleuth.postgres;

import io.github.rowsleuth.probe.Probe;
import io.github.rowsleuth.probe.contract.ProbeContract;
import io.github.rowsleuth.server.StatementStatistics;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StatementStatisticsContractTest implements ProbeContract<StatementStatistics> {
    private final Database database = Database.on(15);

    @BeforeAll
    void fill() throws Exception {
        database.run("create extension pg_stat_statements", "select pg_stat_statements_reset()");
        database.run(Database.DAMAGED_ORDERS);
    }

    @Override
    public Probe<StatementStatistics> probe() {
        return Postgres.at(database.url()).statementStatistics();
    }

    @Override
    public Probe<StatementStatistics> probeOfMissingSource() throws Exception {
        return Postgres.at(Database.urlOfNobody()).statementStatistics();
    }

    @Override
    public String fingerprintOfSource() throws Exception {
        return database.value(Database.FINGERPRINT);
    }
}
