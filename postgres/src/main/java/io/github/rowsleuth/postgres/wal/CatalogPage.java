package io.github.rowsleuth.postgres.wal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Rows of a system catalog as bytes: on a page, deleted ones included, or in the record of their insertion. Only of
 * servers that store the low byte first, which nearly all do; on others nothing is found.
 */
public final class CatalogPage {

    // src/include/storage/bufpage.h, PageHeaderData
    private static final int HEADER = 24;
    private static final int LOWER = 12;
    private static final int SPECIAL = 16;
    private static final int POINTER = 4;
    // src/include/storage/itemid.h, ItemIdData
    private static final int OFFSET_BITS = 0x7FFF;
    private static final int FLAG_SHIFT = 15;
    private static final int NORMAL = 1;
    private static final int LENGTH_SHIFT = 17;
    // src/include/access/htup_details.h, HeapTupleHeaderData
    private static final int TUPLE_HEADER = 23;
    private static final int HOFF = 22;
    // src/include/access/heapam_xlog.h, xl_heap_header
    private static final int INSERT_HEADER = 5;
    private static final int INSERT_HOFF = 4;

    private CatalogPage() {}

    /**
     * {@return the columns of every row on the page that was not pruned, without its header}
     *
     * @param page as the server has it
     */
    public static List<ByteBuffer> rows(byte[] page) {
        ByteBuffer bytes = ByteBuffer.wrap(page).order(ByteOrder.LITTLE_ENDIAN);
        List<ByteBuffer> rows = new ArrayList<>();
        if (page.length < HEADER) {
            return rows;
        }
        int end = Math.min(unsigned(bytes, LOWER), unsigned(bytes, SPECIAL));
        for (int at = HEADER; at + POINTER <= Math.min(end, page.length); at += POINTER) {
            int pointer = bytes.getInt(at);
            int offset = pointer & OFFSET_BITS;
            int flags = pointer >>> FLAG_SHIFT & 3;
            int length = pointer >>> LENGTH_SHIFT;
            if (flags == NORMAL && length > TUPLE_HEADER && offset + length <= page.length) {
                columns(page, offset + (page[offset + HOFF] & 0xFF), offset + length)
                        .ifPresent(rows::add);
            }
        }
        return rows;
    }

    private static int unsigned(ByteBuffer bytes, int at) {
        return bytes.getShort(at) & 0xFFFF;
    }

    /**
     * {@return the columns of the row that was inserted, if the record still holds it}
     *
     * @param data what the record of an insertion says of its block
     */
    public static Optional<ByteBuffer> inserted(byte[] data) {
        return data.length <= INSERT_HEADER
                ? Optional.empty()
                : columns(data, INSERT_HEADER + (data[INSERT_HOFF] & 0xFF) - TUPLE_HEADER, data.length);
    }

    private static Optional<ByteBuffer> columns(byte[] bytes, int from, int to) {
        return from < 0 || from >= to
                ? Optional.empty()
                : Optional.of(ByteBuffer.wrap(bytes, from, to - from).slice().order(ByteOrder.LITTLE_ENDIAN));
    }
}
