package io.github.rowsleuth.logs.time;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Which offsets from UTC a zone in a log can stand for. PostgreSQL prints the abbreviation that the IANA database gives
 * to {@code log_timezone} at that time ({@code %Z} of src/timezone/strftime.c), and some of them name several zones:
 * those keep every candidate, unless the zones in use are known and decide.
 *
 * @param hints the zones that are known to be in use, empty if none is
 */
public record Zones(List<ZoneId> hints) {

    /** Nothing is known. */
    public static final Zones ANY = new Zones(List.of());

    private static final Offsets ANYWHERE = new Offsets(-12 * 3600, 14 * 3600);

    /** From release 2025b of the IANA database, 1996 to 2037; numeric abbreviations are read as they stand. */
    private static final Map<String, List<Use>> USES = uses();

    /**
     * The bounds of an offset.
     *
     * @param least in seconds
     * @param greatest in seconds
     */
    public record Offsets(int least, int greatest) {}

    /**
     * An offset that an abbreviation stood for.
     *
     * @param offset in seconds
     * @param from the first day, in milliseconds since 1970
     * @param to the last day
     */
    private record Use(int offset, long from, long to) {

        boolean covers(long local) {
            long day = 86_400_000L; // local time and the day on which a zone changed are a day apart at most
            return local >= from - day && local <= to + day;
        }
    }

    /** Copies the list. */
    public Zones {
        hints = List.copyOf(hints);
    }

    /** {@return the zones of these names; names that nobody knows are left out} */
    public static Zones named(Iterable<String> names) {
        List<ZoneId> zones = new ArrayList<>();
        for (String name : names) {
            named(name).ifPresent(zones::add);
        }
        return new Zones(zones);
    }

    private static Optional<ZoneId> named(String name) {
        try {
            return Optional.of(ZoneId.of(name));
        } catch (DateTimeException unknown) {
            return Optional.empty(); // PostgreSQL also takes POSIX rules, such as <+03>-3
        }
    }

    /** {@return both} */
    public Zones and(Zones other) {
        return new Zones(
                Stream.concat(hints.stream(), other.hints.stream()).distinct().toList());
    }

    /**
     * {@return what the zone can stand for at that time; any offset on earth if nothing is known of it}
     *
     * @param zone as printed, empty where none was printed
     * @param local the printed time in milliseconds since 1970, as if it were UTC
     */
    public Offsets offsets(String zone, long local) {
        if (zone.startsWith("+") || zone.startsWith("-")) {
            return numeric(zone);
        }
        TreeSet<Integer> candidates = new TreeSet<>();
        for (Use use : USES.getOrDefault(zone, List.of())) {
            if (use.covers(local)) {
                candidates.add(use.offset);
            }
        }
        TreeSet<Integer> inUse = inUse(local);
        if (candidates.isEmpty()) {
            candidates = inUse;
        } else if (candidates.size() > 1) {
            inUse.retainAll(candidates);
            candidates = inUse.isEmpty() ? candidates : inUse;
        }
        return candidates.isEmpty() ? ANYWHERE : new Offsets(candidates.first(), candidates.last());
    }

    /** Where clocks are set back one time has two offsets; where they are set forward a time that never was has none. */
    private TreeSet<Integer> inUse(long local) {
        TreeSet<Integer> offsets = new TreeSet<>();
        LocalDateTime time = LocalDateTime.ofEpochSecond(Math.floorDiv(local, 1000L), 0, ZoneOffset.UTC);
        for (ZoneId hint : hints) {
            ZoneRules rules = hint.getRules();
            List<ZoneOffset> valid = rules.getValidOffsets(time);
            valid.forEach(offset -> offsets.add(offset.getTotalSeconds()));
            if (valid.isEmpty()) {
                offsets.add(rules.getTransition(time).getOffsetBefore().getTotalSeconds());
                offsets.add(rules.getTransition(time).getOffsetAfter().getTotalSeconds());
            }
        }
        return offsets;
    }

    private static Offsets numeric(String zone) {
        String digits = zone.substring(1).replace(":", "");
        if (digits.length() < 2 || digits.length() > 6 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return ANYWHERE;
        }
        int seconds = 3600 * Integer.parseInt(digits.substring(0, 2))
                + (digits.length() >= 4 ? 60 * Integer.parseInt(digits.substring(2, 4)) : 0)
                + (digits.length() == 6 ? Integer.parseInt(digits.substring(4, 6)) : 0);
        int offset = zone.charAt(0) == '-' ? -seconds : seconds;
        return new Offsets(offset, offset);
    }

    private static Map<String, List<Use>> uses() {
        Map<String, List<Use>> uses = new HashMap<>();
        for (String utc : List.of("UTC", "GMT", "UCT", "Z")) {
            uses.put(utc, new ArrayList<>(List.of(new Use(0, Long.MIN_VALUE / 2, Long.MAX_VALUE / 2))));
        }
        try (InputStream in = Objects.requireNonNull(Zones.class.getResourceAsStream("zones.tsv"), "zones.tsv");
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] columns = line.split("\t", -1);
                uses.computeIfAbsent(columns[0], a -> new ArrayList<>())
                        .add(new Use(
                                Integer.parseInt(columns[1]),
                                day(columns[2], Long.MIN_VALUE / 2),
                                day(columns[3], Long.MAX_VALUE / 2)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return uses;
    }

    private static long day(String text, long otherwise) {
        return text.isEmpty() ? otherwise : LocalDate.parse(text).toEpochDay() * 86_400_000L;
    }
}
