package io.github.rowsleuth.postgres;

import io.github.rowsleuth.probe.Probe;
import io.github.rowsleuth.probe.Scope;
import io.github.rowsleuth.probe.contract.ProbeContract;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScopeContractTest implements ProbeContract<Scope> {
    private final Database database = Database.on(15);

    @BeforeAll
    void fill() throws Exception {
        database.run(Database.DAMAGED_ORDERS);
    }

    @Override
    public Probe<Scope> probe() {
        return Postgres.at(database.url()).scope();
    }

    @Override
    public Probe<Scope> probeOfMissingSource() throws Exception {
        return Postgres.at(Database.urlOfNobody()).scope();
    }

    @Override
    public String fingerprintOfSource() throws Exception {
        return database.value(Database.FINGERPRINT);
    }
}
