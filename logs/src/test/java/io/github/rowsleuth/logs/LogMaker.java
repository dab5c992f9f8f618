package io.github.rowsleuth.logs;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Writes a log as a busy server with {@code log_min_duration_statement = 0} does: mostly queries, few deletions among
 * them, failed ones, texts that only speak of deleting, statements of several lines. Equal numbers give equal bytes.
 */
final class LogMaker {

    private static final List<String> TABLES =
            List.of("orders", "order_items", "customers", "invoices", "payments", "events", "sessions", "carts");
    private static final List<String> USERS = List.of("app", "app", "app", "reporting", "etl", "postgres");
    private static final int SESSIONS = 120;
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

    private final Writer out;
    private final SplittableRandom random;
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private long written;
    private String prefix = "";

    private LogMaker(Writer out, long seed) {
        this.out = out;
        this.random = new SplittableRandom(seed);
    }

    static void write(Path log, long bytes, long seed) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(log)) {
            LogMaker maker = new LogMaker(out, seed);
            while (maker.written < bytes) {
                maker.record(maker.random.nextInt(10_000));
            }
        }
    }

    private void record(int kind) throws IOException {
        int session = random.nextInt(SESSIONS);
        now = now.plusMillis(random.nextInt(33));
        prefix = STAMP.format(now) + " UTC [" + (20_000 + session * 7) + "] " + USERS.get(session % USERS.size())
                + "@shop ";
        if (kind < 100) {
            deletion(kind);
        } else if (kind < 105) {
            line("LOG:  duration: " + milliseconds() + " ms  statement: TRUNCATE TABLE " + table() + " CASCADE;");
        } else if (kind < 107) {
            line("LOG:  duration: " + milliseconds() + " ms  statement: DROP TABLE IF EXISTS tmp_" + table());
        } else if (kind < 117) {
            line(
                    "ERROR:  update or delete on table \"orders\" violates foreign key constraint \"k\" on table \"invoices\"");
            line("DETAIL:  Key (id)=(" + random.nextInt(9_999) + ") is still referenced from table \"invoices\".");
            line("STATEMENT:  DELETE FROM orders WHERE id = " + random.nextInt(9_999));
        } else if (kind < 137) {
            line("LOG:  duration: " + milliseconds()
                    + " ms  statement: INSERT INTO audit_log(msg) VALUES ('asked to delete from " + table() + "')");
        } else {
            ordinary(kind);
        }
    }

    private void deletion(int kind) throws IOException {
        String begin = "LOG:  duration: " + milliseconds() + " ms  ";
        switch (kind % 5) {
            case 0 ->
                line(begin + "statement: DELETE FROM " + table() + " o\n\t WHERE o.at < now() - interval '9 days'\n"
                        + "\t   AND NOT EXISTS (SELECT 1 FROM x)");
            case 1 -> line(begin + "execute S_1: delete from " + table() + " where id=$1 and version=$2");
            default -> line(begin + "statement: delete from " + table() + " where id = " + random.nextInt(1 << 24));
        }
    }

    private void ordinary(int kind) throws IOException {
        String begin = "LOG:  duration: " + milliseconds() + " ms  statement: ";
        if (kind < 2_000) {
            line(begin + "SELECT o.id, o.status, c.name,\n\t       sum(i.qty * i.price) AS total\n\t  FROM orders o\n"
                    + "\t  JOIN customers c ON c.id = o.customer_id\n\t WHERE c.region = 'ü'\n\t GROUP BY 1, 2, 3");
        } else if (kind < 6_000) {
            line(begin + "UPDATE " + table() + " SET status = 'SHIPPED', version = version + 1 WHERE id = "
                    + random.nextInt(1 << 24));
        } else if (kind < 8_000) {
            line(begin + "INSERT INTO " + table() + " (id, payload) VALUES (" + random.nextInt(1 << 24)
                    + ", '{\"k\": \"" + Long.toHexString(random.nextLong()) + "\"}') RETURNING id");
        } else if (kind < 9_000) {
            line(begin + (random.nextBoolean() ? "BEGIN" : "COMMIT"));
        } else {
            line(begin + "SELECT id, total FROM " + table() + " WHERE customer_id = " + random.nextInt(1 << 20)
                    + " ORDER BY created_at DESC LIMIT " + random.nextInt(100));
        }
    }

    private void line(String text) throws IOException {
        out.write(prefix);
        out.write(text);
        out.write('\n');
        written += prefix.length() + text.length() + 1L;
    }

    private String table() {
        return TABLES.get(random.nextInt(TABLES.size()));
    }

    private String milliseconds() {
        return random.nextInt(200) + "." + (100 + random.nextInt(900));
    }
}
