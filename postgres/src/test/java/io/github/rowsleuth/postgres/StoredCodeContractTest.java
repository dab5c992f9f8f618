package io.github.rowsleuth.postgres;

import io.github.rowsleuth.probe.Probe;
import io.github.rowsleuth.server.StoredCode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StoredCodeContractTest implements PostgresProbeContract<StoredCode> {
    private final Database database = Database.on(15);

    @BeforeAll
    void fill() throws Exception {
        database.run(Database.DAMAGED_ORDERS);
        database.run(
                "create function purge() returns trigger language plpgsql as 'begin delete from orders; return old; end'",
                "create trigger purges after delete on orders execute function purge()",
                "create rule keeps as on delete to orders do also delete from orders where id = 1");
    }

    @Override
    public Database database() {
        return database;
    }

    @Override
    public Probe<StoredCode> of(Postgres postgres) {
        return postgres.storedCode();
    }
}
