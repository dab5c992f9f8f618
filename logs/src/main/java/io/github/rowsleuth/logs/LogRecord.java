package io.github.rowsleuth.logs;

import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.evidence.Provenance;
import java.util.EnumMap;
import java.util.Map;

/** One record of a log: a head and what belongs to it. Holds at most {@link #MAX_RECORD} characters. */
final class LogRecord {

    static final int MAX_RECORD = 256 * 1024;

    private final Head head;
    private final String source;
    private final long line;
    private final Map<Part, StringBuilder> parts = new EnumMap<>(Part.class);
    private Part open;
    private int size;
    private boolean cut;

    /**
     * Where a record stands.
     *
     * @param source the log
     * @param line the line of its head, from 1
     * @param moment when it was written
     */
    record Place(String source, long line, Moment moment) {

        Provenance provenance() {
            return new Provenance(source, "line " + line);
        }
    }

    LogRecord(Head head, String source, long line) {
        this.head = head;
        this.source = source;
        this.line = line;
        this.open = head.part();
        begin(open, head.text());
    }

    /** Begins a part; a part that comes twice goes on. */
    void begin(Part part, String text) {
        open = part;
        if (part != Part.ASIDE) {
            append(parts.computeIfAbsent(part, p -> new StringBuilder()), text);
        }
    }

    /** Goes on with the part that was begun last. */
    void goOn(String text) {
        StringBuilder part = parts.get(open);
        if (part != null) {
            append(part, "\n" + text);
        }
    }

    private void append(StringBuilder part, String text) {
        int room = Math.min(text.length(), MAX_RECORD - size);
        part.append(text, 0, room);
        size += room;
        cut |= room < text.length();
    }

    void markCut() {
        cut = true;
    }

    Head head() {
        return head;
    }

    Place place() {
        return new Place(source, line, head.moment());
    }

    boolean cut() {
        return cut;
    }

    /** {@return the text of that part, empty if the record has none} */
    String text(Part part) {
        StringBuilder text = parts.get(part);
        return text == null ? "" : text.toString();
    }

    /** {@return the main message, without the SQLSTATE that {@code log_error_verbosity = verbose} puts before it} */
    String message() {
        String text = text(head.part());
        return hasState(text) ? text.substring(7) : text;
    }

    /** {@return the SQLSTATE, empty if neither the prefix nor the message has it} */
    String sqlState() {
        String text = text(head.part());
        return hasState(text) ? text.substring(0, 5) : head.field('e').orElse("");
    }

    private static boolean hasState(String text) {
        if (text.length() < 7 || text.charAt(5) != ':' || text.charAt(6) != ' ') {
            return false;
        }
        return text.substring(0, 5).chars().allMatch(c -> LogTime.isDigit((char) c) || (c >= 'A' && c <= 'Z'));
    }
}
