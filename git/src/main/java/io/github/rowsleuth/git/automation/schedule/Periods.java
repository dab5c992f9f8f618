package io.github.rowsleuth.git.automation.schedule;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Schedules that say how often, and not when: {@code @every 1h30m}, {@code rate(5 minutes)}, {@code every 6 hours}. */
final class Periods {

    private static final Pattern EVERY =
            Pattern.compile("(?:@every[ _]|every[ _]|rate\\()\\s*(.{1,40}?)\\)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern PART = Pattern.compile(
            "(\\d{0,9}(?:\\.\\d{1,6})?)\\s*(milliseconds?|ms|seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|[smhdw])\\b?");

    private Periods() {}

    static Optional<Duration> of(String expression) {
        Matcher every = EVERY.matcher(expression.strip());
        if (!every.matches()) {
            return Optional.empty();
        }
        Duration sum = Duration.ZERO;
        Matcher part = PART.matcher(every.group(1).toLowerCase(Locale.ROOT));
        while (part.find()) {
            double number = part.group(1).isEmpty() ? 1 : Double.parseDouble(part.group(1));
            sum = sum.plusMillis((long) (number * milliseconds(part.group(2))));
        }
        return sum.isZero() ? Optional.empty() : Optional.of(sum);
    }

    private static long milliseconds(String unit) {
        if (unit.startsWith("ms") || unit.startsWith("milli")) {
            return 1;
        }
        return switch (unit.charAt(0)) {
            case 's' -> 1_000L;
            case 'm' -> 60_000L;
            case 'h' -> 3_600_000L;
            case 'd' -> 86_400_000L;
            default -> 604_800_000L;
        };
    }
}
