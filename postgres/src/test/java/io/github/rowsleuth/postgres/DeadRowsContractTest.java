package io.github.rowsleuth.postgres;

import io.github.rowsleuth.probe.Probe;
import io.github.rowsleuth.probe.contract.ProbeContract;
import io.github.rowsleuth.transaction.DeadRows;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeadRowsContractTest implements ProbeContract<DeadRows> {
    private final Database database = Database.on(15);

    @BeforeAll
    void fill() throws Exception {
        database.run(Database.DAMAGED_ORDERS);
    }

    @Override
    public Probe<DeadRows> probe() {
        return Postgres.at(database.url()).deadRows();
    }

    @Override
    public Probe<DeadRows> probeOfMissingSource() throws Exception {
        return Postgres.at(Database.urlOfNobody()).deadRows();
    }

    @Override
    public String fingerprintOfSource() throws Exception {
        return database.value(Database.FINGERPRINT);
    }
}
