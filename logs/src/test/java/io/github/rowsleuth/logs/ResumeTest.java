package io.github.rowsleuth.logs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rowsleuth.logs.Logs.Result;
import io.github.rowsleuth.probe.ObservedStatement;
import io.github.rowsleuth.probe.ProbeOutcome;
import io.github.rowsleuth.probe.StatementEnd;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A reading goes on where an earlier one ended, whatever happened to the files in between. */
class ResumeTest {

    private static final String PREFIX = "%m [%p] ";

    @TempDir
    Path folder;

    private static String line(int second, int pid, String text) {
        return String.format("2026-11-23 04:00:%02d.000 UTC [%d] LOG:  %s%n", second, pid, text);
    }

    private static String statement(int second, int pid, String sql) {
        return line(second, pid, "statement: " + sql);
    }

    private Path log(String name, String... lines) throws IOException {
        return Files.writeString(folder.resolve(name), String.join("", lines));
    }

    private static void append(Path file, String... lines) throws IOException {
        Files.writeString(file, String.join("", lines), StandardOpenOption.APPEND);
    }

    private static PostgresLogs logs(Path path) {
        return PostgresLogs.in(path).withPrefix(PREFIX);
    }

    private static String token(Result result) {
        return result.answer().resumeToken().orElseThrow();
    }

    private static List<String> told(Result result) {
        return result.answer().seen().stream()
                .map(s -> s.statement() + " " + s.end() + (s.toldBefore() ? " told before" : ""))
                .toList();
    }

    // ---- any split of real logs

    private static String where(Result result, ObservedStatement s) {
        return result.evidence().stream()
                .filter(e -> e.id().equals(s.evidence()))
                .map(e -> e.provenance().toString())
                .findFirst()
                .orElseThrow();
    }

    /** All but what the rest of a log decides for all of it: whether it shows transactions, and its time zones. */
    private static String what(ObservedStatement s) {
        return what(s, s.end() == StatementEnd.COMMITTED ? StatementEnd.UNKNOWN : s.end());
    }

    private static String what(ObservedStatement s, StatementEnd end) {
        return String.join(
                " | ",
                s.statement().toString(),
                end.toString(),
                s.text().text(),
                s.user().toString(),
                s.database().toString(),
                s.application().toString(),
                s.client().toString(),
                s.pid().toString(),
                s.transaction().toString(),
                s.rows().toString(),
                s.duration().toString(),
                s.sqlState().toString(),
                s.message().toString(),
                s.parameters().toString(),
                s.within().toString());
    }

