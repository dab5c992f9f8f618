package io.github.rowsleuth.postgres;

import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.probe.DeletionStats;
import io.github.rowsleuth.probe.Probe;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeletionStatsContractTest implements PostgresProbeContract<DeletionStats> {
    private final Database database = Database.on(15);

    @BeforeAll
    void fill() throws Exception {
        database.run(Database.DAMAGED_ORDERS);
        database.stats(stats ->
                stats.of(TableName.parse("public.orders")).orElseThrow().deleted() > 0);
    }

    @Override
    public Database database() {
        return database;
    }

    @Override
    public Probe<DeletionStats> of(Postgres postgres) {
        return postgres.deletionStats();
    }
}
