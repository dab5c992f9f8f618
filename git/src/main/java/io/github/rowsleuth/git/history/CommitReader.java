package io.github.rowsleuth.git.history;

import io.github.rowsleuth.git.store.OpenRepository;
import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;

/** Reads commits, the newest first, so that where there are too many the old ones are left out. */
final class CommitReader {

    private final OpenRepository repository;
    private final int most;
    private final Map<ObjectId, CommitNode> read = new HashMap<>();
    private final Set<ObjectId> met = new HashSet<>();
    private final PriorityQueue<CommitNode> open =
            new PriorityQueue<>(Comparator.comparingLong(CommitNode::committed).reversed());
    private final Set<String> unreadable = new TreeSet<>();
    private boolean cut;

    CommitReader(OpenRepository repository, int most) {
        this.repository = repository;
        this.most = most;
    }

    void begin(ObjectId id) {
        if (met.size() >= most) {
            cut |= !met.contains(id);
        } else if (met.add(id)) {
            try {
                byte[] raw = repository.objects().open(id, Constants.OBJ_COMMIT).getCachedBytes();
                open.add(CommitNode.parse(id, raw));
            } catch (IOException | LargeObjectException e) {
                unreadable.add(id.name());
            }
        }
    }

    void readAll() throws InterruptedException {
        for (CommitNode next = open.poll(); next != null; next = open.poll()) {
            OpenRepository.checkInterrupt();
            read.put(next.id(), next);
            if (!repository.shallow().contains(next.id().name())) {
                next.parents().forEach(this::begin);
            }
        }
    }

    /** Reads the commits that logs of references name, and says which of them no reference reaches. */
    Set<ObjectId> readLogged(Collection<ObjectId> ids) throws InterruptedException {
        Set<String> before = new HashSet<>(unreadable);
        Set<ObjectId> fresh = new HashSet<>();
        for (ObjectId id : ids) {
            if (!met.contains(id)) {
                fresh.add(id);
                begin(id);
            }
        }
        readAll();
        // What a log names may be long collected as garbage: that is no damage.
        unreadable.retainAll(before);
        fresh.retainAll(read.keySet());
        return fresh;
    }

    Collection<CommitNode> read() {
        return read.values();
    }

    Set<String> unreadable() {
        return unreadable;
    }

    boolean cut() {
        return cut;
    }
}
