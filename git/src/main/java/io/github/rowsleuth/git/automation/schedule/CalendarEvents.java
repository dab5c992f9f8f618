package io.github.rowsleuth.git.automation.schedule;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Calendar events of systemd (systemd.time(7)), those that cron can say too. */
final class CalendarEvents {

    private static final Map<String, String> NAMED = Map.of(
            "minutely", "0 * * * * *",
            "hourly", "0 0 * * * *",
            "daily", "0 0 0 * * *",
            "weekly", "0 0 0 * * 1",
            "monthly", "0 0 0 1 * *",
            "yearly", "0 0 0 1 1 *",
            "annually", "0 0 0 1 1 *");
    private static final Pattern EVENT = Pattern.compile(
            "(?:([A-Za-z]{3,9}(?:(?:,|\\.\\.)[A-Za-z]{3,9}){0,6}) ?)?(?:\\*-)?(?:(\\*|\\d{1,2})-(\\*|\\d{1,2}) ?)?"
                    + "(?:([\\d*/,]{1,20}):([\\d*/,]{1,20})(?::([\\d*/,]{1,20}))?)?");

    private CalendarEvents() {}

    /** The event as six fields of cron, the seconds first. */
    static Optional<String> toCron(String event) {
        String named = NAMED.get(event.toLowerCase(Locale.ROOT));
        if (named != null) {
            return Optional.of(named);
        }
        Matcher parts = EVENT.matcher(event);
        if (event.isBlank() || !parts.matches()) {
            return Optional.empty();
        }
        return Optional.of(String.join(
                " ",
                clock(parts.group(6)),
                clock(parts.group(5)),
                clock(parts.group(4)),
                date(parts.group(3)),
                date(parts.group(2)),
                days(parts.group(1))));
    }

    private static String clock(@org.jspecify.annotations.Nullable String field) {
        if (field == null) {
            return "0";
        }
        String short_ = field.replaceAll("\\b0(\\d)", "$1");
        return short_.startsWith("/") ? "*" + short_ : short_;
    }

    private static String date(@org.jspecify.annotations.Nullable String field) {
        return field == null ? "*" : field.replaceFirst("^0", "");
    }

    private static String days(@org.jspecify.annotations.Nullable String field) {
        if (field == null) {
            return "*";
        }
        StringBuilder days = new StringBuilder();
        Matcher name = Pattern.compile("([A-Za-z]{3})[A-Za-z]*(,|\\.\\.)?").matcher(field);
        while (name.find()) {
            String separator = name.group(2) == null ? "" : name.group(2).equals(",") ? "," : "-";
            days.append(name.group(1).toUpperCase(Locale.ROOT)).append(separator);
        }
        return days.toString();
    }
}
