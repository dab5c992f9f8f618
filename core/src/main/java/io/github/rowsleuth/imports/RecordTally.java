package io.github.rowsleuth.imports;

import java.io.IOException;
import java.io.InputStream;

/**
 * Counts the records of a text file as {@code COPY … (FORMAT csv)} divides it: a line ends a record unless it stands within
 * quotes (src/backend/commands/copyfromparse.c, CopyReadLineText). Keeps one buffer, whatever the length of a line.
 */
final class RecordTally {

    private static final int BYTES = 256;
    private static final int PIECE = 256 << 10;

    private final byte delimiter;
    private final byte quote;
    private final boolean[] telling = new boolean[BYTES];
    private boolean within;
    private boolean afterReturn;
    private boolean empty = true;
    private int fields = 1;
    private int width;
    private long records;
    private boolean returns;
    private boolean feeds;
    private boolean returnsAndFeeds;
    private long irregular;
    private boolean whole;

    RecordTally(char delimiter, char quote) {
        this.delimiter = (byte) delimiter;
        this.quote = (byte) quote;
        for (byte b : new byte[] {this.delimiter, this.quote, '\n', '\r'}) {
            telling[b & 0xFF] = true;
        }
    }

    /** Reads to the end, or as long as there is time. */
    RecordTally read(InputStream in, Budget budget) throws IOException {
        byte[] piece = new byte[PIECE];
        for (int got = in.read(piece); got >= 0; got = in.read(piece)) {
            if (budget.spent()) {
                return this;
            }
            add(piece, got);
        }
        whole = true;
        if (!empty) {
            end();
        }
        return this;
    }

    private void add(byte[] piece, int length) {
        for (int i = 0; i < length; i++) {
            byte b = piece[i];
            if (!telling[b & 0xFF]) {
                int end = i + 1;
                while (end < length && !telling[piece[end] & 0xFF]) {
                    end++;
                }
                i = end - 1;
                sign();
            } else if (within || (b != '\n' && b != '\r')) {
                sign();
                mark(b);
            } else {
                lineEnd(b);
            }
        }
    }

    /** Something stands in the line. */
    private void sign() {
        returns |= afterReturn;
        afterReturn = false;
        empty = false;
    }

    private void mark(byte b) {
        if (b == quote) {
            within = !within;
        } else if (!within && b == delimiter) {
            fields++;
        }
    }

    private void lineEnd(byte b) {
        if (b == '\n' && afterReturn) {
            afterReturn = false;
            returnsAndFeeds = true;
            return;
        }
        returns |= afterReturn;
        feeds |= b == '\n';
        afterReturn = b == '\r';
        end();
    }

    /** A line without a sign is a row of a single column, and too short for any other. */
    private void end() {
        if (empty && width != 1) {
            irregular += width == 0 ? 0 : 1;
        } else {
            records++;
            width = records == 1 ? fields : width;
            irregular += fields == width ? 0 : 1;
        }
        empty = true;
        fields = 1;
    }

    /** All records, headings included; of several fields, lines without a sign are none. */
    long records() {
        return records;
    }

    long irregular() {
        return irregular;
    }

    /** Whether the end was reached. */
    boolean whole() {
        return whole;
    }

    /** Whether lines end in different ways, which {@code COPY} refuses ("unquoted newline found in data"). */
    boolean mixed() {
        return (returns ? 1 : 0) + (feeds ? 1 : 0) + (returnsAndFeeds ? 1 : 0) > 1;
    }

    /** Whether it ended within quotes: one of them is never closed, and the count is too low. */
    boolean open() {
        return whole && within;
    }
}
