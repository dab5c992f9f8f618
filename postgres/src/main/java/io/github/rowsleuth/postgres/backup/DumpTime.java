package io.github.rowsleuth.postgres.backup;

import io.github.rowsleuth.evidence.Moment;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns the time in a dump into a moment. It is local to whoever dumped and bears no zone, or a name that may mean
 * several: then every offset that is in use somewhere is possible.
 *
 * @param zone where the dump was made, if somebody knows
 */
record DumpTime(Optional<ZoneId> zone) {

    private static final int EARLIEST_OFFSET_HOURS = 14;
    private static final int LATEST_OFFSET_HOURS = 12;
    private static final Pattern WRITTEN = Pattern.compile("(\\d{4}-\\d\\d-\\d\\d) (\\d\\d:\\d\\d:\\d\\d) ?(.*)");

    Moment of(LocalDateTime local) {
        if (zone.isPresent()) {
            Instant from = local.atZone(zone.get()).withEarlierOffsetAtOverlap().toInstant();
            Instant to = local.atZone(zone.get()).withLaterOffsetAtOverlap().toInstant();
            return new Moment(Optional.of(from), Optional.of(to.plusSeconds(1)));
        }
        Instant asUtc = local.toInstant(ZoneOffset.UTC);
        return new Moment(
                Optional.of(asUtc.minusSeconds(EARLIEST_OFFSET_HOURS * 3_600L)),
                Optional.of(asUtc.plusSeconds(LATEST_OFFSET_HOURS * 3_600L + 1)));
    }

    /** As {@code pg_dump -v} writes it: {@code 2026-03-01 02:00:07 CET}. */
    Moment of(String written) {
        Matcher matcher = WRITTEN.matcher(written.strip());
        if (!matcher.matches()) {
            return Moment.unknown();
        }
        try {
            LocalDateTime local = LocalDateTime.parse(matcher.group(1) + "T" + matcher.group(2));
            String name = matcher.group(3);
            return name.equals("UTC") || name.equals("GMT")
                    ? new DumpTime(Optional.of(ZoneOffset.UTC)).of(local)
                    : of(local);
        } catch (DateTimeException e) {
            return Moment.unknown();
        }
    }

    /** The numbers of a {@code struct tm}, as an archive holds them; empty where they make no date. */
    Moment of(int year, int month, int day, int hour, int minute, int second) {
        try {
            return of(LocalDateTime.of(year + 1_900, month + 1, day, hour, minute, Math.min(second, 59)));
        } catch (DateTimeException e) {
            return Moment.unknown();
        }
    }
}
