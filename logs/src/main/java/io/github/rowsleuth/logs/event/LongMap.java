package io.github.rowsleuth.logs.event;

import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A map with numbers as keys that does not box them: it is asked for every record of a log.
 *
 * @param <V> the values
 */
final class LongMap<V> {

    private static final int SLOT_BITS = 24;

    private long[] keys = new long[64];
    private @Nullable Object[] values = new @Nullable Object[64];
    private long[] ages = new long[64];
    private int size;
    private long clock;
    private int last;

    int size() {
        return size;
    }

    private int slot(long key) {
        long hash = key * 0x9E3779B97F4A7C15L;
        int at = (int) (hash >>> 32) & (keys.length - 1);
        while (values[at] != null && keys[at] != key) {
            at = (at + 1) & (keys.length - 1);
        }
        return at;
    }

    @SuppressWarnings("unchecked")
    @Nullable V get(long key) {
        if (keys[last] != key || values[last] == null) {
            last = slot(key); // the same process is asked for several times
        }
        return (V) values[last];
    }

    void put(long key, V value) {
        int at = slot(key);
        if (values[at] == null) {
            size++;
            keys[at] = key;
            ages[at] = clock++;
        }
        values[at] = value;
        if (size * 2 > keys.length) {
            rebuild(entries(), 2 * keys.length);
        }
    }

    void remove(long key) {
        if (values[slot(key)] != null) {
            values[slot(key)] = null;
            size--;
            closeGap(key);
        }
    }

    /** What came after a removed key in its run must stay reachable. */
    private void closeGap(long removed) {
        long hash = removed * 0x9E3779B97F4A7C15L;
        int gap = (int) (hash >>> 32) & (keys.length - 1);
        while (values[gap] != null) {
            gap = (gap + 1) & (keys.length - 1);
        }
        for (int at = (gap + 1) & (keys.length - 1); values[at] != null; at = (at + 1) & (keys.length - 1)) {
            Object value = values[at];
            long key = keys[at];
            long age = ages[at];
            values[at] = null;
            int to = slot(key);
            keys[to] = key;
            ages[to] = age;
            values[to] = value;
        }
    }

    /** {@return what it holds, in the order in which it came} */
    @SuppressWarnings("unchecked")
    List<Map.Entry<Long, V>> entries() {
        long[] byAge = new long[size];
        int next = 0;
        for (int i = 0; i < values.length; i++) {
            if (values[i] != null) {
                byAge[next++] = ages[i] << SLOT_BITS | i;
            }
        }
        Arrays.sort(byAge);
        List<Map.Entry<Long, V>> entries = new ArrayList<>(size);
        for (long aged : byAge) {
            int i = (int) (aged & ((1 << SLOT_BITS) - 1));
            entries.add(new SimpleImmutableEntry<>(keys[i], (V) java.util.Objects.requireNonNull(values[i])));
        }
        return entries;
    }

    void keepNewest(int number) {
        List<Map.Entry<Long, V>> all = entries();
        rebuild(all.subList(Math.max(0, all.size() - number), all.size()), keys.length);
    }

    private void rebuild(List<Map.Entry<Long, V>> entries, int capacity) {
        last = 0;
        keys = new long[capacity];
        values = new @Nullable Object[capacity];
        ages = new long[capacity];
        Arrays.fill(ages, 0);
        size = 0;
        for (Map.Entry<Long, V> entry : entries) {
            int at = slot(entry.getKey());
            keys[at] = entry.getKey();
            values[at] = entry.getValue();
            ages[at] = clock++;
            size++;
        }
    }
}
