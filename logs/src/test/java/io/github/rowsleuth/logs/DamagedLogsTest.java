package io.github.rowsleuth.logs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowsleuth.logs.Logs.Result;
import io.github.rowsleuth.probe.Coverage;
import io.github.rowsleuth.probe.ProbeOutcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Logs that are packed, damaged, hostile or not there. */
class DamagedLogsTest {

    /** How many statements are kept, as the gap says. */
    private static final int MOST = 10_000;

    private static final String DELETE = "2026-11-23 04:00:00.000 UTC [7] LOG:  statement: delete from orders\n";

    @TempDir
    Path folder;

    @Test
    void a_packed_log_says_the_same_as_a_plain_one() throws IOException {
        byte[] plain = Files.readAllBytes(Logs.recorded("s02-debian-mod"));
        Path packed = Files.write(folder.resolve("server.log.gz"), gzip(plain));

        Result fromPacked = Logs.read(PostgresLogs.in(packed));
        Result fromPlain = Logs.read(PostgresLogs.in(Logs.recorded("s02-debian-mod")));

        assertThat(fromPacked.answer()).isEqualTo(fromPlain.answer());
        assertThat(fromPacked.gaps()).isEqualTo(fromPlain.gaps());
    }

    @Test
    void half_a_packed_log_gives_its_half_and_a_gap() throws IOException {
        byte[] packed = gzip(numbered(20_000).getBytes(UTF_8));
        Path half = Files.write(folder.resolve("server.log.gz"), Arrays.copyOf(packed, packed.length / 2));

        Result result = Logs.read(PostgresLogs.in(half));

        assertThat(result.answer().seen()).hasSizeBetween(5_000, 10_000);
        assertThat(result.gaps()).anySatisfy(gap -> assertThat(gap).contains("the rest of a damaged gzip file"));
        assertThat(result.coverage().extent()).isEqualTo(Coverage.Extent.PARTIAL);
    }

    @Test
    void what_only_begins_like_gzip_is_unavailable() throws IOException {
        Path broken = Files.write(folder.resolve("server.log.gz"), new byte[] {0x1F, (byte) 0x8B, 0, 1, 2});

        assertUnavailable(broken, "damaged gzip file");
    }