    private static Map<String, List<String>> byPlace(Result result, Function<ObservedStatement, String> what) {
        Map<String, List<String>> told = new LinkedHashMap<>();
        for (ObservedStatement s : result.answer().seen()) {
            told.computeIfAbsent(where(result, s), w -> new ArrayList<>()).add(what.apply(s));
        }
        return told;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s04-rich-all.log",
                "s04-rich-all.csv",
                "s04-rich-all.json",
                "s05-debian-all.log",
                "s08-debian-pgaudit.log",
                "s28-spoof.log",
                "docker-json-file.log",
                "syslog-rfc3164.log"
            })
    void two_readings_of_a_real_log_tell_what_one_tells(String name) throws IOException {
        byte[] whole = Files.readAllBytes(
                Objects.requireNonNull(Logs.recorded("s00-boot").getParent()).resolve(name));
        Path file = folder.resolve(name);
        Files.write(file, whole);
        Map<String, List<String>> expected = byPlace(Logs.read(PostgresLogs.in(file)), ResumeTest::what);
        Random random = new Random(name.hashCode());

        for (int round = 0; round < 3; round++) {
            // The prefix is inferred from the beginning: enough of it has to be there.
            int cut = whole.length / 2 + random.nextInt(whole.length / 2);
            Files.write(file, Arrays.copyOf(whole, cut));
            Result first = Logs.read(PostgresLogs.in(file).resumable());
            Files.write(file, whole);
            Result second = Logs.read(PostgresLogs.in(file).after(token(first)));

            Map<String, List<String>> exact = byPlace(first, s -> what(s, s.end()));
            byPlace(second, s -> what(s, s.end()))
                    .forEach((place, said) -> assertThat(exact.getOrDefault(place, List.of()))
                            .as("%s cut at %d", name, cut)
                            .isNotEqualTo(said));
            Map<String, List<String>> both = byPlace(first, ResumeTest::what);
            both.putAll(byPlace(second, ResumeTest::what));
            assertThat(both).as("%s cut at %d", name, cut).containsExactlyInAnyOrderEntriesOf(expected);
        }
    }

    // ---- sessions

    @Test
    void a_transaction_goes_on_over_several_readings() throws IOException {
        Path file = log("a.log", statement(1, 7, "begin"), statement(2, 7, "delete from orders where note = 'x'"));
        Result first = Logs.read(logs(file).resumable());
        append(file, statement(3, 8, "delete from other"));
        Result second = Logs.read(logs(file).after(token(first)));
        append(file, statement(4, 7, "commit"), statement(5, 7, "truncate orders"));
        Result third = Logs.read(logs(file).after(token(second)));

        assertThat(told(first)).containsExactly("DELETE orders UNKNOWN");
        assertThat(told(second)).containsExactly("DELETE other UNKNOWN");
        assertThat(told(third)).containsExactly("DELETE orders COMMITTED told before", "TRUNCATE orders UNKNOWN");
        assertThat(where(third, third.answer().seen().get(1))).contains("line 5");
    }

    @Test
    void a_record_that_was_half_written_is_told_once() throws IOException {
        String record = statement(2, 7, "delete from orders").strip() + "\n\twhere id = 1\n";
        Path file = log("a.log", statement(1, 7, "select 1"), record.substring(0, record.indexOf("delete") + 9));
        Result first = Logs.read(logs(file).resumable());
        Files.writeString(file, statement(1, 7, "select 1") + record);
        Result second = Logs.read(logs(file).after(token(first)));

        assertThat(told(first)).isEmpty();
        assertThat(told(second)).hasSize(1).allMatch(s -> s.startsWith("DELETE orders") && !s.endsWith("before"));
    }

    @Test
    void an_error_finds_its_statement_in_the_later_reading() throws IOException {
        String error = line(2, 7, "x").replace("LOG:  x", "ERROR:  deadlock detected");
        String text = line(2, 7, "x").replace("LOG:  x", "STATEMENT:  delete from orders");
        Path file = log("a.log", statement(1, 9, "select 1"), error);
        Result first = Logs.read(logs(file).resumable());
        append(file, text);
        Result second = Logs.read(logs(file).after(token(first)));

        assertThat(told(first)).isEmpty();
        assertThat(told(second)).containsExactly("DELETE orders FAILED");
    }

    @Test
    void nothing_new_is_an_answer_too() throws IOException {
        Path file = log("a.log", statement(1, 7, "delete from orders"));
        Result first = Logs.read(logs(file).resumable());
        Result second = Logs.read(logs(file).after(token(first)));
        Result third = Logs.read(logs(file).after(token(second)));

        assertThat(second.outcome().status()).isEqualTo(ProbeOutcome.Status.ANSWERED);
        assertThat(told(second)).isEmpty();
        assertThat(token(second)).isEqualTo(token(third));
        append(file, statement(2, 7, "truncate orders"));
        assertThat(told(Logs.read(logs(file).after(token(third)))))
                .anyMatch(s -> s.startsWith("TRUNCATE orders") && !s.endsWith("before"));
    }

    // ---- rotation

    /** What happens to a log between two readings. */
    @FunctionalInterface
    private interface Rotation {
        void of(Path file) throws IOException;
    }

    private static void gzip(Path file, Path packed) throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            Files.copy(file, out);
        }
        Files.delete(file);
    }

    private List<String> afterRotation(Rotation rotation) throws IOException {
        Path file = log("server.log", statement(1, 7, "delete from first"), statement(2, 7, "select 1"));
        Result first = Logs.read(logs(folder).resumable());
        append(file, statement(3, 7, "delete from second"), statement(4, 7, "select 1"));
        rotation.of(file);
        log("server.log", statement(5, 7, "delete from third"), statement(6, 7, "select 1"));

        Result second = Logs.read(logs(folder).after(token(first)));

        List<String> all = new ArrayList<>(told(second));
        second.gaps().stream().filter(gap -> gap.contains("earlier reading")).forEach(all::add);
        assertThat(told(Logs.read(logs(folder).after(token(second))))).isEmpty();
        return all;
    }

    @Test
    void a_file_that_was_renamed_is_read_to_its_end_before_the_next_one() throws IOException {
        assertThat(afterRotation(file -> Files.move(file, folder.resolve("server.log.1"))))
                .containsExactly("DELETE second UNKNOWN", "DELETE third UNKNOWN");
    }

    @Test
    void so_is_one_that_was_copied_and_cut() throws IOException {
        assertThat(afterRotation(file -> Files.copy(file, folder.resolve("server.log.1"))))
                .containsExactly("DELETE second UNKNOWN", "DELETE third UNKNOWN");
    }

    @Test
    void so_is_one_that_was_packed() throws IOException {
        assertThat(afterRotation(file -> gzip(file, folder.resolve("server.log.1.gz"))))
                .containsExactly("DELETE second UNKNOWN", "DELETE third UNKNOWN");
    }

    @Test
    void one_that_was_rotated_away_is_told() throws IOException {
        assertThat(afterRotation(Files::delete))
                .containsExactly(
                        "DELETE third UNKNOWN",
                        "server.log: what was written into it after the earlier reading: it was rotated away");
    }

    @Test
    void a_file_that_was_cut_or_overwritten_behind_its_beginning_is_told() throws IOException {
        String beginning = statement(1, 7, "select 'x'").repeat(100); // more than is hashed to tell files apart
        Path file = log("a.log", beginning, statement(2, 7, "delete from first"));
        Result first = Logs.read(logs(file).resumable());

        Files.writeString(file, beginning + statement(2, 7, "truncate  other") + statement(3, 7, "select 1"));
        Result overwritten = Logs.read(logs(file).after(token(first)));
        Files.writeString(file, beginning);
        Result cut = Logs.read(logs(file).after(token(first)));

        assertThat(told(overwritten)).containsExactly("TRUNCATE other UNKNOWN");
        for (Result result : List.of(overwritten, cut)) {
            assertThat(result.gaps())
                    .contains("a.log: what was written into it after the earlier reading: it was cut or overwritten");
        }
    }

    @Test
    void a_log_that_comes_to_light_later_is_read_and_disturbs_nothing() throws IOException {
        Path file = log("b.log", statement(10, 7, "begin"), statement(11, 7, "delete from orders"));
        Result first = Logs.read(logs(folder).resumable());
        log("a.log", statement(1, 7, "delete from archived"), statement(2, 7, "rollback"));
        append(file, statement(12, 7, "commit"));

        Result second = Logs.read(logs(folder).after(token(first)));

        assertThat(told(second)).containsExactly("DELETE archived UNKNOWN", "DELETE orders COMMITTED told before");
        assertThat(told(Logs.read(logs(folder).after(token(second))))).isEmpty();
    }

    @Test
    void two_servers_may_write_into_one_folder() throws IOException {
        Path one = log("one.log", statement(1, 7, "select 1"));
        Path other = log("other.log", statement(2, 8, "select 1"));
        Result first = Logs.read(logs(folder).resumable());
        append(one, statement(3, 7, "delete from here"));
        append(other, statement(4, 8, "delete from there"));

        Result second = Logs.read(logs(folder).after(token(first)));

        assertThat(told(second)).containsExactlyInAnyOrder("DELETE here UNKNOWN", "DELETE there UNKNOWN");
        append(one, statement(5, 7, "delete from again"));
        assertThat(told(Logs.read(logs(folder).after(token(second))))).containsExactly("DELETE again UNKNOWN");
    }

    @Test
    void many_rotations_do_not_make_the_token_grow() throws IOException {
        Path old = log("server.log", statement(0, 7, "begin"), statement(1, 7, "delete from ancient"));
        Result last = Logs.read(logs(folder).resumable());
        int length = 0;
        for (int i = 0; i < 110; i++) {
            Files.move(old, folder.resolve("server.log.1"), StandardCopyOption.REPLACE_EXISTING);
            String time = String.format("05:%02d:%02d", i / 60, i % 60);
            log("server.log", statement(2, 9, "select " + i).replace("04:00:02", time));
            last = Logs.read(logs(folder).after(token(last)));
            length = i == 101 ? token(last).length() : length;
        }
        append(folder.resolve("server.log"), statement(1, 7, "commit").replace("04:00", "06:00"));

        assertThat(token(last).length()).isLessThan(length + 50);
        assertThat(told(Logs.read(logs(folder).after(token(last)))))
                .containsExactly("DELETE ancient COMMITTED told before");
    }

    // ---- other sources

    @Test
    void a_stream_is_read_from_where_it_ended() throws IOException {
        String before = statement(1, 7, "begin") + statement(2, 7, "delete from orders");
        String after = statement(3, 7, "commit") + statement(4, 7, "truncate orders");
        Result first = Logs.read(stream(before).resumable());

        assertThat(told(Logs.read(stream(before + after).after(token(first)))))
                .containsExactly("DELETE orders COMMITTED told before", "TRUNCATE orders UNKNOWN");
    }

    private static PostgresLogs stream(String log) {
        return PostgresLogs.reading("stream", () -> new ByteArrayInputStream(log.getBytes(UTF_8)))
                .withPrefix(PREFIX);
    }

    @Test
    void a_big_file_is_read_in_parts_from_where_it_ended() throws IOException {
        String filler = statement(5, 9, "select 1").repeat(330_000);
        Path file = log("a.log", statement(1, 7, "begin"), statement(2, 7, "delete from orders"), filler);
        Result first = Logs.read(logs(file).resumable());
        append(file, filler, statement(6, 7, "rollback"), statement(7, 7, "truncate orders"));
        Result second = Logs.read(logs(file).after(token(first)));

        assertThat(told(first)).containsExactly("DELETE orders UNKNOWN");
        assertThat(told(second)).containsExactly("DELETE orders ROLLED_BACK told before", "TRUNCATE orders UNKNOWN");
        assertThat(where(second, second.answer().seen().get(1))).contains("line 660004");
    }

    @Test
    void several_sources_go_on_each_from_its_own_end() throws IOException {
        Path one = log("one.log", statement(1, 7, "begin"), statement(2, 7, "delete from here"));
        Path other = log("other.log", statement(1, 8, "begin"), statement(2, 8, "delete from there"));
        Result first = Logs.read(logs(one).and(logs(other)).resumable());
        append(other, statement(3, 8, "rollback"));
        append(one, statement(3, 7, "commit"));

        Result second = Logs.read(logs(one).and(logs(other)).after(token(first)));

        assertThat(told(second))
                .containsExactlyInAnyOrder("DELETE here COMMITTED told before", "DELETE there ROLLED_BACK told before");
    }

    // ---- the token

    @Test
    void a_token_holds_no_path_and_no_value() throws Exception {
        Path file = log(
                "a.log",
                statement(1, 7, "begin"),
                statement(2, 7, "delete from orders where note = 'c4n4ry'"),
                statement(3, 7, "delete from orders where note = 'c4n4ry' or note ="));
        String token = token(Logs.read(logs(file).resumable()));

        byte[] bytes = Base64.getUrlDecoder().decode(token.substring(token.indexOf('.') + 1));
        byte[] plain =
                new InflaterInputStream(new ByteArrayInputStream(bytes, Long.BYTES, bytes.length)).readAllBytes();
        String text = new String(plain, ISO_8859_1);
        assertThat(text).contains("a.log").contains("orders").doesNotContain("c4n4ry");
        assertThat(text).doesNotContain(folder.getFileName().toString());
        assertThat(logs(file).after(token).toString()).doesNotContain(token);
    }

    @Test
    void a_token_that_is_none_is_refused_with_what_to_do() throws IOException {
        PostgresLogs logs = logs(log("a.log", statement(1, 7, "delete from orders")));
        String token = token(Logs.read(logs.resumable()));

        for (String other : List.of("", "x", "rowsleuth-logs-1.", token.substring(3))) {
            assertThatThrownBy(() -> logs.after(other))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("expected a token that begins with rowsleuth-logs-1.")
                    .hasMessageContaining("begin anew with resumable()");
        }
        assertThatThrownBy(() -> logs.after(token.replace("-1.", "-2.")))
                .hasMessageContaining("expected a token of version 1, found one of version 2");
        for (int i = token.indexOf('.') + 1; i < token.length(); i++) {
            String damaged = token.substring(0, i) + (token.charAt(i) == 'A' ? 'B' : 'A') + token.substring(i + 1);
            String cut = token.substring(0, i);
            // the last character of base64 may have bits that say nothing
            if (i < token.length() - 1) {
                assertThatThrownBy(() -> logs.after(damaged)).isInstanceOf(IllegalArgumentException.class);
                assertThatThrownBy(() -> logs.after(cut)).isInstanceOf(IllegalArgumentException.class);
            }
        }
        assertThat(told(Logs.read(logs.after(" " + token + "\n")))).isEmpty();
    }

    @Test
    void a_reading_that_its_deadline_cut_short_has_no_token() {
        byte[] line = statement(1, 7, "select 1").getBytes(UTF_8);
        InputStream endless = new InputStream() {
            private int at;

            @Override
            public int read() {
                return line[at++ % line.length];
            }

            // Little at a time, as from a pipe.
            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                try {
                    Thread.sleep(1);
                } catch (InterruptedException e) {
                    throw new InterruptedIOException();
                }
                int count = Math.min(length, 8192);
                for (int i = 0; i < count; i++) {
                    target[offset + i] = (byte) read();
                }
                return count;
            }
        };

        Result result = Logs.read(PostgresLogs.reading("endless", () -> endless).resumable(), Duration.ofSeconds(2));

        assertThat(result.gaps()).contains("endless: the end of the log: the deadline came first");
        assertThat(result.answer().resumeToken()).isEmpty();
    }

    @Test
    void without_being_asked_for_there_is_no_token() throws IOException {
        Path file = log("a.log", statement(1, 7, "delete from orders"));

        assertThat(Logs.read(logs(file)).answer().resumeToken()).isEmpty();
    }
}
