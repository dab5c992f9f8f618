package io.github.rowsleuth.postgres;

import io.github.rowsleuth.probe.Probe;
import io.github.rowsleuth.transaction.WalTransactions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WalContractTest implements PostgresProbeContract<WalTransactions> {
    private Database database = new Database(WalStage.stillServer(), "postgres");

    @BeforeAll
    void fill() throws Exception {
        database = WalStage.still();
        probe().examine(Notebook.on("public.orders"));
    }

    @Override
    public Database database() {
        return database;
    }

    @Override
    public Probe<WalTransactions> of(Postgres postgres) {
        return postgres.walTransactions();
    }
}
