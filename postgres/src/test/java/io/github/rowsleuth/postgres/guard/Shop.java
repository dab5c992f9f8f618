package io.github.rowsleuth.postgres.guard;

import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.postgres.watch.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;

/** A database that is marked as disposable, a role that may delete in it, and a place for backup and journal. */
record Shop(Sandbox database, String role, DisposableDatabase disposable, Path folder) {

    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    static final Terminal PERSON = new Terminal(true, Map.of());

    /** A backup is on another device than the database, and there is room. */
    static final Devices TWO_DISKS = new Devices() {
        @Override
        boolean same(Path one, Path other) {
            return false;
        }

        @Override
        long free(Path folder) {
            return 1L << 30;
        }
    };

    private static final String[] TABLES = {
        "create table orders(id int primary key, created int, note text)",
        "create table items(id int primary key, \"order\" int references orders on delete cascade)",
        "create table letters(id int primary key, \"order\" int references orders on delete set null)",
        "insert into orders select n, n, E'secret\\t' || n || E'\\n\\\\N' from generate_series(1, 100) n",
        "insert into items select n, 1 + n % 100 from generate_series(1, 300) n",
        "insert into letters select n, n from generate_series(1, 50) n"
    };

    static Shop open(int major, Path folder) throws SQLException, IOException {
        Sandbox database = Sandbox.on(major).run(TABLES);
        String role = "clerk_" + database.name();
        database.run(
                "create role " + role + " login",
                "grant select, delete on all tables in schema public to " + role,
                "grant create on schema public to " + role);
        DisposableDatabase disposable = new DisposableDatabase(
                database.value("select system_identifier from pg_control_system()"),
                database.name(),
                "marker of " + database.name());
        database.run(disposable.marking().toArray(String[]::new));
        Files.createDirectories(folder.resolve("backups"));
        return new Shop(database, role, disposable, folder);
    }

    DataSource clerk() {
        return database.dataSource(source -> source.setUser(role));
    }

    Path journal() {
        return folder.resolve("journal");
    }

    /** Everything as it should be, with something changed. */
    GuardedOperation operation(String condition, UnaryOperator<ImmutableGuardSettings.Builder> change) {
        ImmutableGuardSettings.Builder settings = ImmutableGuardSettings.builder()
                .source(clerk())
                .disposable(List.of(disposable))
                .backups(folder.resolve("backups"))
                .databaseFiles(folder)
                .journal(journal())
                .clock(InstantSource.fixed(NOON))
                .terminal(PERSON)
                .devices(TWO_DISKS);
        return new GuardedOperation(
                new DeletionRequest(TableName.of("public", "orders"), condition, List.of()),
                change.apply(settings).build());
    }

    GuardedOperation operation(UnaryOperator<ImmutableGuardSettings.Builder> change) {
        return operation("created <= 5", change);
    }

    GuardedOperation operation() {
        return operation(settings -> settings);
    }

    /** Plan, confirm, execute. */
    static OperationOutcome run(GuardedOperation operation) {
        OperationPlan plan = operation.plan();
        return operation.execute(operation.confirm(plan, plan.confirmation()));
    }

    /** Rows of orders, items and letters. */
    String rows() throws SQLException {
        return database.value("select (select count(*) from orders) || ' ' || (select count(*) from items) || ' '"
                + " || (select count(\"order\") from letters)");
    }

    static final String ALL = "100 300 50";
    static final String FIVE_GONE = "95 285 45";
}
