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
import java.util.stream.IntStream;

/**
 * What a default investigation costs on databases of 10, 1,000 and 10,000 tables, of which one is named or all are,
 * beside the usual first move: one {@code SELECT count(*)} for each table. They are run by turns in one process; the
 * medians are printed, and the ratio of the investigation that names one table.
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
            System.out.printf(
                    "%8s %14s %14s %14s %8s%n", "tables", "one named ms", "all named ms", "count(*) ms", "ratio");
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
        String[] all = IntStream.rangeClosed(1, tables).mapToObj(i -> "t" + i).toArray(String[]::new);
        double[] ours = new double[ROUNDS];
        double[] whole = new double[ROUNDS];
        double[] theirs = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            ours[round] = millis(() -> investigate(server, database, "t1"));
            whole[round] = millis(() -> investigate(server, database, all));
            theirs[round] = millis(() -> countEach(server, database, tables));
        }
        double our = median(ours);
        double their = median(theirs);
        System.out.printf("%8d %14.1f %14.1f %14.1f %8.2f%n", tables, our, median(whole), their, our / their);
    }

    private static void investigate(PostgresServer server, String database, String... tables) {
        Investigation.of(tables).probes(Postgres.at(server.jdbcUrl(database))).run();
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
