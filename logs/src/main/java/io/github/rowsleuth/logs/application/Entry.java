package io.github.rowsleuth.logs.application;

import io.github.rowsleuth.evidence.Moment;
import java.util.Optional;

/**
 * What one line tells of an import.
 *
 * @param moment when it was logged
 * @param file the name of the file
 * @param rows how many rows
 * @param table the table
 * @param failed whether it tells of a failure
 */
record Entry(Moment moment, Optional<String> file, Optional<Long> rows, Optional<String> table, boolean failed) {

    /** Reads a line of text; empty where it tells of no import. */
    static Optional<Entry> of(String line, LogTime time) {
        if (line.startsWith("{")) {
            return JsonLine.of(line, time);
        }
        if (!ImportWords.speakOfImport(line)) {
            return Optional.empty();
        }
        return ofText(line, time);
    }

    static Optional<Entry> ofText(String text, LogTime time) {
        return new Entry(
                        time.in(text),
                        ImportWords.file(text),
                        ImportWords.rows(text),
                        ImportWords.table(text),
                        ImportWords.speakOfFailure(text))
                .ifTelling();
    }

    /** A line that names neither a file nor rows of a table ties nothing to anything. */
    Optional<Entry> ifTelling() {
        return file.isPresent() || (rows.isPresent() && table.isPresent()) ? Optional.of(this) : Optional.empty();
    }
}
