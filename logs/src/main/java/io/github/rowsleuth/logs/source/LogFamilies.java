package io.github.rowsleuth.logs.source;

import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.logs.record.FirstStamp;
import io.github.rowsleuth.logs.time.Stamp;
import io.github.rowsleuth.logs.time.Zones;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Files of one folder, by their format and in the order in which they were written. */
public final class LogFamilies {

    /** What the server appends to {@code log_filename} for a format, and what rotation and packing append to that. */
    private static final Pattern NAME =
            Pattern.compile("(?<base>.*?)(?<format>\\.(?:log|csv|json))?(?<rotated>(?:[.-]\\d+)?(?:\\.gz)?)");

    private LogFamilies() {}

    /**
     * A file with the time of its first record.
     *
     * @param file the file
     * @param first when its first record was written
     */
    private record Dated(LogStream file, Moment first) {}

    /** {@return the format that the name tells: {@code csv}, {@code json}, or {@code log} for all others} */
    public static String format(String name) {
        Matcher parts = NAME.matcher(name);
        String format = parts.matches() ? parts.group("format") : null;
        return format == null ? "log" : format.substring(1);
    }

    /** {@return the name without what tells the format: the same for all that one server writes at one time} */
    static String base(String name) {
        Matcher parts = NAME.matcher(name);
        return parts.matches() ? parts.group("base") + parts.group("rotated") : name;
    }

    static List<List<LogStream>> inOrder(
            List<? extends LogStream> files, List<String> prefixes, Patience patience, Consumer<Note> notes)
            throws ProbeUnavailableException, IOException {
        Map<String, List<LogStream>> families = new TreeMap<>();
        for (LogStream file : files) {
            families.computeIfAbsent(format(file.name()), f -> new ArrayList<>())
                    .add(file);
        }
        List<List<LogStream>> sequences = new ArrayList<>();
        for (List<LogStream> family : families.values()) {
            Rotation.missing(family.stream().map(LogStream::name).toList()).forEach(notes);
            sequences.add(byTime(family, prefixes, patience));
        }
        return sequences;
    }

    private static List<LogStream> byTime(List<LogStream> files, List<String> prefixes, Patience patience)
            throws ProbeUnavailableException, IOException {
        if (files.size() == 1) {
            return files;
        }
        List<Dated> dated = new ArrayList<>();
        for (LogStream file : files) {
            patience.check();
            dated.add(new Dated(file, first(file, prefixes, patience).moment(Zones.ANY)));
        }
        dated.sort(Comparator.comparing(Dated::first).thenComparing(d -> d.file.name(), Rotation.OLDEST_FIRST));
        return dated.stream().map(Dated::file).toList();
    }

    /** {@return when its first record was written, its lines having one of those prefixes if any is known} */
    static Stamp first(LogStream file, List<String> prefixes, Patience patience) throws ProbeUnavailableException {
        try (InputStream in = file.open(patience)) {
            return FirstStamp.in(
                    Sample.of(in).lines(),
                    prefixes,
                    file.written().map(Instant::toEpochMilli).orElse(0L));
        } catch (IOException unreadable) {
            return Stamp.UNKNOWN; // said when it is read
        }
    }
}
