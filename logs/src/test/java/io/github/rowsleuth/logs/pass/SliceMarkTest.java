package io.github.rowsleuth.logs.pass;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowsleuth.logs.event.Sighting;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Wherever a log ends when it is read first: this reading and the next one tell together what one reading tells. */
class SliceMarkTest {

    private static final int CUTS = 8;

    static List<String> fixtures() throws IOException {
        return SplitTest.fixtures();
    }

    static int lastLineEnd(byte[] log, int to) {
        int end = to;
        while (end > 0 && log[end - 1] != '\n') {
            end--;
        }
        return end;
    }

    static byte[] lastLines(byte[] log, int end, long count) {
        int from = end;
        for (long lines = 0; lines < count; lines++) {
            from = lastLineEnd(log, from - 1);
        }
        return Arrays.copyOfRange(log, from, end);
    }

    private static SliceMark travelled(SliceMark mark) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        mark.write(new DataOutputStream(bytes));
        return SliceMark.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    }

    private static String place(Sighting s) {
        return s.place() + " " + s.index();
    }

    /** All that is told of statements but one thing: whether the whole log shows transactions is known at its end only. */
    private static Map<String, Long> told(Slice slice) {
        Map<String, Long> told = new TreeMap<>();
        slice.sightings().forEach(s -> told.put(place(s), s.fingerprint(false)));
        return told;
    }

    private static List<String> traces(Slice slice) {
        return slice.traces().stream()
                .map(t -> t.place() + " " + t.kind() + " " + t.summary())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void two_readings_tell_together_what_one_tells(String fixture) throws IOException {
        byte[] log = Files.readAllBytes(SplitTest.folder().resolve(fixture));
        Scan scan = SplitTest.scan(log, true);
        Slice whole = SplitTest.part(scan, log, 0, log.length).whole();
        Random random = new Random(fixture.hashCode());

        for (int round = 0; round < CUTS; round++) {
            int cut = random.nextInt(log.length + 1);
            int end = lastLineEnd(log, cut);
            Slice before = SplitTest.part(scan, log, 0, cut);
            SliceMark.Unfinished unfinished = SliceMark.of(before, Long.MAX_VALUE / 2);
            Map<String, Long> both = told(before.whole());
            List<String> traces = new ArrayList<>(traces(before));
            SliceMark mark = travelled(unfinished.told(before));

            Slice after = mark.resume(scan, lastLines(log, end, mark.lines()));
            Feeder feeder = new Feeder(after);
            feeder.feed(log, end, log.length);
            feeder.pause();
            Slice rest = after.whole();

            String where = fixture + ", cut at " + cut;
            for (Sighting s : rest.sightings()) {
                assertThat(rest.isToldBefore(s)).as("%s: %s", where, place(s)).isEqualTo(both.containsKey(place(s)));
            }
            both.putAll(told(rest));
            assertThat(both).as(where).isEqualTo(told(whole));
            assertThat(traces(rest)).as(where).noneMatch(traces::contains);
            traces.addAll(traces(rest));
            assertThat(traces).as(where).containsAll(traces(whole));
            // one whose record went on is told again and says more
            assertThat(traces).as(where).allMatch(t -> traces(whole).stream().anyMatch(w -> w.startsWith(t)));
        }
    }
}
