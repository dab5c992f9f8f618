package io.github.rowsleuth.git.store;

import org.jspecify.annotations.Nullable;

/**
 * Objects that were unpacked a moment ago: the next one is often a delta against them. Each has one slot that it can stand
 * in, and a hand goes round to make room, past those that were asked for since it came by. For one thread.
 */
final class ObjectCache {

    private static final int MOST_BYTES = 32 << 20;
    private static final int BITS = 15;

    private final PackFile[] packs = new PackFile[1 << BITS];
    private final long[] offsets = new long[1 << BITS];
    private final @Nullable RawObject[] objects = new RawObject[1 << BITS];
    private final boolean[] asked = new boolean[1 << BITS];
    private long bytes;
    private int hand;

    /** Spreads offsets, which lie close together, over all slots (D. Knuth's multiplicative hashing). */
    private static int slot(PackFile pack, long offset) {
        long key = offset + ((long) System.identityHashCode(pack) << 32);
        return (int) ((key * 0x9E3779B97F4A7C15L) >>> (Long.SIZE - BITS));
    }

    @Nullable RawObject get(PackFile pack, long offset) {
        int slot = slot(pack, offset);
        if (offsets[slot] != offset || packs[slot] != pack) {
            return null;
        }
        asked[slot] = true;
        return objects[slot];
    }

    RawObject put(PackFile pack, long offset, RawObject object) {
        int length = object.content().length;
        if (length <= MOST_BYTES / 8) {
            int slot = slot(pack, offset);
            drop(slot);
            while (bytes + length > MOST_BYTES) {
                makeRoom();
            }
            packs[slot] = pack;
            offsets[slot] = offset;
            objects[slot] = object;
            asked[slot] = false;
            bytes += length;
        }
        return object;
    }

    private void makeRoom() {
        if (asked[hand]) {
            asked[hand] = false;
        } else {
            drop(hand);
        }
        hand = (hand + 1) & ((1 << BITS) - 1);
    }

    private void drop(int slot) {
        RawObject object = objects[slot];
        if (object != null) {
            bytes -= object.content().length;
            objects[slot] = null;
            offsets[slot] = 0;
        }
    }
}
