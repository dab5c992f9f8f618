package io.github.rowsleuth.examples;

import com.zaxxer.hikari.HikariDataSource;
import io.github.rowsleuth.postgres.fixture.PostgresFixture;
import io.github.rowsleuth.postgres.fixture.PostgresServer;
import io.github.rowsleuth.postgres.watch.Watch;
import io.github.rowsleuth.postgres.watch.WatchMode;
import io.github.rowsleuth.postgres.watch.WatchedDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.assertj.db.type.AssertDbConnectionFactory;
import org.assertj.db.type.Changes;
import org.dbunit.database.DatabaseConnection;
import org.dbunit.database.IDatabaseConnection;

/**
 * What it costs a test to know that nothing was deleted: the beginning and the end, without the test, the median of many,
 * in one run beside AssertJ-DB, the row count of DbUnit and {@code count(*)}.
 */
final class WatchBenchmark {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int ROUNDS = 40;
    private static final int[][] SHAPES = {{10, 100}, {50, 200}, {200, 50}, {1000, 10}, {50, 20_000}};

    /** A beginning and an end. */
    @FunctionalInterface
    private interface Round {
        void run() throws Exception;
    }

    private final HikariDataSource pool;
    private final Set<String> tooSlow;
    private final List<String> report = new ArrayList<>();

    private WatchBenchmark(HikariDataSource pool, Set<String> tooSlow) {
        this.pool = pool;
        this.tooSlow = tooSlow;
    }

    /** Prints and writes the table. */
    public static void main(String[] arguments) throws Exception {
        PostgresServer server = PostgresFixture.shared(16);
        Set<String> tooSlow = new HashSet<>();
        List<String> report = new ArrayList<>(List.of("ms per test, median of up to " + ROUNDS + " (first), PostgreSQL "
                + server.major() + ", pooled connections"));
        for (int[] shape : SHAPES) {
            try (HikariDataSource pool = new HikariDataSource()) {
                pool.setJdbcUrl(server.jdbcUrl(server.createDatabase()));
                pool.setMaximumPoolSize(4);
                WatchBenchmark benchmark = new WatchBenchmark(pool, tooSlow);
                benchmark.create(shape[0], shape[1]);
                benchmark.measure(shape[0] + " × " + shape[1]);
                report.addAll(benchmark.report);
            }
        }
        Path file = Path.of("target", "watch-benchmark.txt");
        Files.write(file, report);
        report.forEach(System.out::println);
    }

    private void create(int tables, int rows) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            for (int i = 0; i < tables; i++) {
                statement.execute("create table t" + i + " as select n as id, 'row ' || n as text"
                        + " from generate_series(1, " + rows + ") n");
                statement.execute("alter table t" + i + " add primary key (id)");
            }
            // Else every look into the log creates it for itself, and takes it back.
            statement.execute("create extension pg_walinspect");
            statement.execute("analyze");
        }
    }

    private void measure(String shape) throws Exception {
        Map<String, Round> rounds = new LinkedHashMap<>();
        for (WatchMode mode : WatchMode.values()) {
            WatchedDatabase database = WatchedDatabase.of(pool).in(mode);
            rounds.put("watch, " + mode, () -> watch(database));
        }
        rounds.put("count(*)", this::count);
        rounds.put("DbUnit row count", this::dbUnit);
        rounds.put("AssertJ-DB changes", this::assertJ);
        for (Map.Entry<String, Round> round : rounds.entrySet()) {
            String time = tooSlow.contains(round.getKey()) ? "  not measured" : time(round.getKey(), round.getValue());
            report.add(String.format(Locale.ROOT, "%-12s %-20s %s", shape, round.getKey(), time));
        }
    }

    /** What takes longer than patience is measured once, and not again in the next database. */
    private String time(String name, Round round) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < ROUNDS && System.nanoTime() < end; i++) {
            long begin = System.nanoTime();
            round.run();
            times.add((System.nanoTime() - begin) / 1e6);
        }
        if (times.size() == 1) {
            tooSlow.add(name);
        }
        double first = times.get(0);
        double median = times.stream().sorted().toList().get(times.size() / 2);
        return String.format(Locale.ROOT, "%10.1f (%.1f)", median, first);
    }

    private static void watch(WatchedDatabase database) {
        try (Watch watch = database.watch()) {
            check(watch.end().all().isEmpty());
        }
    }

    private void count() throws SQLException {
        check(counts().equals(counts()));
    }

    private Map<String, Long> counts() throws SQLException {
        Map<String, Long> counts = new LinkedHashMap<>();
        try (Connection connection = pool.getConnection()) {
            for (String table : tables(connection)) {
                try (Statement statement = connection.createStatement();
                        ResultSet row = statement.executeQuery("select count(*) from " + table)) {
                    row.next();
                    counts.put(table, row.getLong(1));
                }
            }
        }
        return counts;
    }

    private static List<String> tables(Connection connection) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace")) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        return tables;
    }

    private void dbUnit() throws Exception {
        check(dbUnitCounts().equals(dbUnitCounts()));
    }

    private Map<String, Integer> dbUnitCounts() throws Exception {
        Map<String, Integer> counts = new LinkedHashMap<>();
        try (Connection connection = pool.getConnection()) {
            IDatabaseConnection database = new DatabaseConnection(connection, "public");
            for (String table : database.createDataSet().getTableNames()) {
                counts.put(table, database.getRowCount(table));
            }
        }
        return counts;
    }

    private void assertJ() {
        Changes changes = AssertDbConnectionFactory.of(pool).create().changes().build();
        changes.setStartPointNow();
        changes.setEndPointNow();
        check(changes.getChangesList().isEmpty());
    }

    private static void check(boolean nothingDeleted) {
        if (!nothingDeleted) {
            throw new IllegalStateException("expected nothing to be deleted");
        }
    }
}
