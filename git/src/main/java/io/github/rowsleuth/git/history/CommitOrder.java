package io.github.rowsleuth.git.history;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.eclipse.jgit.lib.ObjectId;

/** Puts parents before children, and otherwise the earlier commit before the later. */
final class CommitOrder {

    private CommitOrder() {}

    static List<CommitNode> of(Collection<CommitNode> commits) {
        Map<ObjectId, Integer> waiting = new HashMap<>();
        Map<ObjectId, List<CommitNode>> waiters = new HashMap<>();
        PriorityQueue<CommitNode> ready = new PriorityQueue<>(
                Comparator.comparingLong(CommitNode::committed).thenComparing(CommitNode::id));
        commits.forEach(c -> waiting.put(c.id(), 0));
        for (CommitNode commit : commits) {
            int known = 0;
            for (ObjectId parent : commit.parents()) {
                if (waiting.containsKey(parent)) {
                    known++;
                    waiters.computeIfAbsent(parent, x -> new ArrayList<>(1)).add(commit);
                }
            }
            waiting.put(commit.id(), known);
            if (known == 0) {
                ready.add(commit);
            }
        }
        List<CommitNode> sorted = new ArrayList<>(commits.size());
        for (CommitNode next = ready.poll(); next != null; next = ready.poll()) {
            sorted.add(next);
            for (CommitNode waiter : waiters.getOrDefault(next.id(), List.of())) {
                if (waiting.merge(waiter.id(), -1, Integer::sum) == 0) {
                    ready.add(waiter);
                }
            }
        }
        return sorted;
    }
}
