package io.github.rowsleuth.logs.time;

import java.nio.charset.StandardCharsets;

/** Reads the time stamps that PostgreSQL, syslog, containers and clouds put before a record. */
public final class StampReader {

    private static final int DATE_TIME = 19; // dddd-dd-dd dd:dd:dd
    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

    private StampReader() {}

    /**
     * {@return where the time stamp of {@code %m}, {@code %t} or {@code %s} that begins at {@code from} ends, -1 if none
     * begins there}
     */
    public static int end(byte[] b, int from, int to) {
        if (!isDateTime(b, from, to, ' ')) {
            return -1;
        }
        int at = fractionEnd(b, from + DATE_TIME, to);
        return at < to && b[at] == ' ' ? zoneEnd(b, at + 1, to) : -1;
    }

    /** {@return whether a date and a time begin there, with that byte between them} */
    public static boolean isDateTime(byte[] b, int from, int to, char between) {
        return to - from >= DATE_TIME
                && b[from + 4] == '-'
                && b[from + 7] == '-'
                && b[from + 10] == between
                && b[from + 13] == ':'
                && b[from + 16] == ':'
                && digits(b, from, 4)
                && digits(b, from + 5, 2)
                && digits(b, from + 8, 2)
                && digits(b, from + 11, 2)
                && digits(b, from + 14, 2)
                && digits(b, from + 17, 2);
    }

    private static boolean digits(byte[] b, int from, int count) {
        for (int i = from; i < from + count; i++) {
            if (!isDigit(b[i])) {
                return false;
            }
        }
        return true;
    }

    /** {@return whether that is an ASCII digit} */
    public static boolean isDigit(int b) {
        return b >= '0' && b <= '9';
    }

    private static int fractionEnd(byte[] b, int from, int to) {
        if (from >= to || b[from] != '.') {
            return from;
        }
        int at = from + 1;
        while (at < to && isDigit(b[at])) {
            at++;
        }
        return at;
    }

    private static int zoneEnd(byte[] b, int from, int to) {
        int at = from;
        if (at < to && (b[at] == '+' || b[at] == '-')) {
            at++;
            while (at < to && (isDigit(b[at]) || (b[at] == ':' && at + 1 < to && isDigit(b[at + 1])))) {
                at++;
            }
        } else {
            while (at < to && isLetter(b[at])) {
                at++;
            }
        }
        return at == from ? -1 : at;
    }

    private static boolean isLetter(byte b) {
        int letter = b | 0x20;
        return letter >= 'a' && letter <= 'z';
    }

    /** {@return the time stamp from there to its end, as {@link #end} gave it; unknown if there is no such day} */
    public static Stamp read(byte[] b, int from, int end) {
        int zoneAt = fractionEnd(b, from + DATE_TIME, end);
        String zone = new String(b, zoneAt + 1, end - zoneAt - 1, StandardCharsets.US_ASCII);
        return of(b, from, zoneAt, zone);
    }

    private static Stamp of(byte[] b, int from, int zoneAt, String zone) {
        long local = dateTime(b, from);
        return local == Long.MIN_VALUE
                ? Stamp.UNKNOWN
                : new Stamp(
                        local + millis(b, from + DATE_TIME, zoneAt),
                        zone,
                        zoneAt > from + DATE_TIME ? 0 : Stamp.SECOND);
    }

    /** {@return milliseconds since 1970 of a date and time as if in UTC, {@link Long#MIN_VALUE} if there is no such time} */
    public static long dateTime(byte[] b, int from) {
        return millis(
                number(b, from, 4),
                number(b, from + 5, 2),
                number(b, from + 8, 2),
                number(b, from + 11, 2),
                number(b, from + 14, 2),
                number(b, from + 17, 2));
    }

