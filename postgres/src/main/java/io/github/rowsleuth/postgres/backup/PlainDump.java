package io.github.rowsleuth.postgres.backup;

import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.recovery.BackedUpTable;
import io.github.rowsleuth.recovery.Backup;
import io.github.rowsleuth.recovery.BackupFormat;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A script of {@code pg_dump} or {@code pg_dumpall}, read once from beginning to end; of a long line only the beginning
 * is kept.
 */
final class PlainDump {

    private static final int PIECE = 256 << 10;
    private static final int KEPT = 1_024;
    private static final Pattern TITLE = Pattern.compile("-- PostgreSQL database (cluster )?dump");
    private static final String COMPLETE = "-- PostgreSQL database dump complete";
    private static final String CLUSTER_COMPLETE = "-- PostgreSQL database cluster dump complete";
    private static final String VERSION = "-- Dumped from database version ";
    private static final String STARTED = "-- Started on ";
    private static final Pattern COPY =
            Pattern.compile("COPY ((?:\"(?:[^\"]|\"\")*\"|[^\" (])+)(?: \\(.*\\))? FROM stdin;");
    private static final Pattern TABLE = Pattern.compile(
            "(?:CREATE (?:UNLOGGED |FOREIGN )?TABLE|INSERT INTO) ((?:\"(?:[^\"]|\"\")*\"|[^\" (])+)(?: .*)?");

    private final DumpTime time;
    private final byte[] line = new byte[KEPT];
    private final Map<TableName, BackedUpTable> tables = new TreeMap<>();
    private int lineLength;
    private Optional<TableName> copying = Optional.empty();
    private long rows;
    private Optional<String> version = Optional.empty();
    private Moment begun = Moment.unknown();
    private boolean complete;

    PlainDump(DumpTime time) {
        this.time = time;
    }

    static boolean begins(byte[] head) {
        return new String(head, StandardCharsets.UTF_8)
                .lines()
                .limit(4)
                .anyMatch(l -> TITLE.matcher(l).matches());
    }

    Backup read(String path, InputStream in, Pace pace) throws IOException {
        Optional<String> damage = Optional.empty();
        try {
            byte[] piece = new byte[PIECE];
            for (int got = in.read(piece); got >= 0; got = in.read(piece)) {
                add(piece, got);
                pace.step();
            }
        } catch (EOFException e) {
            damage = Optional.of("it is compressed, and ends too early");
        }
        if (damage.isEmpty() && !complete) {
            damage = Optional.of("the line that says it is complete is missing: it ends too early");
        }
        return Backup.builder()
                .path(path)
                .format(BackupFormat.PLAIN)
                .begun(begun)
                .serverVersion(version)
                .tables(tables.values())
                .damage(damage)
                .build();
    }

    private void add(byte[] piece, int length) {
        for (int i = 0; i < length; i++) {
            if (piece[i] == '\n') {
                endOfLine();
                lineLength = 0;
            } else {
                if (lineLength < KEPT) {
                    line[lineLength] = piece[i];
                }
                lineLength++;
            }
        }
    }

    private void endOfLine() {
        if (copying.isPresent()) {
            if (lineLength == 2 && line[0] == '\\' && line[1] == '.') {
                tables.put(copying.get(), new BackedUpTable(copying.get(), true, Optional.of(rows)));
                copying = Optional.empty();
            } else {
                rows++;
            }
        } else if (lineLength > 0) {
            outsideOfData(new String(line, 0, Math.min(lineLength, KEPT), StandardCharsets.UTF_8));
        }
    }

    private void outsideOfData(String text) {
        if (text.startsWith("COPY ")) {
            Matcher copy = COPY.matcher(text);
            copying = copy.matches() ? name(copy.group(1)) : Optional.empty();
            rows = 0;
        } else if (text.startsWith("CREATE ") || text.startsWith("INSERT INTO ")) {
            table(text);
        } else if (text.startsWith(VERSION)) {
            version = Optional.of(text.substring(VERSION.length()));
        } else if (text.startsWith(STARTED)) {
            begun = time.of(text.substring(STARTED.length()));
        } else {
            complete |= text.equals(COMPLETE) || text.equals(CLUSTER_COMPLETE);
        }
    }

    private void table(String text) {
        Matcher matcher = TABLE.matcher(text);
        Optional<TableName> name = matcher.matches() ? name(matcher.group(1)) : Optional.empty();
        if (name.isEmpty()) {
            return;
        }
        BackedUpTable known = tables.getOrDefault(name.get(), new BackedUpTable(name.get(), false, Optional.empty()));
        // How many rows one statement holds is not counted: pg_dump --rows-per-insert puts several into it.
        boolean row = text.startsWith("INSERT");
        tables.put(name.get(), row ? new BackedUpTable(name.get(), true, Optional.empty()) : known);
    }

    private static Optional<TableName> name(String written) {
        try {
            return Optional.of(TableName.parse(written));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
