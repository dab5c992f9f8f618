package io.github.rowsleuth.postgres.heap;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Lays out a heap page as PostgreSQL does, with tuples of a header and eight bytes of data. */
final class PageBuilder {
    static final int SIZE = 8192;
    private static final int TUPLE = 32;

    private final ByteBuffer page;
    private int items;
    private int upper = SIZE;

    PageBuilder() {
        this(ByteOrder.LITTLE_ENDIAN);
    }

    PageBuilder(ByteOrder order) {
        page = ByteBuffer.allocate(SIZE).order(order);
        page.putInt(0, 1).putInt(4, 0x0200_0030);
        page.putShort(18, (short) (SIZE | 4));
        page.putShort(16, (short) SIZE);
    }

    PageBuilder tuple(int xmin, int xmax, int infomask, long nextBlock, int nextItem) {
        upper -= TUPLE;
        pointer(upper, 1, TUPLE);
        page.putInt(upper, xmin).putInt(upper + 4, xmax);
        page.putShort(upper + 12, (short) (nextBlock >>> 16)).putShort(upper + 14, (short) nextBlock);
        page.putShort(upper + 16, (short) nextItem);
        page.putShort(upper + 18, (short) 1).putShort(upper + 20, (short) infomask);
        page.put(upper + 22, (byte) 24);
        return this;
    }

    PageBuilder pointer(int offset, int flags, int length) {
        page.putInt(24 + 4 * items++, offset | flags << 15 | length << 17);
        return this;
    }

    int items() {
        return items;
    }

    byte[] bytes() {
        page.putShort(12, (short) (24 + 4 * items)).putShort(14, (short) upper);
        return page.array().clone();
    }
}
