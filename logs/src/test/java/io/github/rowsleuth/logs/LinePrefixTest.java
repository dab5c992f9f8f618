package io.github.rowsleuth.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.rowsleuth.evidence.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinePrefixTest {

    private static Head head(String prefix, String line) {
        return Objects.requireNonNull(LinePrefix.compile(prefix).match(line), line);
    }

    @Test
    void every_escape_is_read() {
        Head head = head(
                "%m|%n|%s [%p] [%b] %c-%l x=%x v=%v e=%e i=%i Q=%Q P=%P %quser=%u,db=%d,app=%a,client=%h,r=%r ",
                "2026-11-23 04:09:56.097 CET|1795403396.097|2026-11-23 04:09:56 CET [13993] [client backend]"
                        + " 6b03ae84.36a9-1 x=0 v=3/218 e=00000 i=idle Q=0 P= user=postgres,db=shop,app=psql,"
                        + "client=[local],r=[local] LOG:  statement: delete from t");

        assertThat(head.part()).isEqualTo(Part.LOG);
        assertThat(head.text()).isEqualTo("statement: delete from t");
        assertThat(head.field('p')).contains("13993");
        assertThat(head.field('c')).contains("6b03ae84.36a9");
        assertThat(head.field('v')).contains("3/218");
        assertThat(head.field('u')).contains("postgres");
        assertThat(head.field('d')).contains("shop");
        assertThat(head.field('a')).contains("psql");
        assertThat(head.field('r')).contains("[local]");
        assertThat(head.field('P')).isEmpty();
        assertThat(head.moment()).isEqualTo(Moment.at(Instant.parse("2026-11-23T03:09:56.097Z")));
    }

    @Test
    void what_follows_q_is_missing_in_background_processes() {
        assertThat(head("%m [%p] %q%u@%d ", "2026-11-23 04:09:53.305 CET [12722] LOG:  received SIGHUP")
                        .field('u'))
                .isEmpty();
        assertThat(head("%m [%p] %q%u@%d ", "2026-11-23 04:11:57.891 CET [1] [unknown]@[unknown] LOG:  x")
                        .field('u'))
                .isEmpty();
    }

    @Test
    void padding_and_percent_signs_are_read() {
        Head head = head("%m %-10u|%5p%% ", "2026-11-23 04:09:53.305 CET postgres  |   42% ERROR:  x");

        assertThat(head.field('u')).contains("postgres");
        assertThat(head.field('p')).contains("42");
    }

    @Test
    void a_severity_that_follows_without_a_blank_is_found() {
        Head head = head("%m %d %u [%p]", "2026-11-23 04:09:53.305 CET shop ann [9]STATEMENT:  INSERT INTO t");

        assertThat(head.part()).isEqualTo(Part.STATEMENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%m [%p] %y ", "%m %", "[%p] ", ""})
    void unknown_escapes_and_prefixes_without_a_time_are_refused(String prefix) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LinePrefix.compile(prefix))
                .withMessageContaining("expected a log_line_prefix");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-23 04:09:53.305 UTC, 2026-11-23T04:09:53.305Z, 2026-11-23T04:09:53.305Z",
        "2026-11-23 04:09:53.305 GMT, 2026-11-23T04:09:53.305Z, 2026-11-23T04:09:53.305Z",
        "2026-11-23 04:09:53.305 CET, 2026-11-23T03:09:53.305Z, 2026-11-23T03:09:53.305Z",
        "2026-07-23 04:09:53.305 EDT, 2026-07-23T08:09:53.305Z, 2026-07-23T08:09:53.305Z",
        "2026-11-23 08:58:33.905 +0545, 2026-11-23T03:13:33.905Z, 2026-11-23T03:13:33.905Z",
        "2026-11-23 00:13:34.836 -03, 2026-11-23T03:13:34.836Z, 2026-11-23T03:13:34.836Z",
        "2026-11-23 08:58:33.905 +05:45, 2026-11-23T03:13:33.905Z, 2026-11-23T03:13:33.905Z",
        "2026-11-23 08:43:35.768 IST, 2026-11-23T03:13:35.768Z, 2026-11-23T07:43:35.768Z",
        "2026-07-23 12:00:00.000 BST, 2026-07-23T01:00:00Z, 2026-07-23T11:00:00Z",
        "2026-07-23 12:00:00.000 XYZ, 2026-07-22T22:00:00Z, 2026-07-24T00:00:00Z",
        "2026-11-23 04:09:53 UTC, 2026-11-23T04:09:53Z, 2026-11-23T04:09:53.999Z"
    })
    void a_zone_that_is_ambiguous_gives_an_interval(String stamp, Instant earliest, Instant latest) {
        assertThat(LogTime.ofStamp(stamp)).isEqualTo(Moment.between(earliest, latest));
    }

    @Test
    void a_date_that_does_not_exist_is_an_unknown_moment() {
        assertThat(LogTime.ofStamp("2026-13-45 04:09:53.305 UTC")).isEqualTo(Moment.unknown());
        assertThat(LogTime.ofEpoch("99999999999999999999")).isEqualTo(Moment.unknown());
    }

    @Test
    @Timeout(5)
    void a_hostile_line_costs_little() {
        LinePrefix prefix = LinePrefix.compile("%m %a %u %d %h %b ");
        String line = "2026-11-23 04:09:53.305 UTC " + "a ".repeat(900) + "LOG:  x";
        long begin = System.nanoTime();
        for (int i = 0; i < 100; i++) {
            prefix.match(line);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(3));
    }
}
