package io.github.rowsleuth.postgres;

import io.github.rowsleuth.probe.Probe;
import io.github.rowsleuth.probe.contract.ProbeContract;
import io.github.rowsleuth.server.WriteAheadLog;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WriteAheadLogContractTest implements ProbeContract<WriteAheadLog> {
    private Database database = new Database(WalStage.stillServer(), "postgres");

    @BeforeAll
    void fill() throws Exception {
        database = WalStage.still();
        probe().examine(Notebook.on("public.orders"));
    }

    @Override
    public Probe<WriteAheadLog> probe() {
        return Postgres.at(database.url()).writeAheadLog();
    }

    @Override
    public Probe<WriteAheadLog> probeOfMissingSource() throws Exception {
        return Postgres.at(Database.urlOfNobody()).writeAheadLog();
    }

    @Override
    public String fingerprintOfSource() throws Exception {
        return database.value(Database.FINGERPRINT);
    }
}
