package io.github.rowsleuth.postgres;

import io.github.rowsleuth.probe.AppliedMigrations;
import io.github.rowsleuth.probe.Probe;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VersionTableContractTest implements PostgresProbeContract<AppliedMigrations> {
    private final Database database = Database.on(15);

    @BeforeAll
    void fill() throws Exception {
        database.run(Database.DAMAGED_ORDERS);
        database.run(
                "create table alembic_version (version_num varchar(32) primary key)",
                "insert into alembic_version values ('0005')");
    }

    @Override
    public Database database() {
        return database;
    }

    @Override
    public Probe<AppliedMigrations> of(Postgres postgres) {
        return postgres.appliedMigrations();
    }
}
