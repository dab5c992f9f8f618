package io.github.rowsleuth.logs.record;

import io.github.rowsleuth.logs.language.Part;
import io.github.rowsleuth.logs.language.Translations;
import io.github.rowsleuth.logs.time.StampReader;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** One record of a log: a head and what belongs to it. Holds at most {@link #MAX_RECORD} characters. */
public final class LogRecord {

    /** The most characters that are kept of one record. */
    public static final int MAX_RECORD = 256 * 1024;

    private final Head head;
    private final Place place;
    private final Map<Part, StringBuilder> parts = new EnumMap<>(Part.class);
    private final Map<Part, String> english = new EnumMap<>(Part.class);
    private final Trust trust;
    private final long process;
    private Part open;
    private int size;
    private boolean cut;

    /** How far the beginning of a record can be believed. */
    public enum Trust {
        /** It stands at the beginning of a line, as a server writes it. */
        SOUND,
        /** It stands in the middle of a line that was torn: without the collector, servers write into each other. */
        TORN,
        /** It stands in a name that holds a line break: whoever chose the name can have chosen the record. */
        FORGED
    }

    LogRecord(Head head, Place place, Trust trust) {
        this.head = head;
        this.place = place;
        this.trust = trust;
        this.open = head.part();
        this.process = head.fields().process();
        begin(open, head.text());
    }

    /** Begins a part; a part that comes twice goes on. */
    void begin(Part part, String text) {
        open = part;
        if (part != Part.ASIDE) {
            append(parts.computeIfAbsent(part, p -> new StringBuilder()), text);
        }
    }

    /** Goes on with the part that was begun last, on a new line. */
    void goOn(String text) {
        glue("\n" + text);
    }

    /** Goes on with the part that was begun last, on the same line. */
    void glue(String text) {
        StringBuilder part = parts.get(open);
        if (part != null) {
            append(part, text);
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

    /** {@return the head} */
    public Head head() {
        return head;
    }

    /** {@return what the head begins} */
    public Part part() {
        return head.part();
    }

    /** {@return a field of the prefix} */
    public Optional<String> field(char letter) {
        return head.fields().get(letter);
    }

    /** {@return the process that wrote it, 0 if the log does not tell} */
    public long process() {
        return process;
    }

    /** {@return where it stands} */
    public Place place() {
        return place;
    }

    /** {@return how far its beginning can be believed} */
    public Trust trust() {
        return trust;
    }

    /** {@return whether only a part of it was kept} */
    public boolean cut() {
        return cut;
    }

    /** {@return the text of that part in English where it is a message that is known, empty if the record has none} */
    public String text(Part part) {
        StringBuilder text = parts.get(part);
        if (text == null) {
            return "";
        }
        return part == Part.STATEMENT
                ? text.toString()
                : english.computeIfAbsent(part, p -> Translations.english(text.toString()));
    }

    /** {@return the main message, without the SQLSTATE that {@code log_error_verbosity = verbose} puts before it} */
    public String message() {
        StringBuilder raw = parts.get(head.part());
        if (raw == null || !hasState(raw)) {
            return text(head.part());
        }
        return english.computeIfAbsent(head.part(), p -> Translations.english(raw.substring(7)));
    }

    /** {@return whether it plainly is the text or the duration of a statement: most records are} */
    boolean isOfStatement() {
        StringBuilder raw = parts.get(Part.LOG);
        return raw != null && (startsWith(raw, "duration: ") || startsWith(raw, "statement: "));
    }

    /** {@return the SQLSTATE, empty if neither the prefix nor the message has it} */
    public String sqlState() {
        StringBuilder raw = parts.get(head.part());
        return raw != null && hasState(raw)
                ? raw.substring(0, 5)
                : field('e').filter(e -> !e.equals("00000")).orElse("");
    }

    private static boolean startsWith(CharSequence text, String begin) {
        return text.length() >= begin.length() && begin.contentEquals(text.subSequence(0, begin.length()));
    }

    private static boolean hasState(CharSequence text) {
        if (text.length() < 7 || text.charAt(5) != ':' || text.charAt(6) != ' ') {
            return false;
        }
        boolean digit = false; // every class has one, and AUDIT is no state
        for (int i = 0; i < 5; i++) {
            char c = text.charAt(i);
            if (!StampReader.isDigit(c) && (c < 'A' || c > 'Z')) {
                return false;
            }
            digit |= StampReader.isDigit(c);
        }
        return digit;
    }

    void write(DataOutput out) throws IOException {
        head.write(out);
        place.write(out);
        out.writeUTF(trust.name());
        out.writeUTF(open.name());
        out.writeBoolean(cut);
        out.writeInt(parts.size());
        for (Map.Entry<Part, StringBuilder> part : parts.entrySet()) {
            out.writeUTF(part.getKey().name());
            Text.write(out, part.getValue().toString());
        }
    }

    static LogRecord read(DataInput in, Origin origin) throws IOException {
        LogRecord record = new LogRecord(Head.read(in), Place.read(in, origin), Trust.valueOf(in.readUTF()));
        Part open = Part.valueOf(in.readUTF());
        record.parts.clear();
        record.size = 0;
        record.cut = in.readBoolean();
        for (int i = in.readInt(); i > 0; i--) {
            record.begin(Part.valueOf(in.readUTF()), Text.read(in));
        }
        record.open = open;
        return record;
    }
}
