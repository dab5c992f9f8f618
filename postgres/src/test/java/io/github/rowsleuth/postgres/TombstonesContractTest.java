package io.github.rowsleuth.postgres;

import io.github.rowsleuth.probe.Probe;
import io.github.rowsleuth.probe.contract.ProbeContract;
import io.github.rowsleuth.server.Tombstones;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TombstonesContractTest implements ProbeContract<Tombstones> {
    private Database database = new Database(WalStage.stillServer(), "postgres");

    @BeforeAll
    void fill() throws Exception {
        database = WalStage.still();
        probe().examine(Notebook.on("public.orders"));
    }

    @Override
    public Probe<Tombstones> probe() {
        return Postgres.at(database.url()).tombstones();
    }

    @Override
    public Probe<Tombstones> probeOfMissingSource() throws Exception {
        return Postgres.at(Database.urlOfNobody()).tombstones();
    }

    @Override
    public String fingerprintOfSource() throws Exception {
        return database.value(Database.FINGERPRINT);
    }
}
