package io.github.rowsleuth.logs.pass;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever is done to a log: reading it ends without an exception; reading it line by line, in parts or in two readings
 * finds the same; and what the damage did not touch is found. {@link LogFuzz#main} goes on for longer.
 */
class LogFuzzTest {

    private static final int ROUNDS = 120;
    private static final int FRESH_ROUNDS = 60;

    private static List<LogFuzz.Fixture> fixtures = List.of();

    @BeforeAll
    static void readFixtures() throws IOException {
        fixtures = LogFuzz.allFixtures();
        assertThat(fixtures).hasSizeGreaterThan(100);
    }

    /** The seeds, and how many logs are damaged from each on; the second one is another one every time, and in the name. */
    static List<List<Long>> seeds() {
        return List.of(
                List.of(600L, (long) ROUNDS),
                List.of(RandomGenerator.getDefault().nextLong(1L << 40), (long) FRESH_ROUNDS));
    }

    @ParameterizedTest(name = "seed and rounds {0}")
    @MethodSource("seeds")
    void damage_hides_only_what_it_touches(List<Long> seed) throws IOException {
        for (long i = 0; i < seed.get(1); i++) {
            new LogFuzz(fixtures, seed.get(0) + i).once();
        }
    }
}
