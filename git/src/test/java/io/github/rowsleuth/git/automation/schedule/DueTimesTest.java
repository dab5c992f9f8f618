package io.github.rowsleuth.git.automation.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Expected times were taken from the calendar: 1 January 2025 was a Wednesday. */
class DueTimesTest {

    private static final Optional<ZoneId> UTC = Optional.of(ZoneId.of("UTC"));

    private static DueTimes of(String expression, String from, String to) {
        return DueTimes.of(expression, UTC, Instant.parse(from), Instant.parse(to));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 3 * * *              | 7",
                "*/15 0 * * *           | 28",
                "0 0 * * 0              | 1",
                "0 0 * * 7              | 1",
                "0 9 * * MON-FRI        | 5",
                "0 0 1 1 *              | 1",
                "@daily                 | 7",
                "@weekly                | 1",
                "@hourly                | 168",
                "0 30 4 * * *           | 7",
                "cron(0 12 ? * MON *)   | 1",
                "daily                  | 7",
                "Mon *-*-* 04:00:00     | 1",
                "*-*-* 03:00            | 7",
                "Mon..Fri 09:30         | 5",
                "H 2 * * *              | 7",
                "H/30 0 * * *           | 14",
                "0~59 5 * * *           | 7",
                "0 0 1 * 0              | 2"
            })
    void the_first_week_of_the_year_holds_as_many_times(String expression, int times) {
        assertThat(of(expression, "2025-01-01T00:00:00Z", "2025-01-07T23:59:59Z")
                        .count())
                .isEqualTo(times);
    }

    @Test
    void an_hour_that_a_clock_skips_or_repeats_does_not_lose_the_job() {
        Optional<ZoneId> berlin = Optional.of(ZoneId.of("Europe/Berlin"));

        assertThat(DueTimes.of(
                                "0 3 * * *",
                                berlin,
                                Instant.parse("2025-03-29T00:00:00Z"),
                                Instant.parse("2025-03-30T23:00:00Z"))
                        .due())
                .containsExactly(Instant.parse("2025-03-29T02:00:00Z"), Instant.parse("2025-03-30T01:00:00Z"));
    }

    @Test
    void a_schedule_that_says_how_often_and_not_when_gives_a_number_and_a_doubt() {
        DueTimes times = of("@every 1h30m", "2025-01-01T00:00:00Z", "2025-01-01T06:00:00Z");

        assertThat(times.count()).isEqualTo(4);
        assertThat(times.due()).isEmpty();
        assertThat(times.doubts())
                .containsExactly("it runs every 1h30m, counted from a start that the source does not tell");
        assertThat(of("rate(5 minutes)", "2025-01-01T00:00:00Z", "2025-01-01T01:00:00Z")
                        .count())
                .isEqualTo(12);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"@reboot", "", "61 * * * *", "a b c d e", "0 0 31 2", "0 0 30 2 x y z q", "* * * * * * * * *"})
    void times_that_can_not_be_evaluated_are_a_doubt_and_no_answer(String expression) {
        DueTimes times = of(expression, "2025-01-01T00:00:00Z", "2025-01-07T00:00:00Z");

        assertThat(times.count()).isZero();
        assertThat(times.last()).isEmpty();
        assertThat(times.doubts()).isEqualTo(List.of("the times '" + expression + "' can not be evaluated"));
    }
}
