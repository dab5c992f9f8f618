package io.github.rowsleuth.postgres.heap;

import java.util.ArrayList;
import java.util.List;

/**
 * Counts tuples by the transactions that inserted and ended them. A hash table of primitives: a page holds hundreds of
 * tuples, and a run of them is of the same two transactions nearly always.
 */
public final class TupleTally {

    private static final int SMALLEST = 16;
    private static final long MIX = 0x9E37_79B9_7F4A_7C15L;

    private long live;
    private long insertionsRolledBack;
    private long pruned;
    private long undecided;

    // A slot is free while its count is 0.
    private long[] ids = new long[SMALLEST];
    private byte[] marks = new byte[SMALLEST];
    private long[] counts = new long[SMALLEST];
    private int used;
    private int last;

    void addLive() {
        live++;
    }

    void addInsertionRolledBack() {
        insertionsRolledBack++;
    }

    void addPruned() {
        pruned++;
    }

    void addUndecided() {
        undecided++;
    }

    void add(int xmin, int xmax, int mark) {
        long id = ((long) xmin << 32) | (xmax & 0xFFFF_FFFFL);
        int slot = last;
        if (counts[slot] == 0 || ids[slot] != id || marks[slot] != mark) {
            slot = slotOf(id, mark);
        }
        ids[slot] = id;
        marks[slot] = (byte) mark;
        last = slot;
        if (counts[slot]++ == 0 && ++used > ids.length / 2) {
            grow();
        }
    }

    private int slotOf(long id, int mark) {
        int slot = (int) (((id * 31 + mark) * MIX) >>> 32) & (ids.length - 1);
        while (counts[slot] != 0 && (ids[slot] != id || marks[slot] != mark)) {
            slot = (slot + 1) & (ids.length - 1);
        }
        return slot;
    }

    private void grow() {
        long[] oldIds = ids;
        byte[] oldMarks = marks;
        long[] oldCounts = counts;
        ids = new long[oldIds.length * 2];
        marks = new byte[ids.length];
        counts = new long[ids.length];
        for (int i = 0; i < oldIds.length; i++) {
            if (oldCounts[i] != 0) {
                int slot = slotOf(oldIds[i], oldMarks[i]);
                ids[slot] = oldIds[i];
                marks[slot] = oldMarks[i];
                counts[slot] = oldCounts[i];
            }
        }
        last = 0;
    }

    /** {@return tuples that were surely inserted, and that nobody tried to delete or update} */
    public long live() {
        return live;
    }

    /** {@return tuples whose insertion failed, as a hint on the page says} */
    public long insertionsRolledBack() {
        return insertionsRolledBack;
    }

    /** {@return line pointers whose tuple was pruned away} */
    public long pruned() {
        return pruned;
    }

    /** {@return tuples that can not be read, or whose transactions can not be} */
    public long undecided() {
        return undecided;
    }

    /** {@return in how many groups the other tuples fall} */
    public int groupCount() {
        return used;
    }

    /** {@return the groups, which are forgotten with that; those of one tally in an order of their own} */
    public List<TupleGroup> takeGroups() {
        List<TupleGroup> groups = new ArrayList<>(used);
        for (int i = 0; i < ids.length; i++) {
            if (counts[i] != 0) {
                groups.add(new TupleGroup(ids[i] >>> 32, ids[i] & 0xFFFF_FFFFL, marks[i], counts[i]));
            }
        }
        ids = new long[SMALLEST];
        marks = new byte[SMALLEST];
        counts = new long[SMALLEST];
        used = 0;
        last = 0;
        return groups;
    }
}
