package io.github.rowsleuth.logs;

import io.github.rowsleuth.evidence.Moment;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Reads the time stamps of {@code %m}, {@code %t}, {@code %s} and {@code %n}. */
final class LogTime {

    private static final String SHAPE = "dddd-dd-dd dd:dd:dd";

    private LogTime() {}

    /** {@return where the time stamp that begins at {@code from} ends, -1 if none begins there} */
    static int end(String line, int from, int limit) {
        int at = from + SHAPE.length();
        if (at >= limit) {
            return -1;
        }
        for (int i = 0; i < SHAPE.length(); i++) {
            char c = line.charAt(from + i);
            if (SHAPE.charAt(i) == 'd' ? !isDigit(c) : c != SHAPE.charAt(i)) {
                return -1;
            }
        }
        if (line.charAt(at) == '.') {
            at++;
            while (at < limit && isDigit(line.charAt(at))) {
                at++;
            }
        }
        return at < limit && line.charAt(at) == ' ' ? zoneEnd(line, at + 1, limit) : -1;
    }

    private static int zoneEnd(String line, int from, int limit) {
        int at = from;
        if (at < limit && (line.charAt(at) == '+' || line.charAt(at) == '-')) {
            at++;
            while (at < limit && (isDigit(line.charAt(at)) || timeColon(line, at, limit))) {
                at++;
            }
        } else {
            while (at < limit && isAsciiLetter(line.charAt(at))) {
                at++;
            }
        }
        return at == from ? -1 : at;
    }

    private static boolean timeColon(String line, int at, int limit) {
        return line.charAt(at) == ':' && at + 1 < limit && isDigit(line.charAt(at + 1));
    }

    /** {@return when that was; an interval where the zone is ambiguous or the fraction is missing} */
    static Moment ofStamp(String stamp) {
        int zoneAt = stamp.lastIndexOf(' ');
        try {
            LocalDateTime local = LocalDateTime.parse(stamp.substring(0, zoneAt).replace(' ', 'T'));
            Zone zone = Zone.named(stamp.substring(zoneAt + 1));
            Instant earliest = local.minusMinutes(zone.greatestMinutes()).toInstant(ZoneOffset.UTC);
            Instant latest = local.minusMinutes(zone.leastMinutes()).toInstant(ZoneOffset.UTC);
            return Moment.between(earliest, stamp.indexOf('.') >= 0 ? latest : latest.plusMillis(999));
        } catch (DateTimeException notADate) {
            return Moment.unknown();
        }
    }

    /** {@return when that was, from seconds since 1970 with or without a fraction} */
    static Moment ofEpoch(String seconds) {
        int dot = seconds.indexOf('.');
        try {
            long whole = Long.parseLong(dot < 0 ? seconds : seconds.substring(0, dot));
            long millis = dot < 0 ? 0 : Long.parseLong((seconds.substring(dot + 1) + "000").substring(0, 3));
            Instant instant = Instant.ofEpochSecond(whole).plusMillis(millis);
            return dot < 0 ? Moment.between(instant, instant.plusMillis(999)) : Moment.at(instant);
        } catch (NumberFormatException | DateTimeException notATime) {
            return Moment.unknown();
        }
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isAsciiLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
