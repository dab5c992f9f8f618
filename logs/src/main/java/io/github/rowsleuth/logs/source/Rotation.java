package io.github.rowsleuth.logs.source;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the names of rotated logs tell: their order, and which of them are missing. */
final class Rotation {

    private static final Pattern NUMBERED = Pattern.compile("(.*\\.(?:log|csv|json))\\.(\\d{1,6})(?:\\.gz)?");
    private static final Pattern STAMPED =
            Pattern.compile(".*?(\\d{4})-(\\d{2})-(\\d{2})(?:[_T-](\\d{2})(\\d{2})(\\d{2}))?.*");

    /** The higher the number that logrotate gave, the older. */
    static final Comparator<String> OLDEST_FIRST =
            Comparator.comparingInt((String name) -> -number(name)).thenComparing(Comparator.naturalOrder());

    private Rotation() {}

    private static int number(String name) {
        Matcher numbered = NUMBERED.matcher(name);
        return numbered.matches() ? Integer.parseInt(numbered.group(2)) : 0;
    }

    /** {@return notes of the files that should be there and are not} */
    static List<Note> missing(List<String> names) {
        List<Note> notes = new ArrayList<>();
        TreeSet<Integer> numbers = new TreeSet<>();
        names.forEach(name -> numbers.add(number(name)));
        List<String> absent = new ArrayList<>();
        for (int i = 1; numbers.size() > 1 && i < numbers.last() && absent.size() < 5; i++) {
            if (!numbers.contains(i)) {
                absent.add("." + i);
            }
        }
        if (!absent.isEmpty()) {
            notes.add(note("rotated logs with the numbers " + String.join(", ", absent)));
        }
        between(names).forEach(gap -> notes.add(note(gap)));
        return notes;
    }

    private static Note note(String what) {
        return new Note(
                what,
                "what was logged in that time is not known: an absence there proves nothing",
                "look for them where logs are archived, and give them as well");
    }

    /** Names with a time stamp follow each other evenly, where rotation goes by age. */
    private static List<String> between(List<String> names) {
        TreeSet<LocalDateTime> times = new TreeSet<>();
        for (String name : names) {
            Matcher stamped = STAMPED.matcher(name);
            if (stamped.matches()) {
                time(stamped).ifPresent(times::add);
            }
        }
        List<LocalDateTime> sorted = List.copyOf(times);
        List<Duration> steps = new ArrayList<>();
        for (int i = 1; i < sorted.size(); i++) {
            steps.add(Duration.between(sorted.get(i - 1), sorted.get(i)));
        }
        if (steps.size() < 3) {
            return List.of();
        }
        Duration usual = steps.stream().sorted().toList().get(steps.size() / 2);
        List<String> gaps = new ArrayList<>();
        for (int i = 0; i < steps.size() && gaps.size() < 5; i++) {
            if (steps.get(i).compareTo(usual.multipliedBy(2)) >= 0 && usual.toMinutes() >= 1) {
                gaps.add(String.format(
                        Locale.ROOT,
                        "rotated logs between %s and %s, if they are rotated every %s",
                        sorted.get(i),
                        sorted.get(i + 1),
                        usual));
            }
        }
        return gaps;
    }

    private static java.util.Optional<LocalDateTime> time(Matcher stamped) {
        try {
            int[] part = new int[6];
            for (int i = 0; i < 6; i++) {
                part[i] = stamped.group(i + 1) == null ? 0 : Integer.parseInt(stamped.group(i + 1));
            }
            return java.util.Optional.of(LocalDateTime.of(part[0], part[1], part[2], part[3], part[4], part[5]));
        } catch (DateTimeException notATime) {
            return java.util.Optional.empty();
        }
    }
}
