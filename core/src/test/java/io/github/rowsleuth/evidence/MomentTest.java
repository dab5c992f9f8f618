package io.github.rowsleuth.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MomentTest {

    private static final Instant T1 = Instant.parse("2026-03-01T01:00:00Z");
    private static final Instant T2 = Instant.parse("2026-03-01T02:00:00Z");
    private static final Instant T3 = Instant.parse("2026-03-01T03:00:00Z");
    private static final Instant T4 = Instant.parse("2026-03-01T04:00:00Z");

    @Test
    void bounds_that_meet_narrow_each_other() {
        assertThat(Moment.notBefore(T2).narrowedBy(Moment.notAfter(T3))).isEqualTo(Moment.between(T2, T3));
        assertThat(Moment.between(T1, T3).narrowedBy(Moment.between(T2, T4))).isEqualTo(Moment.between(T2, T3));
        assertThat(Moment.unknown().narrowedBy(Moment.at(T2))).isEqualTo(Moment.at(T2));
    }

    @Test
    void bounds_that_contradict_each_other_narrow_nothing() {
        assertThat(Moment.between(T1, T2).narrowedBy(Moment.between(T3, T4))).isEqualTo(Moment.between(T1, T2));
        assertThat(Moment.between(T1, T2).overlaps(Moment.between(T3, T4))).isFalse();
        assertThat(Moment.notAfter(T2).overlaps(Moment.notBefore(T3))).isFalse();
        assertThat(Moment.between(T1, T3).overlaps(Moment.at(T2))).isTrue();
        assertThat(Moment.unknown().overlaps(Moment.at(T2))).isTrue();
    }

    @Test
    void a_precision_widens_to_both_sides() {
        assertThat(Moment.at(T2, Duration.ofHours(1))).isEqualTo(Moment.between(T1, T3));
    }

    @Test
    void refuses_to_end_before_it_begins() {
        assertThatThrownBy(() -> Moment.between(T2, T1)).hasMessageContaining("can not end");
    }

    @Test
    void sorts_by_the_latest_bound_and_the_unknown_last() {
        List<Moment> moments = List.of(Moment.unknown(), Moment.at(T3), Moment.between(T1, T2), Moment.at(T2));

        assertThat(moments.stream().sorted().toList())
                .containsExactly(Moment.between(T1, T2), Moment.at(T2), Moment.at(T3), Moment.unknown());
    }

    @Test
    void prints_only_what_is_known() {
        assertThat(Moment.at(T1)).hasToString("2026-03-01T01:00:00Z");
        assertThat(Moment.notBefore(T1)).hasToString("after 2026-03-01T01:00:00Z");
        assertThat(Moment.between(T1, T2)).hasToString("after 2026-03-01T01:00:00Z, before 2026-03-01T02:00:00Z");
        assertThat(Moment.unknown()).hasToString("unknown");
    }
}
