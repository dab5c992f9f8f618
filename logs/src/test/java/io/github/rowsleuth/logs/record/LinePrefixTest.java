package io.github.rowsleuth.logs.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.logs.language.Part;
import io.github.rowsleuth.logs.time.StampReader;
import io.github.rowsleuth.logs.time.Zones;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinePrefixTest {

    private static Head head(String prefix, String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        PrefixMatch match = new PrefixMatch();
        assertThat(LinePrefix.compile(prefix).match(bytes, 0, bytes.length, match))
                .as(line)
                .isTrue();
        return match.head(bytes, bytes.length);
    }

    private static Moment moment(String stamp) {
        byte[] bytes = stamp.getBytes(StandardCharsets.UTF_8);
        return StampReader.read(bytes, 0, bytes.length).moment(Zones.ANY);
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
        assertThat(head.fields().get('p')).contains("13993");
        assertThat(head.fields().get('c')).contains("6b03ae84.36a9");
        assertThat(head.fields().get('v')).contains("3/218");
        assertThat(head.fields().get('u')).contains("postgres");
        assertThat(head.fields().get('d')).contains("shop");
        assertThat(head.fields().get('a')).contains("psql");
        assertThat(head.fields().get('r')).contains("[local]");
        assertThat(head.fields().get('P')).isEmpty();
        assertThat(head.stamp().moment(Zones.ANY)).isEqualTo(Moment.at(Instant.parse("2026-11-23T03:09:56.097Z")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"DBeaver 24.1 - SQLEditor", "PostgreSQL JDBC Driver", "psql", ""})
    void blanks_belong_to_the_client_and_not_to_the_database(String application) {
        Head head = head(
                "%m [%p] %q%u@%d %a ",
                "2026-11-23 04:09:56.097 CET [13993] ada@office@shop " + application
                        + " LOG:  statement: drop table t");

        assertThat(head.fields().get('u')).contains("ada@office");
        assertThat(head.fields().get('d')).contains("shop");
        assertThat(head.fields().get('a')).isEqualTo(Optional.of(application).filter(a -> !a.isEmpty()));
    }

    @Test
    void what_follows_q_is_missing_in_background_processes() {
        assertThat(head("%m [%p] %q%u@%d ", "2026-11-23 04:09:53.305 CET [12722] LOG:  received SIGHUP")
                        .fields()
                        .get('u'))
                .isEmpty();
        assertThat(head("%m [%p] %q%u@%d ", "2026-11-23 04:11:57.891 CET [1] [unknown]@[unknown] LOG:  x")
                        .fields()
                        .get('u'))
                .isEmpty();
    }

    @Test
    void padding_and_percent_signs_are_read() {
        Head head = head("%m %-10u|%5p%% ", "2026-11-23 04:09:53.305 CET postgres  |   42% ERROR:  x");

        assertThat(head.fields().get('u')).contains("postgres");
        assertThat(head.fields().get('p')).contains("42");
    }

    @Test
    void a_severity_that_follows_without_a_blank_is_found() {
        Head head = head("%m %d %u [%p]", "2026-11-23 04:09:53.305 CET shop ann [9]STATEMENT:  INSERT INTO t");

        assertThat(head.part()).isEqualTo(Part.STATEMENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%m [%p] %y ", "%m %"})
    void unknown_escapes_are_refused(String prefix) {
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
        "2026-07-23 12:00:00.000 BST, 2026-07-23T11:00:00Z, 2026-07-23T11:00:00Z",
        "2026-07-23 12:00:00.000 XYZ, 2026-07-22T22:00:00Z, 2026-07-24T00:00:00Z",
        "2026-11-23 04:09:53 UTC, 2026-11-23T04:09:53Z, 2026-11-23T04:09:53.999Z"
    })
    void a_zone_that_is_ambiguous_gives_an_interval(String stamp, Instant earliest, Instant latest) {
        assertThat(moment(stamp)).isEqualTo(Moment.between(earliest, latest));
    }

    @Test
    void a_date_that_does_not_exist_is_an_unknown_moment() {
        assertThat(moment("2026-13-45 04:09:53.305 UTC")).isEqualTo(Moment.unknown());
        assertThat(StampReader.epoch("99999999999999999999").moment(Zones.ANY)).isEqualTo(Moment.unknown());
    }

    @Test
    @Timeout(5)
    void a_hostile_line_costs_little() {
        LinePrefix prefix = LinePrefix.compile("%m %a %u %d %h %b ");
        byte[] line = ("2026-11-23 04:09:53.305 UTC " + "a ".repeat(900) + "LOG:  x").getBytes(StandardCharsets.UTF_8);
        PrefixMatch match = new PrefixMatch();
        long begin = System.nanoTime();
        for (int i = 0; i < 100; i++) {
            assertThat(prefix.match(line, 0, line.length, match)).isTrue();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(3));
    }
}
