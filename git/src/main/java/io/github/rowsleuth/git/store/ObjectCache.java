package io.github.rowsleuth.git.store;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Objects that were unpacked a moment ago: the next one is often a delta against them. For one thread. */
final class ObjectCache {

    private static final int MOST_BYTES = 32 << 20;

    private final Map<Key, RawObject> recent = new LinkedHashMap<>(1_024, 0.75f, true);
    private long bytes;

    private record Key(int pack, long offset) {}

    private static Key key(PackFile pack, long offset) {
        return new Key(System.identityHashCode(pack), offset);
    }

    @Nullable RawObject get(PackFile pack, long offset) {
        return recent.get(key(pack, offset));
    }

    RawObject put(PackFile pack, long offset, RawObject object) {
        if (object.content().length <= MOST_BYTES / 8 && recent.put(key(pack, offset), object) == null) {
            bytes += object.content().length;
        }
        while (bytes > MOST_BYTES) {
            Map.Entry<Key, RawObject> eldest = recent.entrySet().iterator().next();
            bytes -= eldest.getValue().content().length;
            recent.remove(eldest.getKey());
        }
        return object;
    }
}
