package io.github.rowsleuth.logs.application;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.rowsleuth.evidence.Moment;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A line that is a JSON object: the fields that structured logs use, at any depth, and the words in its message. */
final class JsonLine {

    private static final JsonFactory FACTORY = new JsonFactory();
    private static final int MOST_FIELDS = 500;

    private static final Set<String> TIMES = Set.of(
            "time", "timestamp", "@timestamp", "ts", "datetime", "date", "asctime", "t", "logged_at", "eventtime");
    private static final Set<String> MESSAGES = Set.of(
            "message",
            "msg",
            "event",
            "log",
            "action",
            "operation",
            "text",
            "short_message",
            "event_name",
            "task",
            "type");
    private static final Set<String> FILES = Set.of(
            "file",
            "filename",
            "path",
            "filepath",
            "source",
            "sourcefile",
            "input",
            "inputfile",
            "importfile",
            "csv",
            "document",
            "upload");
    private static final Set<String> ROWS = Set.of(
            "rows",
            "rowcount",
            "rowsimported",
            "rowsinserted",
            "importedrows",
            "insertedrows",
            "records",
            "recordcount",
            "recordsimported",
            "importedrecords",
            "count",
            "imported",
            "inserted",
            "rowsloaded",
            "loaded",
            "total",
            "totalrows",
            "nrows",
            "numrows",
            "created",
            "affectedrows",
            "rowsaffected");
    private static final Set<String> TABLES =
            Set.of("table", "tablename", "targettable", "target", "destination", "model", "entity", "relation");
    private static final Set<String> LEVELS =
            Set.of("level", "severity", "levelname", "loglevel", "status", "outcome", "result");
    private static final Set<String> FAILURES =
            Set.of("error", "fatal", "critical", "failed", "failure", "err", "aborted", "alert", "emergency", "panic");

    private final Map<String, String> fields;
    private final LogTime time;

    private JsonLine(Map<String, String> fields, LogTime time) {
        this.fields = fields;
        this.time = time;
    }

    static Optional<Entry> of(String line, LogTime time) {
        Map<String, String> fields = new LinkedHashMap<>();
        try (JsonParser parser = FACTORY.createParser(line)) {
            String name = "";
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.FIELD_NAME) {
                    name = key(parser.currentName());
                } else if (token.isScalarValue() && fields.size() < MOST_FIELDS) {
                    fields.putIfAbsent(name, parser.getText());
                }
            }
        } catch (IOException e) {
            // What stands before the damage, or before the end of a long line, is told all the same.
            fields.putIfAbsent("", "");
        }
        return new JsonLine(fields, time).entry();
    }

    private static String key(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.startsWith("@") ? lower : lower.replaceAll("[^\\p{L}\\p{N}]", "");
    }

    private Stream<String> values(Set<String> names) {
        return fields.entrySet().stream()
                .filter(e -> names.contains(e.getKey()))
                .map(Map.Entry::getValue);
    }

    private Optional<Entry> entry() {
        List<String> messages = values(MESSAGES).toList();
        String text = String.join(" ", messages);
        Optional<String> file = values(FILES)
                .flatMap(v -> ImportWords.file('"' + v + '"').stream())
                .findFirst()
                .or(() -> ImportWords.file(text));
        Optional<Long> rows = values(ROWS)
                .filter(v -> v.matches("\\d{1,12}"))
                .map(Long::valueOf)
                .findFirst()
                .or(() -> ImportWords.rows(text));
        Optional<String> table = values(TABLES)
                .filter(v -> v.matches("[\\p{L}_\"][\\p{L}\\p{N}_$.\"]{0,127}"))
                .findFirst()
                .or(() -> ImportWords.table(text));
        boolean imports = ImportWords.speakOfImport(text.replace('_', ' ').replace('.', ' '))
                || (file.isPresent()
                        && rows.isPresent()
                        && values(FILES).findAny().isPresent());
        boolean failed = ImportWords.speakOfFailure(text)
                || values(LEVELS).anyMatch(v -> FAILURES.contains(v.toLowerCase(Locale.ROOT)));
        return imports ? new Entry(moment(text), file, rows, table, failed).ifTelling() : Optional.empty();
    }

    private Moment moment(String text) {
        Optional<String> written = values(TIMES).findFirst();
        if (written.filter(w -> w.matches("\\d{1,13}(?:\\.\\d{1,9})?")).isPresent()) {
            return time.since1970(Double.parseDouble(written.get()));
        }
        return time.in(written.orElse(text));
    }
}
