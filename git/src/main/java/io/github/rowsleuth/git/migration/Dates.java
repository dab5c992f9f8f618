package io.github.rowsleuth.git.migration;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Dates in the names and heads of migrations. One that names no zone is taken as UTC. */
final class Dates {

    private static final Pattern COMPACT = Pattern.compile(
            "(?:^|\\D)(20\\d{2})[_-]?(\\d{2})[_-]?(\\d{2})(?:[T_-]?(\\d{2})[_-]?(\\d{2})[_-]?(\\d{2}))?(?:\\D|$)");
    private static final Pattern MILLISECONDS = Pattern.compile("(?:^|\\D)(1[4-9]\\d{11})(?:\\D|$)");
    private static final Pattern WRITTEN = Pattern.compile(
            "(\\d{4}-\\d{2}-\\d{2})[ T](\\d{2}:\\d{2})(:\\d{2}(?:\\.\\d{1,9})?)?\\s?(Z|[+-]\\d{2}:\\d{2})?");

    private Dates() {}

    /** {@code 20250201090000}, {@code 2025_02_01_090000}, {@code 20250201}, or milliseconds since 1970. */
    static Optional<Instant> inName(String name) {
        Matcher milliseconds = MILLISECONDS.matcher(name);
        if (milliseconds.find()) {
            return Optional.of(Instant.ofEpochMilli(Long.parseLong(milliseconds.group(1))));
        }
        Matcher compact = COMPACT.matcher(name);
        if (!compact.find()) {
            return Optional.empty();
        }
        try {
            boolean time = compact.group(4) != null;
            return Optional.of(LocalDateTime.of(
                            number(compact, 1),
                            number(compact, 2),
                            number(compact, 3),
                            time ? number(compact, 4) : 0,
                            time ? number(compact, 5) : 0,
                            time ? number(compact, 6) : 0)
                    .toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static int number(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }

    /** The date behind a label such as {@code Create Date:}. */
    static Optional<Instant> behind(Pattern label, String text) {
        Matcher found = label.matcher(text);
        if (!found.find()) {
            return Optional.empty();
        }
        Matcher date = WRITTEN.matcher(text).region(found.end(), Math.min(text.length(), found.end() + 60));
        try {
            return date.find()
                    ? Optional.of(Instant.parse(date.group(1) + "T" + date.group(2)
                            + Optional.ofNullable(date.group(3)).orElse(":00")
                            + Optional.ofNullable(date.group(4)).orElse("Z")))
                    : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
