package io.github.rowsleuth.logs;

import java.util.Map;

/**
 * The offsets from UTC that a zone in a log can stand for. PostgreSQL prints abbreviations, and some of them name
 * several zones (IANA tz database, release 2025b): those keep every candidate instead of the most popular one.
 *
 * @param leastMinutes the smallest offset
 * @param greatestMinutes the greatest offset
 */
record Zone(int leastMinutes, int greatestMinutes) {

    private static final Zone ANYWHERE = new Zone(-12 * 60, 14 * 60);

    private static final Map<String, Zone> BY_ABBREVIATION = Map.ofEntries(
            of("UTC", 0, 0),
            of("GMT", 0, 0),
            of("UCT", 0, 0),
            of("Z", 0, 0),
            of("WET", 0, 0),
            of("WEST", 60, 60),
            of("CET", 60, 60),
            of("CEST", 120, 120),
            of("MET", 60, 60),
            of("MEST", 120, 120),
            of("EET", 120, 120),
            of("EEST", 180, 180),
            of("MSK", 180, 240),
            of("WAT", 60, 60),
            of("CAT", 120, 120),
            of("SAST", 120, 120),
            of("EAT", 180, 180),
            of("PKT", 300, 300),
            of("WIB", 420, 420),
            of("WITA", 480, 480),
            of("WIT", 540, 540),
            of("HKT", 480, 480),
            of("JST", 540, 540),
            of("KST", 540, 540),
            of("AWST", 480, 480),
            of("ACST", 570, 570),
            of("ACDT", 630, 630),
            of("AEST", 600, 600),
            of("AEDT", 660, 660),
            of("NZST", 720, 720),
            of("NZDT", 780, 780),
            of("EST", -300, -300),
            of("EDT", -240, -240),
            of("CDT", -300, -240), // North America, Cuba
            of("MST", -420, -420),
            of("MDT", -360, -360),
            of("PDT", -420, -420),
            of("AKST", -540, -540),
            of("AKDT", -480, -480),
            of("HST", -600, -600),
            of("AST", -240, -240),
            of("ADT", -180, -180),
            of("NST", -210, -210),
            of("NDT", -150, -150),
            of("IDT", 180, 180),
            of("IST", 60, 330), // Ireland, Israel, India
            of("BST", 60, 660), // Britain, Bangladesh, Bougainville
            of("CST", -360, 480), // North America, Cuba, China
            of("PST", -480, 480)); // North America, Philippines

    private static Map.Entry<String, Zone> of(String abbreviation, int least, int greatest) {
        return Map.entry(abbreviation, new Zone(least, greatest));
    }

    /**
     * {@return the zone of that name; any offset on earth if the name is unknown}
     *
     * @param name an abbreviation, or an offset such as {@code +0545} or {@code -03}
     */
    static Zone named(String name) {
        char sign = name.isEmpty() ? ' ' : name.charAt(0);
        if (sign != '+' && sign != '-') {
            return BY_ABBREVIATION.getOrDefault(name, ANYWHERE);
        }
        String digits = name.substring(1).replace(":", "");
        if (digits.length() < 2 || digits.length() > 6 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return ANYWHERE;
        }
        int hours = Integer.parseInt(digits.substring(0, 2));
        int minutes = digits.length() >= 4 ? Integer.parseInt(digits.substring(2, 4)) : 0;
        int offset = (sign == '-' ? -1 : 1) * (hours * 60 + minutes);
        return new Zone(offset, offset);
    }
}
