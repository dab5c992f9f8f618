package io.github.rowsleuth.logs.record;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.rowsleuth.logs.language.Part;
import io.github.rowsleuth.logs.time.Stamp;
import io.github.rowsleuth.logs.time.StampReader;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A line of a server inside of a line of something that carries it: Docker's json-file, the log format of Kubernetes'
 * container runtimes, journald, Google Cloud, Azure, CloudWatch.
 *
 */
final class Envelope {

    private final byte[] text;
    private final boolean whole;
    private final String channel;
    private final Stamp stamp;
    private final String process;
    private final Map<Part, String> parts;

    /**
     * Makes an envelope.
     *
     * @param text the line of the server
     * @param whole whether the line ends here; runtimes split lines that are long
     * @param channel lines of one channel belong together
     * @param stamp when the carrier saw it
     * @param process the process, empty if the carrier does not tell
     * @param parts other parts of the record, where the carrier took them apart
     */
    Envelope(byte[] text, boolean whole, String channel, Stamp stamp, String process, Map<Part, String> parts) {
        this.text = text;
        this.whole = whole;
        this.channel = channel;
        this.stamp = stamp;
        this.process = process;
        this.parts = parts;
    }

    byte[] text() {
        return text;
    }

    boolean whole() {
        return whole;
    }

    String channel() {
        return channel;
    }

    Stamp stamp() {
        return stamp;
    }

    String process() {
        return process;
    }

    Map<Part, String> parts() {
        return parts;
    }

    private static Envelope of(String text, boolean whole, String channel, Stamp stamp, String process) {
        return new Envelope(text.getBytes(UTF_8), whole, channel, stamp, process, Map.of());
    }

    /** {@return what the object carries, if it carries a line} */
    static Optional<Envelope> of(JsonObject json) {
        if (json.has("log")) {
            String log = json.text("log");
            boolean whole = log.endsWith("\n");
            String text = whole ? log.substring(0, log.length() - 1) : log;
            return Optional.of(of(text, whole, json.text("stream"), StampReader.parse(json.text("time")), ""));
        }
        if (json.has("textPayload")) {
            return Optional.of(of(json.text("textPayload"), true, "", StampReader.parse(json.text("timestamp")), ""));
        }
        if (json.has("properties.message")) {
            return Optional.of(azure(json));
        }
        if (json.has("MESSAGE")) {
            return journal(json);
        }
        return json.has("message") ? message(json) : Optional.empty();
    }

    private static Envelope azure(JsonObject json) {
        Map<Part, String> parts = new LinkedHashMap<>();
        json.get("properties.detail").ifPresent(detail -> parts.put(Part.DETAIL, detail));
        json.get("properties.context").ifPresent(context -> parts.put(Part.CONTEXT, context));
        json.get("properties.statement").ifPresent(statement -> parts.put(Part.STATEMENT, statement));
        return new Envelope(
                json.text("properties.message").getBytes(UTF_8),
                true,
                "",
                StampReader.parse(json.text("properties.timestamp")),
                json.text("properties.processId"),
                parts);
    }

    private static Optional<Envelope> journal(JsonObject json) {
        if (!json.text("SYSLOG_IDENTIFIER").startsWith("postgres")
                && !json.text("_COMM").startsWith("postgres")) {
            return Optional.empty();
        }
        String micros = json.text("__REALTIME_TIMESTAMP");
        Stamp stamp = micros.length() > 6
                ? StampReader.epoch(
                        micros.substring(0, micros.length() - 6) + "." + micros.substring(micros.length() - 6))
                : Stamp.UNKNOWN;
        return Optional.of(of(json.text("MESSAGE"), true, "", stamp, json.text("_PID")));
    }

    /** Shippers such as Filebeat. */
    private static Optional<Envelope> message(JsonObject json) {
        return Optional.of(of(json.text("message"), true, "", StampReader.parse(json.text("@timestamp")), ""));
    }

    /** {@return the line after a time stamp of ISO 8601, as CloudWatch exports it and Kubernetes' runtimes write it} */
    static Optional<Envelope> ofIso(byte[] b, int from, int to) {
        int end = StampReader.isoEnd(b, from, to);
        if (end < 0 || end >= to || b[end] != ' ') {
            return Optional.empty();
        }
        Stamp stamp = StampReader.iso(b, from, end);
        int text = end + 1;
        boolean runtime = startsWith(b, text, to, "stderr F ")
                || startsWith(b, text, to, "stdout F ")
                || startsWith(b, text, to, "stderr P ")
                || startsWith(b, text, to, "stdout P ");
        if (runtime) {
            String channel = new String(b, text, 6, UTF_8);
            return Optional.of(new Envelope(slice(b, text + 9, to), b[text + 7] == 'F', channel, stamp, "", Map.of()));
        }
        boolean server = StampReader.end(b, text, to) > 0;
        return server ? Optional.of(new Envelope(slice(b, text, to), true, "", stamp, "", Map.of())) : Optional.empty();
    }

    static boolean startsWith(byte[] b, int from, int to, String text) {
        if (to - from < text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (b[from + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static byte[] slice(byte[] b, int from, int to) {
        return Arrays.copyOfRange(b, from, to);
    }
}
