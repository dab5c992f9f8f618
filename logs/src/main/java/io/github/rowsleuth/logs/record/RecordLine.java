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
        private Stamp began = Stamp.UNKNOWN;

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

        /** When the session began: the session id holds the same time in UTC. */
        Builder began(Stamp when) {
            began = when;
            return this;
        }

        Builder part(Part part, String text) {
            if (!text.isEmpty()) {
                parts.put(part, text);
            }
            return this;
        }

        private Stamp sure(Stamp time) {
            return began.known() && began.zone().equals(time.zone())
                    ? time.withOffset(
                            began.local() - epochMillis(fields.get('c').orElse("")))
                    : time;
        }

        private static long epochMillis(String sessionId) {
            int dot = sessionId.indexOf('.');
            try {
                return 1000L * Long.parseLong(dot < 0 ? "" : sessionId.substring(0, dot), 16);
            } catch (NumberFormatException notAnId) {
                return 0; // far from any time of a log
            }
        }

        RecordLine build() {
            return new RecordLine(new Head(fields, Severities.of(severity), severity, message, sure(stamp)), parts);
        }
    }

    LogRecord record(Place place) {
        LogRecord record = new LogRecord(head, place, LogRecord.Trust.SOUND);
        parts.forEach(record::begin);
        return record;
    }
}
