package io.github.rowsleuth.examples.matrix;

import io.github.rowsleuth.examples.matrix.Decoys.Truth;
import io.github.rowsleuth.postgres.fixture.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A server that is copied, goes on, and is then replaced by its copy, which lacks what came after. */
final class Promotion implements AutoCloseable {

    private final StagedServer original;
    private final StagedServer copy;
    private final String database;

    private Promotion(StagedServer original, StagedServer copy, String database) {
        this.original = original;
        this.copy = copy;
        this.database = database;
    }

    static Promotion begin(int major) throws SQLException {
        StagedServer original = StagedServer.start(major);
        String database = original.newDatabase();
        original.run(
                database,
                "",
                "create table letters(id int primary key)",
                "insert into letters select generate_series(1, 40)",
                "create table stamps(id int primary key)",
                "insert into stamps select generate_series(1, 5)");
        return new Promotion(original, new StagedServer(original.server().standby()), database);
    }

    void stage(Stage stage) throws Exception {
        original.run(database, "", "insert into letters select generate_series(41, 55)");
        stage.on(copy, database)
                .decoys(Decoys.around(Truth.DELETED, "stamps", "letters"))
                .file("README.md", "# Letters\n")
                .committed("Begin", Duration.ofDays(50))
                .missing("letters")
                .then(this::promote);
    }

    /** Without its original, the copy never gets what it lacks. */
    private void promote() throws SQLException {
        copy.run(database, "", "select pg_promote()");
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (recovering(copy.server())) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("expected the copy to be promoted");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        copy.run(database, "", "checkpoint");
    }

    private boolean recovering(PostgresServer server) throws SQLException {
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_is_in_recovery()")) {
            row.next();
            return row.getBoolean(1);
        }
    }

    @Override
    public void close() {
        copy.close();
        original.close();
    }
}
