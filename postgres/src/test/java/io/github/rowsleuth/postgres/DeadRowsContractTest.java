package io.github.rowsleuth.postgres;

import io.github.rowsleuth.probe.Probe;
import io.github.rowsleuth.transaction.DeadRows;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeadRowsContractTest implements PostgresProbeContract<DeadRows> {
    private final Database database = Database.on(15);

    @BeforeAll
    void fill() throws Exception {
        database.run(Database.DAMAGED_ORDERS);
    }

    @Override
    public Database database() {
        return database;
    }

    @Override
    public Probe<DeadRows> of(Postgres postgres) {
        return postgres.deadRows();
    }
}
