package io.github.rowsleuth.logs.record;

import io.github.rowsleuth.logs.language.Part;
import io.github.rowsleuth.logs.time.StampReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The columns of csvlog (src/backend/utils/error/csvlog.c): 23 up to PostgreSQL 12, 24 in 13, 26 from 14 on. Text is
 * always quoted and a quote within it doubled, so no statement can look like a record of its own.
 */
final class CsvLine {

    private static final int FEWEST = 23;
    private static final int MOST = 26;
    private static final int MESSAGE = 13;

    private CsvLine() {}

    /** {@return whether a record can begin there: a time stamp and a comma} */
    static boolean begins(byte[] b, int from, int to) {
        int end = StampReader.end(b, from, to);
        return end > 0 && end < to && b[end] == ',';
    }

    /** {@return whether the quotes are closed at the end, if they are so at the beginning} */
    static boolean isBalanced(byte[] b, int from, int to) {
        boolean quoted = false;
        for (int i = from; i < to; i++) {
            quoted ^= b[i] == '"';
        }
        return !quoted;
    }

    /**
     * {@return whether a record begins there that goes on over the next lines} Within the text of another record it can not:
     * there every quote is doubled, and the message of a record begins with an odd number of them.
     */
    static boolean opensRecord(byte[] b, int from, int to) {
        int at = from;
        for (int column = 0; column < MESSAGE; column++) {
            int end = columnEnd(b, at, to, false);
            if (end < 0 || end >= to) {
                return false;
            }
            at = end + 1;
        }
        int quotes = at;
        while (quotes < to && b[quotes] == '"') {
            quotes++;
        }
        return (quotes - at) % 2 == 1;
    }

    /** {@return the record, empty if those are not the columns of one} */
    static Optional<RecordLine> parse(byte[] b, int from, int to) {
        List<String> columns = new ArrayList<>(MOST);
        int at = from;
        while (at <= to && columns.size() <= MOST) {
            int end = columnEnd(b, at, to, columns.size() == MESSAGE);
            if (end < 0) {
                return Optional.empty();
            }
            boolean quoted = at < to && b[at] == '"';
            String text = Text.decode(b, quoted ? at + 1 : at, quoted ? end - 1 : end);
            columns.add(quoted ? text.replace("\"\"", "\"") : text);
            at = end + 1;
        }
        return columns.size() < FEWEST || columns.size() > MOST ? Optional.empty() : Optional.of(of(columns));
    }

    /** {@return past the column that begins there, -1 if it is not one} */
    private static int columnEnd(byte[] b, int from, int to, boolean mustBeQuoted) {
        int at = from;
        if (at < to && b[at] == '"') {
            at++;
            while (at < to && (b[at] != '"' || (at + 1 < to && b[at + 1] == '"'))) {
                at += b[at] == '"' ? 2 : 1;
            }
            at++;
            return at > to || (at < to && b[at] != ',') ? -1 : at;
        }
        while (at < to && b[at] != ',') {
            if (b[at] == '"' || b[at] == '\n') {
                return -1;
            }
            at++;
        }
        return mustBeQuoted && at > from ? -1 : at;
    }

    private static RecordLine of(List<String> columns) {
        return new RecordLine.Builder()
                .stamp(StampReader.parse(columns.get(0)))
                .field('u', columns.get(1))
                .field('d', columns.get(2))
                .field('p', columns.get(3))
                .field('r', columns.get(4))
                .field('c', columns.get(5))
                .field('l', columns.get(6))
                .field('i', columns.get(7))
                .began(StampReader.parse(columns.get(8)))
                .field('v', columns.get(9))
                .field('x', columns.get(10))
                .severity(columns.get(11))
                .field('e', columns.get(12))
                .message(columns.get(MESSAGE))
                .part(Part.DETAIL, columns.get(14))
                .part(Part.CONTEXT, columns.get(18))
                .part(Part.STATEMENT, columns.get(19))
                .field('a', columns.get(22))
                .field('b', columns.size() > 23 ? columns.get(23) : "")
                .field('Q', columns.size() > 25 ? columns.get(25) : "")
                .build();
    }
}
