package io.github.rowsleuth.logs.pass;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.rowsleuth.logs.event.Sighting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Damages real logs at random and holds the readings of them against what must be true of any log. {@link #main} goes on for
 * as long as the system property {@code fuzz.seconds} says, from {@code fuzz.seed} on.
 */
final class LogFuzz {

    private static final int MOST_DAMAGES = 4;
    private static final int RECORD = 15; // lines of the longest ones, plans
    private static final int MOST_GROWTH = 1 << 20;
    private static final String[] TOKENS = {
        "\"",
        "\"\"",
        "{",
        "}",
        "[",
        "\n",
        "\r\n",
        "\t",
        "\\",
        "\0",
        "'",
        "$$",
        "/*",
        ",",
        ";",
        "\u00e4",
        "{\"log\":\"",
        "\"}",
        "2026-11-23 04:00:00.000 UTC [99999] LOG:  statement: drop table forged\n",
        "2026-11-23 04:00:00.000 UTC,\"u\",\"d\",99999,\"[local]\",6b.1,1,\"idle\",2026-11-23 04:00:00 UTC,3/1,0,LOG,00000,\"x",
        "{\"timestamp\":\"2026-11-23 04:00:00.000 UTC\",\"pid\":99999,\"message\":\"x",
        "Nov 23 03:13:31 vm postgres[99999]: [2-1] ",
    };

    /** The last ones begin something that needs an end. */
    private static final int OPENING = 4;

    /** A log, and what was found in it before it was damaged. */
    static final class Fixture {

        private final String name;
        private final byte[] log;
        private final Scan scan;
        private final List<Sighting> sightings;

        private Fixture(String name, byte[] log, Scan scan, List<Sighting> sightings) {
            this.name = name;
            this.log = log;
            this.scan = scan;
            this.sightings = sightings;
        }

        static Fixture of(String name) throws IOException {
            byte[] log = Files.readAllBytes(SplitTest.folder().resolve(name));
            Scan scan = SplitTest.scan(log, true);
            return new Fixture(
                    name,
                    log,
                    scan,
                    SplitTest.part(scan, log, 0, log.length).whole().sightings());
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** What was done to a log. */
    private static final class Damaged {

        private byte[] log;
        private final List<String> steps = new ArrayList<>();
        /** All bytes that were put in or taken out, with the lines that they were in and those beside them. */
        private final StringBuilder touched = new StringBuilder();

        Damaged(byte[] log) {
            this.log = log.clone();
        }

        void replace(String step, int from, int to, byte[] by) {
            steps.add(step + " at " + from);
            int begin = lines(from, -RECORD);
            int end = lines(to, 3);
            touched.append(new String(log, begin, end - begin, ISO_8859_1)).append('\n');
            touched.append(new String(by, ISO_8859_1)).append('\n');
            byte[] all = new byte[log.length - (to - from) + by.length];
            System.arraycopy(log, 0, all, 0, from);
            System.arraycopy(by, 0, all, from, by.length);
            System.arraycopy(log, to, all, from + by.length, log.length - to);
            log = all;
        }

        /** {@return where so many line feeds before or behind that place one stands} */
        private int lines(int at, int count) {
            int place = at;
            int left = Math.abs(count);
            while (left > 0 && (count < 0 ? place > 0 : place < log.length)) {
                int passed = count < 0 ? --place : place++;
                left -= log[passed] == '\n' ? 1 : 0;
            }
            return place;
        }
    }

    private final List<Fixture> fixtures;
    private final Random random;
    private final long seed;

    LogFuzz(List<Fixture> fixtures, long seed) {
        this.fixtures = fixtures;
        this.seed = seed;
        this.random = new Random(seed);
    }

    static List<Fixture> allFixtures() throws IOException {
        List<Fixture> all = new ArrayList<>();
        for (String name : SplitTest.fixtures()) {
            Fixture fixture = Fixture.of(name);
            if (fixture.log.length > 0) {
                all.add(fixture);
            }
        }
        return all;
    }

    // ---- damage

    private Damaged damage(Fixture fixture) {
        Damaged damaged = new Damaged(fixture.log);
        int steps = 1 + random.nextInt(MOST_DAMAGES);
        for (int i = 0; i < steps && damaged.log.length > 1; i++) {
            step(damaged);
        }
        return damaged;
    }

    private void step(Damaged damaged) {
        byte[] log = damaged.log;
        int anywhere = random.nextInt(log.length);
        int from = random.nextBoolean() ? anywhere : SliceMarkTest.lastLineEnd(log, anywhere);
        int to = Math.min(log.length, from + 1 + random.nextInt(random.nextBoolean() ? 8 : 600));
        switch (random.nextInt(11)) {
            case 0 -> damaged.replace("flip", from, from + 1, new byte[] {(byte) (log[from] ^ 1 << random.nextInt(8))});
            case 1 -> damaged.replace("cut", from, to, new byte[0]);
            case 2 -> damaged.replace("end", from, log.length, new byte[0]);
            case 3 -> damaged.replace("repeat", to, to, Arrays.copyOfRange(log, from, to));
            case 4 -> damaged.replace("splice", from, from, piece(fixtures.get(random.nextInt(fixtures.size())).log));
            case 5 -> damaged.replace("zeros", from, from, new byte[1 + random.nextInt(5_000)]);
            case 6 -> damaged.replace("noise", from, to, noise(to - from));
            case 7 -> damaged.replace("digits", from, from, "12345678901234567890".getBytes(ISO_8859_1));
            case 8 -> digits(damaged, from);
            case 9 -> {
                if (random.nextInt(10) == 0) {
                    byte[] line = new byte[random.nextInt(MOST_GROWTH)];
                    Arrays.fill(line, (byte) (random.nextBoolean() ? 'x' : '"'));
                    damaged.replace("giant", from, from, line);
                }
            }
            default -> damaged.replace("token", from, from, token());
        }
    }

    /** Makes a number too long. */
    private static void digits(Damaged damaged, int from) {
        int at = from;
        while (at < damaged.log.length && (damaged.log[at] < '0' || damaged.log[at] > '9')) {
            at++;
        }
        damaged.replace("number", at, at, "98765432109876543210".getBytes(ISO_8859_1));
    }

    private byte[] token() {
        int opening = TOKENS.length - OPENING;
        int at = random.nextInt(3) == 0 ? opening + random.nextInt(OPENING) : random.nextInt(opening);
        return TOKENS[at].getBytes(ISO_8859_1);
    }

    private byte[] noise(int length) {
        byte[] noise = new byte[length];
        random.nextBytes(noise);
        return noise;
    }

    private byte[] piece(byte[] other) {
        int from = random.nextInt(other.length);
        return Arrays.copyOfRange(other, from, Math.min(other.length, from + 1 + random.nextInt(4_000)));
    }

    // ---- what must be true

    /**
     * Damages one log and reads it in every way.
     *
     * @throws AssertionError if something is not true, with what it takes to see it again
     */
    void once() throws IOException {
        Fixture fixture = fixtures.get(random.nextInt(fixtures.size()));
        Damaged damaged = damage(fixture);
        try {
            hold(fixture, damaged);
        } catch (AssertionError | RuntimeException e) {
            Path file = Files.createTempFile("rowsleuth-fuzz-", "-" + fixture.name);
            Files.write(file, damaged.log);
            throw new AssertionError(
                    "seed " + seed + ": " + fixture.name + " after " + damaged.steps + ": " + e.getMessage()
                            + "; the damaged log is in " + file,
                    e);
        }
    }

    private void hold(Fixture fixture, Damaged damaged) throws IOException {
        byte[] log = damaged.log;
        Slice whole = SplitTest.part(fixture.scan, log, 0, log.length).whole();
        Scan every = new Scan(fixture.scan.focus(), fixture.scan.prefixes(), fixture.scan.latest(), false);
        Map<String, Long> found = found(whole);

        equal("line by line", found(SplitTest.part(every, log, 0, log.length).whole()), found);
        for (int round = 0; round < 2 && log.length > 0; round++) {
            List<Slice> parts = SplitTest.cut(fixture.scan, log, random, 1 + random.nextInt(4));
            Slice joined = SplitTest.joined(parts, random).whole();
            if (joined.unjoined() == 0) { // else it is told that a part could not be joined
                equal("in parts", found(joined), found);
            }
        }
        resumed(fixture.scan, log, found);
        for (Sighting s : fixture.sightings) {
            if (isUntouched(s, damaged) && whole.sightings().stream().noneMatch(other -> isSame(s, other))) {
                throw new AssertionError(
                        s.statement() + " of " + s.place() + " is not found, though it is whole: " + s.text());
            }
        }
    }

    private void resumed(Scan scan, byte[] log, Map<String, Long> whole) throws IOException {
        int cut = random.nextInt(log.length + 1);
        Slice before = SplitTest.part(scan, log, 0, cut);
        int end = SliceMarkTest.lastLineEnd(log, cut);
        SliceMark.Unfinished unfinished = SliceMark.of(before, Long.MAX_VALUE / 2);
        Map<String, Long> both = found(before.whole());
        SliceMark mark = unfinished.told(before);
        Slice after = mark.resume(scan, SliceMarkTest.lastLines(log, end, mark.lines()));
        Feeder feeder = new Feeder(after);
        feeder.feed(log, end, log.length);
        feeder.pause();
        both.putAll(found(after.whole()));
        if (!both.keySet().containsAll(whole.keySet())) {
            equal("in two readings, the first of " + cut + " bytes", both, whole);
        }
    }

    private static void equal(String how, Map<String, Long> found, Map<String, Long> expected) {
        if (!found.equals(expected)) {
            Map<String, Long> more = new TreeMap<>(found);
            more.entrySet().removeAll(expected.entrySet());
            Map<String, Long> less = new TreeMap<>(expected);
            less.entrySet().removeAll(found.entrySet());
            throw new AssertionError(how + " it finds " + more + " and not " + less);
        }
    }

    private static Map<String, Long> found(Slice slice) {
        Map<String, Long> found = new TreeMap<>();
        slice.sightings()
                .forEach(s -> found.put(s.place() + " " + s.index() + " " + s.statement(), s.fingerprint(false)));
        slice.traces().forEach(t -> found.put(t.place() + " " + t.kind() + " " + t.summary(), 0L));
        return found;
    }

    private static boolean isSame(Sighting one, Sighting other) {
        return one.statement().kind() == other.statement().kind()
                && one.statement().objects().equals(other.statement().objects())
                && one.text().equals(other.text());
    }

    /** The record and what its session said around the damage are whole. */
    private static boolean isUntouched(Sighting s, Damaged damaged) {
        String pid = s.fact('p').orElse("");
        return !pid.isEmpty() && damaged.touched.indexOf(pid) < 0;
    }

    /** Fuzzes for as long as the system property {@code fuzz.seconds} says, 60 unless it is set. */
    public static void main(String[] arguments) throws IOException {
        long end = System.nanoTime() + 1_000_000_000L * Long.getLong("fuzz.seconds", 60);
        long seed = Long.getLong("fuzz.seed", System.nanoTime());
        List<Fixture> fixtures = allFixtures();
        long rounds = 0;
        int failures = 0;
        for (; System.nanoTime() < end; rounds++) {
            try {
                new LogFuzz(fixtures, seed + rounds).once();
            } catch (AssertionError e) {
                failures++;
                e.printStackTrace();
                if (failures == Integer.getInteger("fuzz.failures", 1)) {
                    break;
                }
            }
        }
        System.out.println(rounds + " logs from seed " + seed + " on, " + failures + " failures");
        System.exit(failures == 0 ? 0 : 1);
    }
}
