package io.github.rowsleuth.logs.application;

import io.github.rowsleuth.evidence.Moment;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The time in a line: a date and a time as ISO 8601 writes them, or with slashes, or as web servers do; in JSON also a number
 * of seconds or milliseconds since 1970. One without a zone is an interval.
 *
 * @param zone in which the application logs, if somebody knows
 */
record LogTime(Optional<ZoneId> zone) {

    private static final int EARLIEST_OFFSET_HOURS = 14;
    private static final int LATEST_OFFSET_HOURS = 12;
    private static final long SECONDS_IN_HOUR = 3_600;
    private static final long FIRST_MILLIS = 100_000_000_000L;
    private static final long LAST_MILLIS = 10_000_000_000_000L;
    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

    private static final String CLOCK = "(\\d\\d):(\\d\\d):(\\d\\d)(?:[.,]\\d{1,9})?";
    private static final String ZONE = "\\s?(Z|UTC|GMT|[+-]\\d\\d:?\\d\\d)?";
    private static final Pattern ISO = Pattern.compile("(\\d{4})[-/](\\d\\d)[-/](\\d\\d)[T ]" + CLOCK + ZONE);
    private static final Pattern WEB = Pattern.compile("(\\d\\d)/(\\p{Alpha}{3})/(\\d{4}):" + CLOCK + ZONE);

    /** The first time in a text. */
    Moment in(String text) {
        Matcher iso = ISO.matcher(text);
        Matcher web = WEB.matcher(text);
        try {
            if (iso.find()) {
                return moment(number(iso, 1), number(iso, 2), number(iso, 3), iso);
            }
            if (web.find()) {
                int month = MONTHS.indexOf(web.group(2).toLowerCase(Locale.ROOT)) + 1;
                return moment(number(web, 3), month, number(web, 1), web);
            }
        } catch (DateTimeException e) {
            return Moment.unknown();
        }
        return Moment.unknown();
    }

    /** A number since 1970, in seconds or milliseconds. */
    Moment since1970(double number) {
        if (!(number > 0 && number < LAST_MILLIS)) {
            return Moment.unknown();
        }
        long millis = (long) (number < FIRST_MILLIS ? number * 1_000 : number);
        return Moment.at(Instant.ofEpochMilli(millis));
    }

    private static int number(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }

    private Moment moment(int year, int month, int day, Matcher clock) {
        LocalDateTime local =
                LocalDateTime.of(year, month, day, number(clock, 4), number(clock, 5), Math.min(number(clock, 6), 59));
        Optional<String> written = Optional.ofNullable(clock.group(7));
        Optional<ZoneId> known = written.map(LogTime::zone).or(() -> zone);
        if (known.isPresent()) {
            Instant from =
                    local.atZone(known.get()).withEarlierOffsetAtOverlap().toInstant();
            Instant to = local.atZone(known.get()).withLaterOffsetAtOverlap().toInstant();
            return Moment.between(from, to.plusSeconds(written.isPresent() || from.equals(to) ? 0 : 1));
        }
        Instant asUtc = local.toInstant(ZoneOffset.UTC);
        return Moment.between(
                asUtc.minusSeconds(EARLIEST_OFFSET_HOURS * SECONDS_IN_HOUR),
                asUtc.plusSeconds(LATEST_OFFSET_HOURS * SECONDS_IN_HOUR));
    }

    private static ZoneId zone(String written) {
        return written.startsWith("+") || written.startsWith("-")
                ? ZoneOffset.of(written.substring(0, 3) + ":" + written.substring(written.length() - 2))
                : ZoneOffset.UTC;
    }
}