    private static long millis(int year, int month, int day, int hour, int minute, int second) {
        boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        int days = month == 2 ? (leap ? 29 : 28) : month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
        if (month < 1 || month > 12 || day < 1 || day > days || hour > 23 || minute > 59 || second > 60) {
            return Long.MIN_VALUE;
        }
        // days since 1970 in the proleptic Gregorian calendar, years beginning in March
        long y = month <= 2 ? year - 1 : year;
        long era = Math.floorDiv(y, 400L);
        long yearOfEra = y - era * 400;
        long dayOfYear = (153L * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
        long dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return (era * 146_097 + dayOfEra - 719_468) * 86_400_000L
                + hour * 3_600_000L
                + minute * 60_000L
                + second * 1_000L;
    }

    private static int number(byte[] b, int from, int count) {
        int value = 0;
        for (int i = from; i < from + count; i++) {
            value = value * 10 + b[i] - '0';
        }
        return value;
    }

    /** {@return the milliseconds of a fraction, 0 if none is there} */
    private static int millis(byte[] b, int from, int end) {
        int value = 0;
        for (int i = 1; i <= 3; i++) {
            value = value * 10 + (from + i < end ? b[from + i] - '0' : 0);
        }
        return value;
    }

    /** {@return where a time stamp of ISO 8601 that begins at {@code from} ends, -1 if none begins there} */
    public static int isoEnd(byte[] b, int from, int to) {
        if (!isDateTime(b, from, to, 'T')) {
            return -1;
        }
        int at = fractionEnd(b, from + DATE_TIME, to);
        return at < to && b[at] == 'Z' ? at + 1 : zoneEnd(b, at, to);
    }

    /** {@return that time stamp} */
    public static Stamp iso(byte[] b, int from, int end) {
        int zoneAt = fractionEnd(b, from + DATE_TIME, end);
        return of(b, from, zoneAt, new String(b, zoneAt, end - zoneAt, StandardCharsets.US_ASCII));
    }

    /** {@return the time stamp in that text, of either form; unknown if it is none} */
    public static Stamp parse(String text) {
        byte[] b = text.getBytes(StandardCharsets.US_ASCII);
        int end = end(b, 0, b.length);
        if (end == b.length) {
            return read(b, 0, end);
        }
        return isoEnd(b, 0, b.length) == b.length ? iso(b, 0, b.length) : Stamp.UNKNOWN;
    }

    /** {@return the time in seconds since 1970, with or without a fraction} */
    public static Stamp epoch(String seconds) {
        int dot = seconds.indexOf('.');
        try {
            long whole = Long.parseLong(dot < 0 ? seconds : seconds.substring(0, dot));
            long millis = dot < 0 ? 0 : Long.parseLong((seconds.substring(dot + 1) + "000").substring(0, 3));
            boolean possible = Math.abs(whole) < 1L << 40;
            return possible ? new Stamp(whole * 1000 + millis, "UTC", dot < 0 ? Stamp.SECOND : 0) : Stamp.UNKNOWN;
        } catch (NumberFormatException notATime) {
            return Stamp.UNKNOWN;
        }
    }

    /** {@return whether a time stamp of RFC 3164, such as {@code Nov 23 03:13:31}, begins there; it takes 15 bytes} */
    public static boolean isMonthDay(byte[] b, int from, int to) {
        return to - from >= 15
                && month(b, from) > 0
                && b[from + 3] == ' '
                && (b[from + 4] == ' ' || isDigit(b[from + 4]))
                && isDigit(b[from + 5])
                && b[from + 6] == ' '
                && digits(b, from + 7, 2)
                && b[from + 9] == ':'
                && digits(b, from + 10, 2)
                && b[from + 12] == ':'
                && digits(b, from + 13, 2);
    }

    private static int month(byte[] b, int from) {
        for (int month = 0; month < 12; month++) {
            if (b[from] == MONTHS.charAt(3 * month)
                    && b[from + 1] == MONTHS.charAt(3 * month + 1)
                    && b[from + 2] == MONTHS.charAt(3 * month + 2)) {
                return month + 1;
            }
        }
        return 0;
    }

    /**
     * {@return a time stamp of RFC 3164, which names neither year nor zone}
     *
     * @param latest when the log was written last, in milliseconds since 1970: the year is the last one in which it was
     *     not written before its own record
     */
    public static Stamp monthDay(byte[] b, int from, long latest) {
        int day = (b[from + 4] == ' ' ? 0 : 10 * (b[from + 4] - '0')) + b[from + 5] - '0';
        int year = 1970 + (int) ((latest + 86_400_000L) / 31_556_952_000L);
        for (int back = 0; back < 5; back++) {
            long local = millis(
                    year - back,
                    month(b, from),
                    day,
                    number(b, from + 7, 2),
                    number(b, from + 10, 2),
                    number(b, from + 13, 2));
            if (local != Long.MIN_VALUE && local <= latest + 86_400_000L) {
                return new Stamp(local, "", Stamp.SECOND);
            }
        }
        return Stamp.UNKNOWN;
    }
}
