package io.github.rowsleuth.logs.record;

import io.github.rowsleuth.logs.language.Part;
import io.github.rowsleuth.logs.language.Severities;
import io.github.rowsleuth.logs.time.Stamp;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A record that is complete by itself, as csvlog and jsonlog write it.
 *
 * @param head its head
 * @param parts its other parts
 */
record RecordLine(Head head, Map<Part, String> parts) {

    /** Makes one piece by piece. */
    static final class Builder {

        private final Fields fields = new Fields();
        private final Map<Part, String> parts = new LinkedHashMap<>();
        private String severity = "LOG";
        private String message = "";
        private Stamp stamp = Stamp.UNKNOWN;

        Builder field(char letter, String value) {
            fields.set(letter, value);
            return this;
        }

        Builder severity(String word) {
            severity = word;
            return this;
        }

        Builder message(String text) {
            message = text;
            return this;
        }

        Builder stamp(Stamp when) {
            stamp = when;
            return this;
        }

        Builder part(Part part, String text) {
            if (!text.isEmpty()) {
                parts.put(part, text);
            }
            return this;
        }

        RecordLine build() {
            return new RecordLine(new Head(fields, Severities.of(severity), severity, message, stamp), parts);
        }
    }

    LogRecord record(Place place) {
        LogRecord record = new LogRecord(head, place, LogRecord.Trust.SOUND);
        parts.forEach(record::begin);
        return record;
    }
}
