package io.github.rowsleuth.postgres.benchmark;

import io.github.rowsleuth.Investigation;
import io.github.rowsleuth.postgres.Postgres;
import io.github.rowsleuth.postgres.fixture.PostgresFixture;
import io.github.rowsleuth.postgres.fixture.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Map;

/**
 * What a default investigation costs on databases of 10, 1,000 and 10,000 tables, beside the usual first move: one
 * {@code SELECT count(*)} for each table. Both are run by turns in one process; the medians and their ratio are printed.
 */
public final class InvestigationBenchmark {
    private static final int ROUNDS = 7;
    private static final int[] TABLES = {10, 1_000, 10_000};

    private InvestigationBenchmark() {}

    /**
     * Runs it.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) throws SQLException {
        try (PostgresServer server = PostgresFixture.start(16, Map.of("max_locks_per_transaction", "1000"))) {
            System.out.printf("%8s %18s %18s %8s%n", "tables", "investigation ms", "count(*) ms", "ratio");
            for (int tables : TABLES) {
                measure(server, tables);
            }
        }
    }

    private static void measure(PostgresServer server, int tables) throws SQLException {
        String database = server.createDatabase();
        run(
                server,
                database,
                "do $$ begin for i in 1.." + tables + " loop execute format('create table t%s(id int primary key)', i);"
                        + " execute format('insert into t%s select generate_series(1, 100)', i);"
                        + " if i %% 500 = 0 then commit; end if; end loop; end $$".replace("%%", "%"));
        double[] ours = new double[ROUNDS];
        double[] theirs = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            ours[round] = millis(() -> Investigation.of("t1")
                    .probes(Postgres.at(server.jdbcUrl(database)))
                    .run());
            theirs[round] = millis(() -> countEach(server, database, tables));
        }
        double our = median(ours);
        double their = median(theirs);
        System.out.printf("%8d %18.1f %18.1f %8.2f%n", tables, our, their, our / their);
    }

    private static void run(PostgresServer server, String database, String sql) throws SQLException {
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void countEach(PostgresServer server, String database, int tables) throws SQLException {
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement()) {
            for (int i = 1; i <= tables; i++) {
                try (ResultSet result = statement.executeQuery("select count(*) from t" + i)) {
                    result.next();
                }
            }
        }
    }

    private interface Work {
        void run() throws SQLException;
    }

    private static double millis(Work work) throws SQLException {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e6;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
