package io.github.rowsleuth.postgres;

import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.probe.DeletionStats;
import io.github.rowsleuth.probe.Probe;
import io.github.rowsleuth.probe.contract.ProbeContract;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeletionStatsContractTest implements ProbeContract<DeletionStats> {
    private final Database database = Database.on(15);

    @BeforeAll
    void fill() throws Exception {
        database.run(Database.DAMAGED_ORDERS);
        database.stats(stats ->
                stats.of(TableName.parse("public.orders")).orElseThrow().deleted() > 0);
    }

    @Override
    public Probe<DeletionStats> probe() {
        return Postgres.at(database.url()).deletionStats();
    }

    @Override
    public Probe<DeletionStats> probeOfMissingSource() throws Exception {
        return Postgres.at(Database.urlOfNobody()).deletionStats();
    }

    @Override
    public String fingerprintOfSource() throws Exception {
        return database.value(Database.FINGERPRINT);
    }
}
