package io.github.rowsleuth.postgres;

import io.github.rowsleuth.probe.Probe;
import io.github.rowsleuth.probe.contract.ProbeContract;
import io.github.rowsleuth.transaction.WalTransactions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WalContractTest implements ProbeContract<WalTransactions> {
    private Database database = new Database(WalStage.stillServer(), "postgres");

    @BeforeAll
    void fill() throws Exception {
        database = WalStage.still();
        probe().examine(Notebook.on("public.orders"));
    }

    @Override
    public Probe<WalTransactions> probe() {
        return Postgres.at(database.url()).walTransactions();
    }

    @Override
    public Probe<WalTransactions> probeOfMissingSource() throws Exception {
        return Postgres.at(Database.urlOfNobody()).walTransactions();
    }

    @Override
    public String fingerprintOfSource() throws Exception {
        return database.value(Database.FINGERPRINT);
    }
}
