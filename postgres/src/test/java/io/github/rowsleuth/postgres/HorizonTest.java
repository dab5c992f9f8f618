package io.github.rowsleuth.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HorizonTest {
    private static final Instant INITDB = Instant.parse("2025-09-01T10:00:00Z");
    private static final Instant FIRST_STATISTICS = INITDB.plusMillis(900);
    private static final Instant START = Instant.parse("2025-10-07T18:25:00Z");

    private static Optional<Instant> discarded(int major, Optional<Instant> shared, Optional<Instant> made) {
        return new Horizon.Facts(Optional.empty(), shared, true, 0, 0, 0).discarded(major, made, Optional.of(START));
    }

    private static Optional<Instant> discarded(int major, Instant shared) {
        return discarded(major, Optional.of(shared), Optional.of(INITDB));
    }

    @Test
    void an_old_cluster_that_never_lost_its_statistics_has_those_of_initdb() {
        assertThat(discarded(15, FIRST_STATISTICS)).isEmpty();
    }

    @Test
    void a_crash_makes_them_anew_when_the_server_starts() {
        assertThat(discarded(15, START.plusMillis(150))).hasValue(START.plusMillis(150));
    }

    @Test
    void a_crash_of_a_backend_makes_them_anew_while_the_server_runs() {
        assertThat(discarded(18, START.plusSeconds(7_000))).hasValue(START.plusSeconds(7_000));
    }

    @Test
    void a_crash_before_the_last_clean_start_still_counts() {
        Instant crash = START.minusSeconds(86_400);

        assertThat(discarded(16, crash)).hasValue(crash);
    }

    @Test
    void a_crash_in_the_minute_of_initdb_is_told_by_the_start() {
        Instant start = INITDB.plusSeconds(5);
        var facts = new Horizon.Facts(Optional.empty(), Optional.of(start.plusMillis(90)), true, 0, 0, 0);

        assertThat(facts.discarded(17, Optional.of(INITDB), Optional.of(start))).hasValue(start.plusMillis(90));
    }

    @Test
    void a_cluster_of_unknown_age_is_not_given_the_benefit_of_the_doubt() {
        assertThat(discarded(15, Optional.of(FIRST_STATISTICS), Optional.empty()))
                .hasValue(FIRST_STATISTICS);
    }

    @Test
    void before_15_a_first_start_looks_like_a_crash() {
        assertThat(discarded(14, START)).hasValue(START);
    }
}
