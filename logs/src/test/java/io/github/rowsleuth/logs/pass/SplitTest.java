package io.github.rowsleuth.logs.pass;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowsleuth.incident.Incident;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.incident.TimeWindow;
import io.github.rowsleuth.logs.event.Focus;
import io.github.rowsleuth.logs.event.Pool;
import io.github.rowsleuth.logs.record.PrefixInference;
import io.github.rowsleuth.logs.source.Sample;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Wherever a log is cut, and in whatever order its parts are joined: what is found in it is the same, to the byte. */
class SplitTest {

    private static final int LATEST = 1_800_000_000;
    private static final int CUTS = 6;
    private static final int SMALL_CUTS = 12;

    static List<String> fixtures() throws IOException {
        try (Stream<Path> files = Files.list(folder())) {
            return files.map(f -> f.getFileName().toString())
                    .filter(n -> n.matches(".*\\.(?:log|csv|json)"))
                    .sorted()
                    .toList();
        }
    }

    static Path folder() {
        URL url = Objects.requireNonNull(SplitTest.class.getResource("/io/github/rowsleuth/logs/s00-boot.log"));
        try {
            return Objects.requireNonNull(Path.of(url.toURI()).getParent());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static Scan scan(byte[] log, boolean fast) throws IOException {
        Focus focus = new Focus(new Incident(List.of(TableName.parse("public.orders")), TimeWindow.UNKNOWN));
        return new Scan(
                focus,
                PrefixInference.infer(Sample.of(new ByteArrayInputStream(log)).lines()),
                1_000L * LATEST,
                fast);
    }

    static Slice part(Scan scan, byte[] log, int from, int to) {
        Slice slice = from == 0 ? Slice.first(scan, "log") : Slice.anywhere(scan, "log");
        Feeder feeder = new Feeder(slice);
        feeder.feed(log, from, to);
        feeder.pause();
        return slice;
    }

    /** Neighbours are joined in any order; some parts travel as bytes before. */
    static Slice joined(List<Slice> parts, Random random) throws IOException {
        List<Slice> open = new ArrayList<>(parts);
        while (open.size() > 1) {
            int at = random.nextInt(open.size() - 1);
            Slice left = travelled(open.get(at), random);
            left.join(travelled(open.remove(at + 1), random));
            open.set(at, left);
        }
        return open.get(0);
    }

    private static Slice travelled(Slice slice, Random random) throws IOException {
        return random.nextInt(3) == 0 ? SliceCodec.read(SliceCodec.write(slice)) : slice;
    }

    /** Everything that is found, and nothing of what a reading only needs to go on. */
    private static byte[] found(Slice slice) throws IOException {
        Slice whole = slice.whole();
        whole.horizon.timeline();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        Pool.Writer pool = new Pool.Writer(out);
        whole.counts.write(out);
        whole.ledger.write(pool);
        whole.horizon.write(out);
        return bytes.toByteArray();
    }

    static List<Slice> cut(Scan scan, byte[] log, Random random, int cuts) {
        TreeSet<Integer> at = new TreeSet<>(List.of(0, log.length));
        for (int i = 0; i < cuts && log.length > 0; i++) {
            at.add(random.nextInt(log.length));
        }
        List<Slice> parts = new ArrayList<>();
        Integer from = at.pollFirst();
        for (Integer to : at) {
            parts.add(part(scan, log, Objects.requireNonNull(from), to));
            from = to;
        }
        return parts;
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void any_split_gives_the_same(String fixture) throws IOException {
        byte[] log = Files.readAllBytes(folder().resolve(fixture));
        Scan scan = scan(log, true);
        byte[] whole = found(part(scan, log, 0, log.length));
        Random random = new Random(fixture.hashCode());

        for (int round = 0; round < SMALL_CUTS; round++) {
            List<Slice> parts = cut(scan, log, random, 1 + random.nextInt(CUTS));
            assertThat(Arrays.equals(found(joined(parts, random)), whole))
                    .as("%s, round %d", fixture, round)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void passing_over_what_nobody_needs_finds_the_same_as_looking_at_every_line(String fixture) throws IOException {
        byte[] log = Files.readAllBytes(folder().resolve(fixture));

        byte[] fast = found(part(scan(log, true), log, 0, log.length));
        byte[] slow = found(part(scan(log, false), log, 0, log.length));

        assertThat(Arrays.equals(fast, slow)).as(fixture).isTrue();
    }
}
