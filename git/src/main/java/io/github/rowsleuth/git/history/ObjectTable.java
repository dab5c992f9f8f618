package io.github.rowsleuth.git.history;

import java.util.Arrays;
import org.eclipse.jgit.lib.MutableObjectId;
import org.eclipse.jgit.lib.ObjectId;

/** Gives each object a small number. Takes 28 bytes for each, so that millions fit into memory. */
final class ObjectTable {

    private static final int WORDS = 5;

    private final int[] raw = new int[WORDS];
    private int[] words = new int[WORDS * 1_024];
    private int[] slots = new int[2_048];
    private int size;

    int size() {
        return size;
    }

    /** The number of the object, from 0. */
    int number(MutableObjectId id) {
        id.copyRawTo(raw, 0);
        int slot = find();
        if (slots[slot] == 0) {
            if (size * 2 >= slots.length) {
                grow();
                slot = find();
            }
            if (words.length < (size + 1) * WORDS) {
                words = Arrays.copyOf(words, words.length * 2);
            }
            System.arraycopy(raw, 0, words, size * WORDS, WORDS);
            slots[slot] = ++size;
        }
        return slots[slot] - 1;
    }

    private int find() {
        int mask = slots.length - 1;
        int slot = raw[0] & mask;
        while (slots[slot] != 0
                && !Arrays.equals(raw, 0, WORDS, words, (slots[slot] - 1) * WORDS, slots[slot] * WORDS)) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        slots = new int[slots.length * 2];
        int mask = slots.length - 1;
        for (int i = 0; i < size; i++) {
            int slot = words[i * WORDS] & mask;
            while (slots[slot] != 0) {
                slot = (slot + 1) & mask;
            }
            slots[slot] = i + 1;
        }
    }

    ObjectId id(int number) {
        return ObjectId.fromRaw(words, number * WORDS);
    }
}
