package io.github.rowsleuth.logs;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Puts lines together to records. The parts of a record are joined by session, not by neighbourhood: servers interleave
 * them. Hands on records in the order in which they begin and holds at most {@link #WINDOW} of them.
 */
final class RecordAssembler {

    static final int WINDOW = 64;

    private static final Pattern OTHER_PREFIX =
            Pattern.compile("(LOG|ERROR|FATAL|PANIC|WARNING|STATEMENT|DETAIL|HINT|CONTEXT):  ");

    private final String source;
    private final LinePrefix prefix;
    private final Consumer<LogRecord> target;
    private final Deque<LogRecord> open = new ArrayDeque<>();
    private final Map<String, LogRecord> latest = new HashMap<>();
    private @Nullable LogRecord current;
    private final TreeSet<String> foreignWords = new TreeSet<>();
    private long heads;
    private long strangers;
    private String lastStranger = "";
    private long otherPrefixes;
    private long cutRecords;

    RecordAssembler(String source, LinePrefix prefix, Consumer<LogRecord> target) {
        this.source = source;
        this.prefix = prefix;
        this.target = target;
    }

    void accept(Line line) {
        String text = line.text();
        Head head = text.startsWith("\t") ? null : prefix.match(text);
        if (head != null) {
            heads++;
            begin(head, line);
        } else if (text.startsWith("\t")) {
            goOn(text.substring(1));
        } else {
            stranger(text);
        }
        if (line.cut() && current != null) {
            current.markCut();
        }
    }

    private void begin(Head head, Line line) {
        LogRecord known = latest.get(head.session());
        if (head.part() == Part.FOREIGN && foreignWords.size() < 5) {
            foreignWords.add(head.word().toUpperCase(Locale.ROOT));
        }
        if (head.part().attaches() && known != null) {
            known.begin(head.part(), head.text());
            current = known;
            return;
        }
        LogRecord record = new LogRecord(head, source, line.number());
        open.add(record);
        latest.put(head.session(), record);
        current = record;
        while (open.size() > WINDOW || (!open.isEmpty() && isClosed(open.element()))) {
            emit();
        }
    }

    private boolean isClosed(LogRecord record) {
        return latest.get(record.head().session()) != record;
    }

    private void emit() {
        LogRecord record = open.remove();
        latest.remove(record.head().session(), record);
        cutRecords += record.cut() ? 1 : 0;
        target.accept(record);
    }

    private void goOn(String text) {
        if (current != null) {
            current.goOn(text);
        }
    }

    private void stranger(String text) {
        if (text.isEmpty()) {
            goOn(text);
            return;
        }
        strangers++;
        lastStranger = text;
        if (OTHER_PREFIX
                .matcher(text.substring(0, Math.min(text.length(), 300)))
                .find()) {
            otherPrefixes++;
            current = null;
        } else {
            goOn(text);
        }
    }

    /** Hands on what is left. */
    void finish() {
        while (!open.isEmpty()) {
            emit();
        }
        current = null;
    }

    /** {@return the lines that begin with the prefix} */
    long heads() {
        return heads;
    }

    /** {@return the lines that neither begin with the prefix nor go on with a record as PostgreSQL writes it} */
    long strangers() {
        return strangers;
    }

    /** {@return the last of them, empty if there is none} */
    String lastStranger() {
        return lastStranger;
    }

    /** {@return those of them that look like a record under another prefix} */
    long otherPrefixes() {
        return otherPrefixes;
    }

    /** {@return the records of which only a part was kept} */
    long cutRecords() {
        return cutRecords;
    }

    /** {@return severities in another language, a few of them} */
    Set<String> foreignWords() {
        return foreignWords;
    }
}
