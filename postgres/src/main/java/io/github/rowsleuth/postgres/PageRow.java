package io.github.rowsleuth.postgres;

import java.nio.ByteBuffer;
import java.sql.SQLException;

/**
 * One row of the binary COPY that {@link PageAccess} sends: range, block, page (PostgreSQL documentation, "COPY", "Binary
 * Format"). The page is not copied out of the message.
 */
final class PageRow {

    private static final long SIGNATURE = 0x5047_434F_5059_0AFFL; // PGCOPY\n\377 and three more
    private static final int SIGNATURE_LENGTH = 11;
    private static final int COLUMNS = 3;

    private final int range;
    private final long block;
    private final byte[] message;
    private final int start;
    private final int length;

    private PageRow(int range, long block, byte[] message, int start, int length) {
        this.range = range;
        this.block = block;
        this.message = message;
        this.start = start;
        this.length = length;
    }

    /** Which of the ranges that were asked for, from 1; 0 for the end. */
    int range() {
        return range;
    }

    /** The number of the page in its file. */
    long block() {
        return block;
    }

    /** Holds the page. */
    byte[] message() {
        return message;
    }

    /** Where the page begins in the message. */
    int start() {
        return start;
    }

    /** How long the page is; -1 for NULL. */
    int length() {
        return length;
    }

    /** The row in a message; one of range 0 for the message at the end, which holds none. */
    static PageRow of(byte[] message, boolean first) throws SQLException {
        ByteBuffer in = ByteBuffer.wrap(message);
        try {
            if (first && in.remaining() > SIGNATURE_LENGTH && in.getLong(0) == SIGNATURE) {
                in.position(SIGNATURE_LENGTH + Integer.BYTES);
                int extension = in.getInt();
                in.position(in.position() + extension);
            }
            short columns = in.getShort();
            if (columns == -1) {
                return new PageRow(0, 0, message, 0, -1);
            }
            if (columns == COLUMNS && in.getInt() == Integer.BYTES) {
                int range = in.getInt();
                if (in.getInt() == Long.BYTES) {
                    long block = in.getLong();
                    int length = in.getInt();
                    if (length <= in.remaining()) {
                        return new PageRow(range, block, message, in.position(), length);
                    }
                }
            }
        } catch (IllegalArgumentException | java.nio.BufferUnderflowException e) {
            throw new SQLException("expected a row of a binary COPY, found something shorter", "08P01", e);
        }
        throw new SQLException("expected a row of a binary COPY with a number, a block and a page", "08P01");
    }
}
