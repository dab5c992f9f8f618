package io.github.rowsleuth.postgres.heap;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Counts the tuples of heap pages into a tally, one page after the other, without making an object of any of them. Never
 * throws, whatever the bytes: they come from a damaged server.
 */
public final class HeapPage {

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

    // PageHeaderData
    private static final int FLAGS_AT = 10;
    private static final int LOWER_AT = 12;
    private static final int UPPER_AT = 14;
    private static final int SPECIAL_AT = 16;
    private static final int SIZE_AND_VERSION_AT = 18;
    private static final int PAGE_HEADER = 24;
    private static final int LAYOUT_VERSION = 4;
    private static final int VALID_FLAGS = 0x0007;

    // ItemIdData: 15 bits offset, 2 bits state, 15 bits length
    private static final int ITEM = 4;
    private static final int NORMAL = 1;
    private static final int DEAD = 3;

    // HeapTupleHeaderData
    private static final int XMAX_AT = 4;
    private static final int CTID_AT = 12;
    private static final int INFOMASK_AT = 20;
    private static final int HOFF_AT = 22;
    private static final int TUPLE_HEADER = 23;
    // The smallest MAXALIGN of any platform.
    private static final int ALIGNMENT = 4;

    // t_infomask
    private static final int XMAX_EXCL_LOCK = 0x0040;
    private static final int XMAX_ANY_LOCK = 0x0050;
    private static final int XMAX_LOCK_ONLY = 0x0080;
    private static final int XMIN_COMMITTED = 0x0100;
    private static final int XMIN_INVALID = 0x0200;
    private static final int XMAX_COMMITTED = 0x0400;
    private static final int XMAX_INVALID = 0x0800;
    private static final int XMAX_IS_MULTI = 0x1000;
    private static final int MOVED_BY_OLD_VACUUM = 0xC000;

    private static final int FIRST_NORMAL_XID = 3;

    private final int size;
    private final TupleTally tally;

    /**
     * A reader of pages.
     *
     * @param size of a page in bytes, as the server says it
     * @param tally where the tuples are counted
     */
    public HeapPage(int size, TupleTally tally) {
        this.size = size;
        this.tally = tally;
    }

    /**
     * {@return the position in the write-ahead log up to which the page holds changes}
     *
     * @param bytes hold the page
     * @param start where it begins
     */
    public static long lsn(byte[] bytes, int start) {
        return ((long) (int) INT.get(bytes, start) << 32) | ((int) INT.get(bytes, start + 4) & 0xFFFF_FFFFL);
    }

    /**
     * Counts the tuples of one page.
     *
     * @param bytes hold the page
     * @param start where it begins
     * @param block its number in the file
     * @return what condition it is in
     */
    public PageCondition count(byte[] bytes, int start, long block) {
        int upper = u16(bytes, start + UPPER_AT);
        if (upper == 0 && zero(bytes, start)) {
            return PageCondition.NEW;
        }
        int version = u16(bytes, start + SIZE_AND_VERSION_AT);
        if (version != (size | LAYOUT_VERSION)) {
            return foreign(version);
        }
        int lower = u16(bytes, start + LOWER_AT);
        if (lower < PAGE_HEADER
                || lower > upper
                || upper > size
                || (u16(bytes, start + FLAGS_AT) & ~VALID_FLAGS) != 0) {
            return PageCondition.DAMAGED;
        }
        if (u16(bytes, start + SPECIAL_AT) != size) {
            return PageCondition.OTHER_LAYOUT;
        }
        return countItems(bytes, start, block, (lower - PAGE_HEADER) / ITEM, upper)
                ? PageCondition.SOUND
                : PageCondition.DAMAGED;
    }

    private PageCondition foreign(int version) {
        int swapped = Short.toUnsignedInt(Short.reverseBytes((short) version));
        if (swapped == (size | LAYOUT_VERSION)) {
            return PageCondition.BIG_ENDIAN;
        }
        // The size is a power of two, the version small; anything else is garbage.
        boolean plausible = (version & 0xFF00) == size && (version & 0xFF) < 16;
        return plausible ? PageCondition.OTHER_LAYOUT : PageCondition.DAMAGED;
    }

