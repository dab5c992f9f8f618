package io.github.rowsleuth.logs.record;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.rowsleuth.logs.time.Stamp;
import io.github.rowsleuth.logs.time.StampReader;
import java.util.Optional;

/**
 * A message of PostgreSQL in syslog (src/backend/utils/error/elog.c, write_syslog): long records come in chunks, counted
 * by {@code [message-chunk]} unless {@code syslog_sequence_numbers} is off.
 *
 * @param stamp when syslog took it
 * @param process the process
 * @param chunk which chunk of its message it is, 0 where that is not told
 * @param text the text, control characters as they were before syslog escaped them
 */
record SyslogLine(Stamp stamp, String process, int chunk, String text) {

    /** What a line of syslog is to us. */
    enum Kind {
        /** Not a line of syslog. */
        NONE,
        /** A line that another program wrote. */
        NOT_OURS,
        /** A line of PostgreSQL. */
        OURS
    }

    /** {@return what sort of line it is, judged by its beginning} */
    static Kind kind(byte[] b, int from, int to, long latest) {
        int begin = skipPriority(b, from, to);
        boolean stamped = StampReader.isMonthDay(b, begin, to) || isoEnd(b, begin, to) > 0;
        if (!stamped) {
            return Kind.NONE;
        }
        return parse(b, from, to, latest).isPresent() ? Kind.OURS : Kind.NOT_OURS;
    }

    private static int skipPriority(byte[] b, int from, int to) {
        if (from < to && b[from] == '<') {
            for (int i = from + 1; i < Math.min(to, from + 5); i++) {
                if (b[i] == '>') {
                    return i + 1 + (Envelope.startsWith(b, i + 1, to, "1 ") ? 2 : 0);
                }
            }
        }
        return from;
    }

    /** A time stamp of ISO 8601 with a host after it; a date before a line of PostgreSQL itself is not syslog. */
    private static int isoEnd(byte[] b, int from, int to) {
        int end = StampReader.isoEnd(b, from, to);
        boolean host = end > 0 && end + 1 < to && b[end] == ' ' && !StampReader.isDateTime(b, end + 1, to, ' ');
        return host && tagColon(b, end + 1, to) > 0 ? end : -1;
    }

    /** {@return where {@code host ident[pid]:} or {@code host ident pid id data} has its end, -1 if that is not there} */
    private static int tagColon(byte[] b, int from, int to) {
        for (int i = from; i < Math.min(to, from + 300); i++) {
            if (b[i] == ':' || (b[i] == '-' && i > from && b[i - 1] == ' ')) {
                return i;
            }
        }
        return -1;
    }

    /**
     * {@return the message, empty if PostgreSQL did not write it}
     *
     * @param latest when the log was written last, in milliseconds since 1970
     */
    static Optional<SyslogLine> parse(byte[] b, int from, int to, long latest) {
        int begin = skipPriority(b, from, to);
        boolean monthDay = StampReader.isMonthDay(b, begin, to);
        int end = monthDay ? begin + 15 : StampReader.isoEnd(b, begin, to);
        if (end < 0 || end >= to || b[end] != ' ') {
            return Optional.empty();
        }
        Stamp stamp = monthDay ? StampReader.monthDay(b, begin, latest) : StampReader.iso(b, begin, end);
        String head = new String(b, end + 1, Math.min(to - end - 1, 400), UTF_8);
        int host = head.indexOf(' ');
        if (host < 0) {
            return Optional.empty();
        }
        String tagged = head.substring(host + 1);
        int open = tagged.indexOf('[');
        int close = tagged.indexOf("]: ");
        if (open > 0 && close > open && isProgram(tagged.substring(0, open))) {
            return Optional.of(message(
                    b, end + 1 + bytes(head, host + 1 + close + 3), to, stamp, tagged.substring(open + 1, close)));
        }
        return structured(b, end + 1, to, head, stamp);
    }

    /** RFC 5424: {@code host program process id data message}. */
    private static Optional<SyslogLine> structured(byte[] b, int from, int to, String head, Stamp stamp) {
        String[] words = head.split(" ", 6);
        if (words.length < 6 || !isProgram(words[1]) || !words[4].equals("-")) {
            return Optional.empty();
        }
        int skipped = 0;
        for (int i = 0; i < 5; i++) {
            skipped += words[i].length() + 1;
        }
        return Optional.of(message(b, from + bytes(head, skipped), to, stamp, words[2]));
    }

    private static int bytes(String text, int characters) {
        return text.substring(0, characters).getBytes(UTF_8).length;
    }

    private static boolean isProgram(String name) {
        return name.startsWith("postgres") || name.startsWith("pgsql") || name.startsWith("edb-postgres");
    }

    private static SyslogLine message(byte[] b, int from, int to, Stamp stamp, String process) {
        String text = Text.decode(b, from, to);
        int chunk = 0;
        int close = text.startsWith("[") ? text.indexOf("] ") : -1;
        if (close > 1 && close < 24) {
            String[] numbers = text.substring(1, close).split("-", 2);
            boolean counted = Fields.number(numbers[0]).isPresent();
            Optional<Long> second = numbers.length > 1 ? Fields.number(numbers[1]) : Optional.of(1L);
            if (counted && second.isPresent()) {
                chunk = (int) Math.min(Integer.MAX_VALUE, second.get());
                text = text.substring(close + 2);
            }
        }
        return new SyslogLine(stamp, process, chunk, text.replace("#011", "\t").replace("#012", "\n"));
    }
}
