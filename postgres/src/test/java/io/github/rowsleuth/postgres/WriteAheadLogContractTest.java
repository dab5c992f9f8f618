package io.github.rowsleuth.postgres;

import io.github.rowsleuth.probe.Probe;
import io.github.rowsleuth.server.WriteAheadLog;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WriteAheadLogContractTest implements PostgresProbeContract<WriteAheadLog> {
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
    public Probe<WriteAheadLog> of(Postgres postgres) {
        return postgres.writeAheadLog();
    }
}
