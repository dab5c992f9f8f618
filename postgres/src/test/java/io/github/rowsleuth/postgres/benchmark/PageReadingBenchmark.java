package io.github.rowsleuth.postgres.benchmark;

import io.github.rowsleuth.Findings;
import io.github.rowsleuth.Investigation;
import io.github.rowsleuth.postgres.Postgres;
import io.github.rowsleuth.postgres.fixture.PostgresFixture;
import io.github.rowsleuth.postgres.fixture.PostgresServer;
import io.github.rowsleuth.transaction.DeadRows;
import io.github.rowsleuth.transaction.TablePages;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * How fast pages are read, against a plain read of the same file and against PostgreSQL's own functions, and how little
 * memory it needs. One command, some minutes and 3 GB of disk:
 *
 * <pre>{@code mvn -q -Pbenchmark -pl core,postgres process-test-classes -Dbenchmark=PageReadingBenchmark}</pre>
 *
 * <p>{@code -Dbenchmark.rows=…} sets the size of the big table; 7,900,000 rows are about 1 GB, as much as fits into one file.
 */
public final class PageReadingBenchmark {
    private static final int MAJOR = 17;
    private static final int ROUNDS = 5;
    private static final int SMALL_ROWS = 75_000;
    private static final int PAGE = 8192;
    private static final int[] HEAPS = {8, 10, 12, 14, 16, 20, 24, 32, 48, 64};
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final String DELETED_BY_SQL = """
            select count(*) filter (where i.lp_flags = 1 and i.t_xmax::text <> '0' and i.t_infomask & 2048 = 0
                                      and pg_xact_status(i.t_xmax::text::xid8) = 'committed')
              from generate_series(0, pg_relation_size('big') / 8192 - 1) b,
                   lateral heap_page_items(get_raw_page('big', 'main', b)) i""";

    private final PrintStream out = System.out;
    private final PostgresServer server;
    private final String database;

    private PageReadingBenchmark(PostgresServer server) {
        this.server = server;
        this.database = server.createDatabase();
    }

    /** Measures; or, with a URL and a table, is the process whose memory is measured. */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 2) {
            deadRows(Postgres.at(arguments[0]), arguments[1]);
            return;
        }
        try (PostgresServer server = PostgresFixture.start(MAJOR, Map.of("max_wal_size", "4GB"))) {
            new PageReadingBenchmark(server).run(Integer.getInteger("benchmark.rows", 7_900_000));
        }
    }

    private void run(int rows) throws Exception {
        execute("create extension pageinspect");
        fill("small", SMALL_ROWS);
        fill("big", rows);
        execute("checkpoint");
        String lent = lent();
        Path file = server.dataDirectory().resolve(value("select pg_relation_filepath('big')"));
        long pages = Files.size(file) / PAGE;
        long megabytes = Files.size(file) >> 20;
        out.printf("%,d pages (%,d MB), half of the rows deleted, medians of %d%n", pages, megabytes, ROUNDS);
        double plain = measure("plain read of the file", pages, 0, () -> read(file));
        measure("postgres.dead-rows", pages, plain, () -> deadRows(superuser(), "big"));
        measure("… through rowsleuth.raw_page()", pages, plain, () -> deadRows(Postgres.at(lent), "big"));
        measure("heap_page_items() in SQL", pages, plain, () -> value(DELETED_BY_SQL));
        out.printf("smallest heap for 10 MB: %d MB, for %,d MB: %d MB%n", heap("small"), megabytes, heap("big"));
    }

    private void fill(String table, int rows) throws SQLException {
        execute("create table " + table + "(id int, filler text) with (autovacuum_enabled = off)");
        execute("insert into " + table + " select i, repeat('x', 100) from generate_series(1, " + rows + ") i");
        execute("delete from " + table + " where id % 2 = 0");
    }

    private String lent() throws SQLException {
        execute("create schema rowsleuth");
        execute(
                "create function rowsleuth.raw_page(relation regclass, block bigint) returns bytea language sql strict"
                        + " security definer set search_path = pg_catalog, pg_temp as"
                        + " $$ select public.get_raw_page(relation::text, 'main'::text, block) where relation::oid >= 16384 $$");
        execute("create role auditor login");
        execute("grant usage on schema rowsleuth to auditor");
        return server.jdbcUrl(database).replaceFirst("user=[^&]*", "user=auditor");
    }

    private Postgres superuser() {
        return Postgres.at(server.jdbcUrl(database));
    }

    private static TablePages deadRows(Postgres postgres, String table) {
        Findings findings = Investigation.of("public." + table)
                .probe(postgres.withPageLimit(Long.MAX_VALUE).deadRows())
                .deadline(PATIENCE)
                .probeDeadline(PATIENCE)
                .run();
        TablePages pages = findings.answer(DeadRows.class)
                .flatMap(rows -> rows.pages().stream().findFirst())
                .orElseThrow(() -> new IllegalStateException(findings.toString()));
        if (!pages.complete() || pages.deleted() != pages.live()) {
            throw new IllegalStateException("half of the rows were to be deleted: " + pages);
        }
        return pages;
    }

    private static long read(Path file) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
        long sum = 0;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            while (channel.read(buffer.clear()) > 0) {
                sum += buffer.get(0);
            }
        }
        return sum;
    }

    private double measure(String what, long pages, double plain, Callable<?> work) throws Exception {
        double[] seconds = new double[ROUNDS];
        work.call();
        for (int i = 0; i < ROUNDS; i++) {
            long begin = System.nanoTime();
            work.call();
            seconds[i] = (System.nanoTime() - begin) / 1e9;
        }
        Arrays.sort(seconds);
        double median = seconds[ROUNDS / 2];
        String ratio = plain == 0 ? "" : String.format(", %.1f times a plain read", median / plain);
        out.printf("%-32s %8.3f s %,11.0f pages/s%s%n", what, median, pages / median, ratio);
        return median;
    }

    /** The smallest heap, in megabytes, with which a process can investigate that table. */
    private int heap(String table) throws Exception {
        for (int megabytes : HEAPS) {
            List<String> command = List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx" + megabytes + "m",
                    "-XX:+UseSerialGC",
                    "-cp",
                    System.getProperty("java.class.path"),
                    PageReadingBenchmark.class.getName(),
                    server.jdbcUrl(database),
                    table);
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) && process.exitValue() == 0) {
                return megabytes;
            }
            process.destroy();
        }
        throw new IllegalStateException(HEAPS[HEAPS.length - 1] + " MB do not suffice for " + table);
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String value(String sql) throws SQLException {
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }
}