    @Test
    void a_bomb_is_left_when_it_unpacks_to_two_hundred_times_its_size() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(DELETE.getBytes(UTF_8));
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 64; i++) {
                out.write(zeros);
            }
        }
        Result result = Logs.read(PostgresLogs.in(Files.write(folder.resolve("bomb.log.gz"), bytes.toByteArray())));

        assertThat(result.seen()).containsExactly("7 DELETE orders UNKNOWN");
        assertThat(result.gaps()).anySatisfy(gap -> assertThat(gap).contains("more than 200 times its size"));
    }

    @Test
    void a_line_of_ten_megabytes_is_cut_and_counted() throws IOException {
        Path file = folder.resolve("long.log");
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write("2026-11-23 04:00:00.000 UTC [7] LOG:  statement: delete from orders where id in (1"
                    .getBytes(UTF_8));
            byte[] many = ",1".repeat(512 * 1024).getBytes(UTF_8);
            for (int i = 0; i < 10; i++) {
                out.write(many);
            }
            out.write((")\n" + DELETE).getBytes(UTF_8));
        }
        Result result = Logs.read(PostgresLogs.in(file));

        assertThat(result.seen()).containsExactly("7 DELETE orders UNKNOWN", "7 DELETE orders UNKNOWN");
        assertThat(result.gaps()).anySatisfy(gap -> assertThat(gap).startsWith("parts of long records: 1 records"));
    }

    @Test
    void a_record_of_many_lines_is_cut_at_its_limit() throws IOException {
        String statement = "2026-11-23 04:00:00.000 UTC [7] LOG:  statement: delete from orders\n"
                + ("\t" + "x".repeat(1_000) + "\n").repeat(300);
        Result result = Logs.read(PostgresLogs.in(Logs.written(folder, "many.log", statement + DELETE)));

        assertThat(result.seen()).hasSize(2);
        assertThat(result.gaps()).anySatisfy(gap -> assertThat(gap).startsWith("parts of long records: 1 records"));
    }

    @Test
    void bytes_that_are_not_utf8_and_nul_do_not_end_the_reading() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(new byte[100]); // what copytruncate leaves
        bytes.write(DELETE.getBytes(UTF_8));
        bytes.write("2026-11-23 04:00:01.000 UTC [7] LOG:  statement: delete from k where s = 'M".getBytes(UTF_8));
        bytes.write(new byte[] {(byte) 0xFC, 0, 'l', '\'', '\n'});
        bytes.write("2026-11-23 04:00:02.000 UTC [7] LOG:  statement: delete from \"\uFFFD\"\n".getBytes(UTF_8));
        Result result = Logs.read(PostgresLogs.in(Files.write(folder.resolve("bytes.log"), bytes.toByteArray())));

        assertThat(result.seen())
                .containsExactly("7 DELETE orders UNKNOWN", "7 DELETE k UNKNOWN", "7 DELETE \"\uFFFD\" UNKNOWN");
        assertThat(result.coverage().detail()).contains("1 are not UTF-8");
    }

    @Test
    void line_ends_of_windows_and_a_byte_order_mark_are_tolerated() throws IOException {
        String unix = Files.readString(Logs.recorded("s01-default-none-mp"));
        Path windows = Logs.written(folder, "s01-default-none-mp.log", "\uFEFF" + unix.replace("\n", "\r\n"));

        assertThat(Logs.read(PostgresLogs.in(windows)).answer())
                .isEqualTo(Logs.read(PostgresLogs.in(Logs.recorded("s01-default-none-mp")))
                        .answer());
    }

    @Test
    @Timeout(10)
    void a_pipe_is_refused_without_opening_it() throws Exception {
        Path pipe = folder.resolve("pipe.log");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();

        assertUnavailable(pipe, "is a pipe, a device or something else");
        assertUnavailable(folder, "found none of them in");
    }

    @Test
    void devices_missing_files_and_empty_logs_are_unavailable_each_with_its_reason() throws IOException {
        assertUnavailable(Path.of("/dev/null"), "is a pipe, a device or something else");
        assertUnavailable(folder.resolve("absent.log"), "found nothing at");
        assertUnavailable(Logs.written(folder, "empty.log", ""), "is empty");
    }

    @Test
    void lines_without_the_prefix_are_not_the_same_as_no_statements() throws IOException {
        assertUnavailable(Logs.written(folder, "other.log", "[7] delete from orders\n"), "0 of 1 lines of ");
        assertThat(Logs.read(PostgresLogs.in(Logs.written(
                                folder,
                                "rds.log",
                                "2026-11-23 04:00:00 UTC::@:[7]:LOG:  statement: delete from orders\n")))
                        .seen())
                .containsExactly("7 DELETE orders UNKNOWN");
    }

    @Test
    void rotated_files_are_read_in_the_order_of_their_times_not_of_their_names() throws IOException {
        Files.write(
                folder.resolve("server.log.2.gz"),
                gzip("2026-11-23 01:00:00.000 UTC [7] LOG:  statement: BEGIN\n".getBytes(UTF_8)));
        Logs.written(folder, "server.log.1", "2026-11-23 02:00:00.000 UTC [7] LOG:  statement: delete from orders\n");
        Logs.written(folder, "server.log", "2026-11-23 03:00:00.000 UTC [7] LOG:  statement: COMMIT\n");
        Logs.written(folder, "notes.txt", "2026-11-23 02:00:00.000 UTC [7] LOG:  statement: drop table orders\n");

        Result result = Logs.read(PostgresLogs.in(folder.toString()));

        assertThat(result.seen()).containsExactly("7 DELETE orders COMMITTED");
        assertThat(result.evidence().get(0).provenance().source()).isEqualTo("server.log.1");
    }

    @Test
    void links_out_of_the_folder_are_not_followed_and_said(@TempDir Path elsewhere) throws IOException {
        Logs.written(folder, "server.log", DELETE);
        Path secret = Logs.written(elsewhere, "secret.log", DELETE);
        Files.createSymbolicLink(folder.resolve("linked.log"), secret);
        Files.createSymbolicLink(folder.resolve("current.log"), folder.resolve("server.log"));

        Result result = Logs.read(PostgresLogs.in(folder));

        assertThat(result.seen()).hasSize(1);
        assertThat(result.gaps()).contains("symbolic links that lead out of the folder: linked.log");
    }

    @Test
    void a_log_among_others_that_can_not_be_read_is_named() throws IOException {
        Logs.written(folder, "server.log", DELETE);
        Logs.written(folder, "alternatives.log", "update-alternatives: using x\n");

        assertThat(Logs.read(PostgresLogs.in(folder)).gaps())
                .contains("logs in which no record was found: alternatives.log");
    }

    @Test
    void more_statements_than_are_kept_are_counted_and_lost_tables_come_first() throws IOException {
        StringBuilder log = new StringBuilder();
        for (int i = 0; i < MOST + 500; i++) {
            log.append(stamp(i)).append("delete from noise\n");
        }
        log.append(stamp(20_000)).append("delete from orders\n");
        Result result = Logs.read(PostgresLogs.in(Logs.written(folder, "busy.log", log.toString())));

        assertThat(result.answer().seen()).hasSize(MOST);
        assertThat(result.seen().get(MOST - 1)).isEqualTo("7 DELETE orders UNKNOWN");
        assertThat(result.gaps()).contains("501 destructive statements beyond the first 10000");
    }

    private static String numbered(int count) {
        StringBuilder log = new StringBuilder();
        for (int i = 0; i < count; i++) {
            log.append(stamp(i))
                    .append("delete from t")
                    .append(Integer.toHexString(i * 7_919))
                    .append('\n');
        }
        return log.toString();
    }

    private static String stamp(int second) {
        long hours = TimeUnit.SECONDS.toHours(second);
        return String.format(
                Locale.ROOT,
                "2026-11-23 %02d:%02d:%02d.000 UTC [7] LOG:  statement: ",
                hours,
                second / 60 % 60,
                second % 60);
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(plain);
        }
        return packed.toByteArray();
    }

    private static void assertUnavailable(Path path, String reason) {
        ProbeOutcome<?> outcome = Logs.read(PostgresLogs.in(path)).outcome();

        assertThat(outcome.status()).isEqualTo(ProbeOutcome.Status.UNAVAILABLE);
        assertThat(outcome.reason()).contains(reason);
        assertThat(((ProbeOutcome.Unavailable<?>) outcome).remedy()).isNotBlank();
    }
}
