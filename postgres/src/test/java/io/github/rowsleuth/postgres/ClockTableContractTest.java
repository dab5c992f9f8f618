package io.github.rowsleuth.postgres;

import io.github.rowsleuth.incident.TimeWindow;
import io.github.rowsleuth.probe.Probe;
import io.github.rowsleuth.transaction.ClockTable;
import java.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClockTableContractTest implements PostgresProbeContract<ClockTable> {
    private final Database database = Database.on(15);

    @BeforeAll
    void fill() throws Exception {
        database.run(Database.DAMAGED_ORDERS);
        database.run(
                "create table events(created_at timestamptz default '2026-03-01T12:00:00Z')",
                "insert into events select from generate_series(1, 3)");
    }

    @Override
    public TimeWindow window() {
        return TimeWindow.between(Instant.parse("2026-03-01T11:30:00Z"), Instant.parse("2026-03-01T12:30:00Z"));
    }

    @Override
    public Database database() {
        return database;
    }

    @Override
    public Probe<ClockTable> of(Postgres postgres) {
        return postgres.clockTable("public.events", "created_at");
    }
}
