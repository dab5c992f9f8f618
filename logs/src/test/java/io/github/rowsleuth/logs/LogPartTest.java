package io.github.rowsleuth.logs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rowsleuth.Investigation;
import io.github.rowsleuth.evidence.Evidence;
import io.github.rowsleuth.incident.Incident;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.incident.TimeWindow;
import io.github.rowsleuth.logs.Logs.Result;
import io.github.rowsleuth.probe.ProbeOutcome;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Ranges of a log, read apart and merged in any order of neighbours, tell what one reading of the log tells. */
class LogPartTest {

    private static final Incident INCIDENT =
            new Incident(List.of(TableName.parse("public.orders")), TimeWindow.UNKNOWN);

    @TempDir
    Path folder;

    private static Path fixtureFolder() {
        return Objects.requireNonNull(Logs.recorded("s00-boot").getParent());
    }

    static List<String> fixtures() {
        // Every format, and the scenarios in which sessions, errors, plans and audits have most to join.
        return EveryFixtureTest.fixtures().stream()
                .filter(name -> name.matches("(?:s04|s05|s07|s08|s21|s25|s28|s41).*|docker.*|syslog.*"))
                .toList();
    }

    private static LogPart.Reader reader(Path file) {
        try {
            return LogPart.reader(INCIDENT, Files.readAllBytes(file))
                    .writtenLast(Files.getLastModifiedTime(file).toInstant());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<LogPart> parts(Path file, Random random, int cuts) throws IOException {
        byte[] log = Files.readAllBytes(file);
        TreeSet<Integer> at = new TreeSet<>(List.of(0, log.length));
        for (int i = 0; i < cuts; i++) {
            at.add(random.nextInt(log.length));
        }
        List<LogPart> parts = new ArrayList<>();
        int from = 0;
        for (int to : at.tailSet(1)) {
            parts.add(reader(file)
                    .read(file.getFileName().toString(), from, new ByteArrayInputStream(log, from, to - from)));
            from = to;
        }
        return parts;
    }

    private static LogPart merged(List<LogPart> parts, Random random) {
        List<LogPart> open = new ArrayList<>(parts);
        while (open.size() > 1) {
            int at = random.nextInt(open.size() - 1);
            LogPart right = LogPart.ofBytes(open.remove(at + 1).toBytes());
            open.set(at, open.get(at).merge(right));
        }
        return open.get(0);
    }

    private static Result read(LogPart whole) {
        ProbeOutcome<?> outcome = Investigation.of("public.orders")
                .statements(whole.statements())
                .run()
                .outcomes()
                .get(0);
        return new Result(outcome);
    }

    private static List<String> evidence(Result result) {
        return result.evidence().stream().map(LogPartTest::line).toList();
    }

    private static String line(Evidence evidence) {
        return evidence + " " + evidence.moment() + " " + evidence.provenance();
    }

    private static void areEqual(String as, Result merged, Result read) {
        assertThat(merged.outcome().status()).as(as).isEqualTo(read.outcome().status());
        assertThat(merged.outcome().reason()).as(as).isEqualTo(read.outcome().reason());
        assertThat(merged.outcome().answer()).as(as).isEqualTo(read.outcome().answer());
        assertThat(merged.gaps()).as(as).isEqualTo(read.gaps());
        assertThat(merged.outcome().notes().coverage())
                .as(as)
                .isEqualTo(read.outcome().notes().coverage());
        assertThat(evidence(merged)).as(as).isEqualTo(evidence(read));
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void parts_of_a_real_log_tell_what_one_reading_tells(String fixture) throws IOException {
        Path file = fixtureFolder().resolve(fixture);
        Result whole = Logs.read(PostgresLogs.in(file));
        Random random = new Random(fixture.hashCode());
        for (int cuts : List.of(0, 1, 7)) {
            areEqual(fixture + " in " + cuts, read(merged(parts(file, random, cuts), random)), whole);
        }
    }

    @Test
    void so_do_parts_of_logs_that_follow_each_other() throws IOException {
        String[] names = {"a.log", "b.log", "c.log"};
        for (int i = 0; i < names.length; i++) {
            StringBuilder log = new StringBuilder(i == 1 ? "\uFEFF" : "");
            for (int j = 0; j < 300; j++) {
                String time = String.format("2026-11-23 0%d:%02d:%02d.000 UTC ", i, j / 60, j % 60);
                log.append(time)
                        .append("[9] LOG:  statement: select ")
                        .append(j)
                        .append('\n');
                log.append(j == 290 ? time + "[1" + i + "] LOG:  statement: begin\n" : "");
                log.append(j == 291 ? time + "[1" + i + "] LOG:  statement: delete from t" + i + "\n" : "");
                log.append(j == 5 && i > 0 ? time + "[1" + (i - 1) + "] LOG:  statement: commit\n" : "");
            }
            Files.writeString(folder.resolve(names[i]), log);
        }
        Result whole = Logs.read(PostgresLogs.in(folder));
        assertThat(whole.seen()).contains("10 DELETE t0 COMMITTED", "11 DELETE t1 COMMITTED", "12 DELETE t2 UNKNOWN");

        Random random = new Random(1);
        for (int round = 0; round < 10; round++) {
            List<LogPart> parts = new ArrayList<>();
            for (String name : names) {
                parts.addAll(parts(folder.resolve(name), random, random.nextInt(4)));
            }
            areEqual("round " + round, read(merged(parts, random)), whole);
        }
    }

    @Test
    void merging_changes_neither_part() throws IOException {
        Path file = fixtureFolder().resolve("s05-debian-all.log");
        List<LogPart> parts = parts(file, new Random(3), 1);
        byte[] left = parts.get(0).toBytes();
        byte[] right = parts.get(1).toBytes();

        LogPart both = parts.get(0).merge(parts.get(1));

        assertThat(parts.get(0).toBytes()).isEqualTo(left);
        assertThat(parts.get(1).toBytes()).isEqualTo(right);
        assertThat(parts.get(0).merge(parts.get(1)).toBytes()).isEqualTo(both.toBytes());
    }

    @Test
    void readers_and_parts_travel_by_java_serialization_too() throws Exception {
        Path file = fixtureFolder().resolve("s05-debian-all.log");
        LogPart.Reader reader = travelled(reader(file));
        LogPart part = travelled(reader.read("s05-debian-all.log", 0, Files.newInputStream(file)));

        areEqual("travelled", read(part), Logs.read(PostgresLogs.in(file)));
    }

    @SuppressWarnings("unchecked")
    private static <T> T travelled(T thing) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(thing);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (T) in.readObject();
        }
    }

    @Test
    void a_prefix_that_is_given_is_used() throws IOException {
        String log = "2026-11-23 04:00:00.000 UTC ~7~ LOG:  statement: delete from orders\n";
        LogPart.Reader reader = LogPart.reader(INCIDENT, new byte[0]).withPrefix("%m ~%p~ ");

        Result result = read(reader.read("x.log", 0, new ByteArrayInputStream(log.getBytes(UTF_8))));

        assertThat(result.seen()).hasSize(1).allMatch(s -> s.startsWith("7 DELETE orders"));
    }

    @Test
    void bytes_that_are_no_part_are_refused() throws IOException {
        Path file = fixtureFolder().resolve("s05-debian-all.log");
        byte[] bytes = reader(file).read("x.log", 0, Files.newInputStream(file)).toBytes();

        for (int i = 0; i < bytes.length; i += 7) {
            byte[] damaged = bytes.clone();
            damaged[i] ^= 1;
            assertThatThrownBy(() -> LogPart.ofBytes(damaged)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> LogPart.ofBytes(new byte[3]))
                .hasMessageContaining("expected what toBytes() of a part of a log gave, found 3 bytes");
        assertThatThrownBy(() -> reader(file).read("", 0, new ByteArrayInputStream(bytes)))
                .hasMessageContaining("expected the name of a log");
    }
}
