package io.github.rowsleuth.logs;

import io.github.rowsleuth.Findings;
import io.github.rowsleuth.Investigation;
import io.github.rowsleuth.incident.Incident;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.incident.TimeWindow;
import io.github.rowsleuth.logs.event.Ledger;
import io.github.rowsleuth.logs.source.LogFiles;
import io.github.rowsleuth.logs.source.Patience;
import io.github.rowsleuth.probe.Statements;
import io.github.rowsleuth.sql.StatementKind;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What reading a large log costs beside {@code wc -l}, {@code grep}, ripgrep and pgBadger, as far as they are installed:
 * whole processes, by turns, medians of their times, on the same log, which is made by the same numbers every time.
 */
public final class LogBenchmark {

    private static final long BYTES = 1_200_000_000L;
    private static final long SEED = 42;
    private static final int ROUNDS = 3;
    private static final List<String> SLOW = List.of("pgbadger");

    private final Path log;
    private final String java;
    private final String classpath;

    private LogBenchmark(Path log) {
        this.log = log;
        this.java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        this.classpath = System.getProperty("java.class.path");
    }

    /**
     * Runs it.
     *
     * @param arguments a log to be read instead of one that is made; or {@code read}, the log and the number of threads,
     *     which reads it once and tells what was found
     */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 3 && arguments[0].equals("read")) {
            read(Path.of(arguments[1]), Integer.parseInt(arguments[2]));
            return;
        }
        boolean given = arguments.length == 1 && !arguments[0].isEmpty();
        Path log = given ? Path.of(arguments[0]) : Files.createTempFile("rowsleuth", ".log");
        try {
            if (!given) {
                LogMaker.write(log, BYTES, SEED);
            }
            new LogBenchmark(log).run();
        } finally {
            if (!given) {
                Files.delete(log);
            }
        }
    }

    private static void read(Path log, int threads) {
        Findings findings = Investigation.of("public.orders")
                .probes(PostgresLogs.in(log).withThreads(threads))
                .run();
        Statements statements = findings.answer(Statements.class).orElseThrow();
        System.out.println(statements.seen().size() + " statements with all that is known of them, "
                + statements.clusters().size() + " bulk deletions");
    }

    /** How many there are, beyond those of which more is kept. */
    private static String counted(Path log) throws Exception {
        LogReading reading = new LogReading(
                        new LogFiles(log),
                        LogOptions.DEFAULT,
                        new Incident(List.of(TableName.parse("public.orders")), TimeWindow.UNKNOWN),
                        Patience.lasting(Duration.ofHours(1)))
                .read();
        Ledger ledger = reading.slices().get(0).ledger();
        long failed = 0;
        StringBuilder counts = new StringBuilder();
        for (StatementKind kind : List.of(StatementKind.DELETE, StatementKind.TRUNCATE, StatementKind.DROP_TABLE)) {
            failed += ledger.failed(kind);
            counts.append(ledger.seen(kind) - ledger.failed(kind))
                    .append(' ')
                    .append(kind)
                    .append(", ");
        }
        return counts + "" + failed + " failed";
    }

    private void run() throws Exception {
        Map<String, List<String>> peers = new TreeMap<>();
        peers.put("wc -l", List.of("wc", "-l", log.toString()));
        peers.put("grep -cE", List.of("grep", "-ciE", "delete|truncate|drop", log.toString()));
        peers.put("rg -c", List.of("rg", "-ciE", "none", "delete|truncate|drop", log.toString()));
        peers.put("rowsleuth, 1 thread", ours(1));
        peers.put("rowsleuth, 2 threads", ours(2));
        peers.put(
                "pgbadger -j 2",
                List.of(
                        "pgbadger",
                        "-q",
                        "-j",
                        "2",
                        "-p",
                        "%m [%p] %u@%d ",
                        "-o",
                        "/dev/null",
                        "-x",
                        "text",
                        log.toString()));
        double size = Files.size(log) / 1e6;
        Map<String, Double> seconds = new TreeMap<>();
        for (Map.Entry<String, List<String>> peer : peers.entrySet()) {
            if (installed(peer.getValue().get(0))) {
                seconds.put(peer.getKey(), median(peer.getValue()));
            }
        }
        double counting = Optional.ofNullable(seconds.get("wc -l")).orElse(Double.NaN);
        seconds.forEach((peer, s) -> System.out.printf(
                Locale.ROOT, "%-22s %7.2f s %8.0f MB/s %7.1f times wc -l%n", peer, s, size / s, s / counting));
        System.out.println(counted(log));
    }

    private List<String> ours(int threads) {
        return List.of(
                java,
                "-Xmx64m",
                "-XX:+UseSerialGC", // for a heap as small as that
                "-cp",
                classpath,
                LogBenchmark.class.getName(),
                "read",
                log.toString(),
                String.valueOf(threads));
    }

    private static boolean installed(String command) {
        return Path.of(command).isAbsolute()
                || Arrays.stream(System.getenv("PATH").split(":", -1))
                        .anyMatch(p -> Files.isExecutable(Path.of(p, command)));
    }

    private static double median(List<String> command) throws IOException, InterruptedException {
        int rounds = SLOW.contains(command.get(0)) ? 1 : ROUNDS;
        List<Double> all = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            long begin = System.nanoTime();
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getInputStream().transferTo(OutputStream.nullOutputStream()); // grep stops early for /dev/null
            int exit = process.waitFor();
            if (exit != 0) {
                throw new IOException("expected " + command + " to succeed; it ended with " + exit);
            }
            all.add((System.nanoTime() - begin) / 1e9);
        }
        all.sort(Double::compare);
        return all.get(all.size() / 2);
    }
}
