package io.github.rowsleuth.imports;

import java.io.IOException;
import java.io.InputStream;

/**
 * Counts the records of a text file as {@code COPY … (FORMAT csv)} divides it: a line ends a record unless it stands within
 * quotes (src/backend/commands/copyfromparse.c, CopyReadLineText). Keeps one buffer, whatever the length of a line.
 */
final class RecordTally {

    private static final int PIECE = 256 << 10;

    private final byte delimiter;
    private final byte quote;
    private boolean within;
    private boolean afterReturn;
    private boolean empty = true;
    private int fields = 1;
    private int width;
    private long records;
    private long irregular;
    private boolean whole;

    RecordTally(char delimiter, char quote) {
        this.delimiter = (byte) delimiter;
        this.quote = (byte) quote;
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
            if (!within && (b == '\n' || b == '\r')) {
                if (b == '\n' && afterReturn) {
                    afterReturn = false;
                    continue;
                }
                afterReturn = b == '\r';
                end();
                continue;
            }
            afterReturn = false;
            empty = false;
            if (b == quote) {
                within = !within;
            } else if (!within && b == delimiter) {
                fields++;
            }
        }
    }

    private void end() {
        if (!empty) {
            records++;
            if (records == 1) {
                width = fields;
            } else if (fields != width) {
                irregular++;
            }
        }
        empty = true;
        fields = 1;
    }

    /** All records, headings included; lines without a sign are none. */
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

    /** Whether it ended within quotes: one of them is never closed, and the count is too low. */
    boolean open() {
        return whole && within;
    }
}
