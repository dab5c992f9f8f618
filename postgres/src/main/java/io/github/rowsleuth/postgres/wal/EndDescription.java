package io.github.rowsleuth.postgres.wal;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a transaction ended, or was prepared, as src/backend/access/rmgrdesc/xactdesc.c describes it.
 *
 * @param xid the transaction where the record itself names none: {@code COMMIT PREPARED} and {@code ROLLBACK PREPARED}
 * @param gid the name under which it was prepared
 * @param at when
 * @param removed the files that go with it, the last one first, as PostgreSQL lists them
 * @param dropped the relations whose statistics go with it, in the order in which they were dropped
 * @param subtransactions their ids
 */
record EndDescription(
        Optional<Long> xid,
        Optional<String> gid,
        Instant at,
        List<FileId> removed,
        List<Dropped> dropped,
        List<Long> subtransactions) {

    /** A relation of any database that was dropped. */
    record Dropped(long database, long oid) {}

    private static final String TIME = "(\\d{4,}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?)(?:[+]00| UTC)";
    private static final Pattern END = Pattern.compile("(?:(\\d+): )?" + TIME + "(.*)", Pattern.DOTALL);
    // Whoever prepares chooses the name, so the last time counts: after it there are only numbers and paths.
    private static final Pattern PREPARE = Pattern.compile("gid (.*): " + TIME + "(.*)", Pattern.DOTALL);
    private static final Pattern LABEL = Pattern.compile("; ([^;:]+): ([^;]*)");

    /** Statistics of relations (src/include/utils/pgstat_kind.h, PGSTAT_KIND_RELATION). */
    private static final String RELATION = "2";

    private static final int PARTS = 3;

    private static final DateTimeFormatter FORMAT = new DateTimeFormatterBuilder()
            .appendPattern("yyyy-MM-dd HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .toFormatter(java.util.Locale.ROOT);

    /** Empty where the text is none of a commit or rollback. */
    static Optional<EndDescription> ofEnd(String text) {
        Matcher matcher = END.matcher(text);
        return matcher.matches()
                ? Optional.of(of(
                        Optional.ofNullable(matcher.group(1)).map(Long::valueOf),
                        Optional.empty(),
                        matcher.group(2),
                        matcher.group(3)))
                : Optional.empty();
    }

    /** Empty where the text is none of a {@code PREPARE TRANSACTION}. */
    static Optional<EndDescription> ofPrepare(String text) {
        Matcher matcher = PREPARE.matcher(text);
        return matcher.matches()
                ? Optional.of(of(Optional.empty(), Optional.of(matcher.group(1)), matcher.group(2), matcher.group(3)))
                : Optional.empty();
    }

    private static EndDescription of(Optional<Long> xid, Optional<String> gid, String time, String rest) {
        List<FileId> removed = new ArrayList<>();
        List<Dropped> dropped = new ArrayList<>();
        List<Long> subtransactions = new ArrayList<>();
        Matcher labels = LABEL.matcher(rest);
        while (labels.find()) {
            String[] values = labels.group(2).strip().split("\\s+", -1);
            switch (labels.group(1)) {
                case "rels", "rels(commit)" -> {
                    for (String path : values) {
                        FileId.ofPath(path).ifPresent(removed::add);
                    }
                }
                case "dropped stats", "commit dropped stats" -> {
                    for (String object : values) {
                        dropped(object).ifPresent(dropped::add);
                    }
                }
                case "subxacts" -> subtransactions.addAll(numbers(values));
                default -> {}
            }
        }
        Instant at = LocalDateTime.parse(time, FORMAT).toInstant(ZoneOffset.UTC);
        return new EndDescription(xid, gid, at, removed, dropped, subtransactions);
    }

    private static Optional<Dropped> dropped(String object) {
        String[] parts = object.split("/", -1);
        return parts.length == PARTS && parts[0].equals(RELATION)
                ? Optional.of(new Dropped(Long.parseLong(parts[1]), Long.parseLong(parts[2])))
                : Optional.empty();
    }

    /** The numbers in a list, whatever stands between them. */
    static List<Long> numbers(String... values) {
        List<Long> numbers = new ArrayList<>();
        for (String value : values) {
            if (value.matches("\\d+")) {
                numbers.add(Long.valueOf(value));
            }
        }
        return numbers;
    }
}