    private boolean zero(byte[] bytes, int start) {
        for (int i = start; i < start + size; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private boolean countItems(byte[] bytes, int start, long block, int items, int upper) {
        boolean sound = true;
        for (int item = 1; item <= items; item++) {
            int pointer = i32(bytes, start + PAGE_HEADER + (item - 1) * ITEM);
            int state = (pointer >>> 15) & 3;
            if (state == DEAD) {
                tally.addPruned();
            } else if (state == NORMAL) {
                int at = pointer & 0x7FFF;
                if (fits(bytes, start, at, pointer >>> 17, upper)) {
                    countTuple(bytes, start + at, block, item);
                } else {
                    tally.addUndecided();
                    sound = false;
                }
            }
        }
        return sound;
    }

    private boolean fits(byte[] bytes, int start, int at, int length, int upper) {
        if (at < upper || at % ALIGNMENT != 0 || length < TUPLE_HEADER || at + length > size) {
            return false;
        }
        int data = bytes[start + at + HOFF_AT] & 0xFF;
        return data >= TUPLE_HEADER && data <= length && data % ALIGNMENT == 0;
    }

    private void countTuple(byte[] bytes, int at, long block, int item) {
        int mask = u16(bytes, at + INFOMASK_AT);
        int xmin = i32(bytes, at);
        boolean inserted = (mask & XMIN_COMMITTED) != 0 || xmin == 1 || xmin == 2;
        // Somebody's INSERT … ON CONFLICT that gave way leaves an xmin of 0.
        if (!inserted && ((mask & XMIN_INVALID) != 0 || xmin == 0)) {
            tally.addInsertionRolledBack();
        } else if (!inserted && (mask & MOVED_BY_OLD_VACUUM) != 0) {
            tally.addUndecided();
        } else {
            countInserted(bytes, at, block, item, mask, inserted ? 0 : xmin);
        }
    }

    private void countInserted(byte[] bytes, int at, long block, int item, int mask, int xmin) {
        int xmax = i32(bytes, at + XMAX_AT);
        if (xmax == 0 || locksOnly(mask)) {
            if (xmin == 0) {
                tally.addLive();
            } else {
                tally.add(xmin, 0, 0);
            }
            return;
        }
        boolean multi = (mask & XMAX_IS_MULTI) != 0;
        if (!multi && Integer.compareUnsigned(xmax, FIRST_NORMAL_XID) < 0) {
            tally.addUndecided();
            return;
        }
        int hint = (mask & XMAX_INVALID) != 0
                ? TupleGroup.FAILED
                : !multi && (mask & XMAX_COMMITTED) != 0 ? TupleGroup.SUCCEEDED : 0;
        int marks = (pointsAtItself(bytes, at, block, item) ? TupleGroup.DELETE : TupleGroup.UPDATE)
                | (multi ? TupleGroup.MULTI : 0)
                | hint;
        tally.add(xmin, xmax, marks);
    }

    // HEAP_XMAX_IS_LOCKED_ONLY, with what servers before 9.3 left behind.
    private static boolean locksOnly(int mask) {
        return (mask & XMAX_LOCK_ONLY) != 0 || (mask & (XMAX_IS_MULTI | XMAX_ANY_LOCK)) == XMAX_EXCL_LOCK;
    }

    // A deleted row is the last of its chain; an updated one points to the next, or out of the partition.
    private static boolean pointsAtItself(byte[] bytes, int at, long block, int item) {
        long next = ((long) u16(bytes, at + CTID_AT) << 16) | u16(bytes, at + CTID_AT + 2);
        int nextItem = u16(bytes, at + CTID_AT + 4);
        return next == block && nextItem == item;
    }

    private static int u16(byte[] bytes, int at) {
        return (short) SHORT.get(bytes, at) & 0xFFFF;
    }

    private static int i32(byte[] bytes, int at) {
        return (int) INT.get(bytes, at);
    }
}
