package io.github.rowsleuth.logs.record;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;

/** The line of a server without what carries it, for a look at how it begins. */
final class Unwrapped {

    private Unwrapped() {}

    /** {@return the line; empty if what it carries is not a line of stderr} */
    static byte[] of(byte[] line) {
        if (line.length > 0 && line[0] == '{') {
            Optional<Envelope> envelope = JsonObject.parse(line, 0, line.length).flatMap(Envelope::of);
            return envelope.map(Envelope::text).orElse(new byte[0]);
        }
        Optional<SyslogLine> syslog = SyslogLine.parse(line, 0, line.length, System.currentTimeMillis());
        if (syslog.isPresent()) {
            return syslog.get().chunk() > 1 ? new byte[0] : syslog.get().text().getBytes(UTF_8);
        }
        return Envelope.ofIso(line, 0, line.length).map(Envelope::text).orElse(line);
    }
}
