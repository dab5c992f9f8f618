package io.github.rowsleuth.git.index;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/** Contents that were unpacked once, for whoever reads the same files next: so many bytes at most. For one thread. */
final class KeptContents {

    private static final int MOST_BYTES = 48 << 20;

    private final Map<ObjectId, byte[]> contents = new HashMap<>();
    private int kept;

    Optional<byte[]> of(ObjectId id) {
        return Optional.ofNullable(contents.get(id));
    }

    void keep(ObjectId id, byte[] content) {
        if (content.length <= MOST_BYTES - kept && contents.putIfAbsent(id, content) == null) {
            kept += content.length;
        }
    }
}
