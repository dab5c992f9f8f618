package io.github.rowsleuth.git;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.lib.ObjectId;

/** The commits that any reference reaches, parents before children, in the order of their times as far as that allows. */
final class CommitGraph {

    static final int MAX_COMMITS = 250_000;

    private static final int MAX_REFS_NAMED = 20;

    private final List<Commit> commits;
    private final Map<ObjectId, Integer> positions = new HashMap<>();
    private final Map<Integer, Set<String>> tips;
    private final List<List<Integer>> children = new ArrayList<>();
    private final Set<String> unreadable;
    private final boolean cut;

    private CommitGraph(Map<ObjectId, Commit> read, Map<String, ObjectId> tipIds, Set<String> unreadable, boolean cut) {
        this.commits = sorted(read);
        this.unreadable = unreadable;
        this.cut = cut;
        for (int i = 0; i < commits.size(); i++) {
            positions.put(commits.get(i).id(), i);
            children.add(new ArrayList<>(1));
        }
        for (int i = 0; i < commits.size(); i++) {
            for (int parent : parents(i)) {
                children.get(parent).add(i);
            }
        }
        this.tips = new HashMap<>();
        tipIds.forEach((name, id) -> position(id)
                .ifPresent(p -> tips.computeIfAbsent(p, x -> new TreeSet<>()).add(name)));
    }

    static CommitGraph read(OpenRepository repository, Commit wanted) throws InterruptedException {
        Map<ObjectId, Commit> read = new HashMap<>();
        Map<String, ObjectId> tips = new LinkedHashMap<>();
        Set<String> unreadable = new TreeSet<>();
        Deque<ObjectId> open = new ArrayDeque<>(List.of(wanted.id()));
        repository.references().all().forEach((name, id) -> {
            try {
                repository.revisions().peeled(id).ifPresent(c -> {
                    tips.put(References.spoken(name), c.id());
                    open.add(c.id());
                });
            } catch (IOException | LargeObjectException e) {
                unreadable.add(id.name());
            }
        });
        while (!open.isEmpty() && read.size() < MAX_COMMITS) {
            OpenRepository.checkInterrupt();
            ObjectId id = open.pop();
            if (!read.containsKey(id)) {
                repository.tryRead(id, unreadable).ifPresent(commit -> {
                    read.put(id, commit);
                    if (!repository.folder().shallow().contains(id.name())) {
                        commit.parents().forEach(open::push);
                    }
                });
            }
        }
        return new CommitGraph(read, tips, unreadable, !open.isEmpty());
    }

    private static List<Commit> sorted(Map<ObjectId, Commit> read) {
        Map<ObjectId, Integer> waiting = new HashMap<>();
        Map<ObjectId, List<Commit>> waiters = new HashMap<>();
        PriorityQueue<Commit> ready =
                new PriorityQueue<>(Comparator.comparing(Commit::committed).thenComparing(Commit::id));
        for (Commit commit : read.values()) {
            List<ObjectId> known = commit.parents().stream()
                    .distinct()
                    .filter(read::containsKey)
                    .toList();
            known.forEach(
                    p -> waiters.computeIfAbsent(p, x -> new ArrayList<>()).add(commit));
            waiting.put(commit.id(), known.size());
            if (known.isEmpty()) {
                ready.add(commit);
            }
        }
        List<Commit> sorted = new ArrayList<>(read.size());
        for (Commit next = ready.poll(); next != null; next = ready.poll()) {
            sorted.add(next);
            for (Commit waiter : waiters.getOrDefault(next.id(), List.of())) {
                if (waiting.merge(waiter.id(), -1, Integer::sum) == 0) {
                    ready.add(waiter);
                }
            }
        }
        return sorted;
    }

    int size() {
        return commits.size();
    }

    Commit commit(int position) {
        return commits.get(position);
    }

    Optional<Integer> position(ObjectId id) {
        return Optional.ofNullable(positions.get(id));
    }

    /** The parents that could be read. */
    List<Integer> parents(int position) {
        return commits.get(position).parents().stream()
                .distinct()
                .map(positions::get)
                .filter(java.util.Objects::nonNull)
                .toList();
    }

    /** Whether a parent of this commit is not there to be compared with. */
    boolean cutOff(int position) {
        return parents(position).size()
                < commits.get(position).parents().stream().distinct().count();
    }

    /** Ids of commits that are named but can not be read. */
    Set<String> unreadable() {
        return unreadable;
    }

    /** Whether there are more commits than are looked at. */
    boolean cut() {
        return cut;
    }

    /** The commits before this one, without it. */
    BitSet ancestors(int position) {
        BitSet seen = new BitSet(commits.size());
        Deque<Integer> open = new ArrayDeque<>(parents(position));
        while (!open.isEmpty()) {
            int at = open.pop();
            if (!seen.get(at)) {
                seen.set(at);
                parents(at).forEach(open::push);
            }
        }
        return seen;
    }

    /** Names of the branches and tags that contain the commit, sorted, the first few. */
    List<String> referencesContaining(int position) {
        Set<String> names = new TreeSet<>();
        BitSet seen = new BitSet(commits.size());
        Deque<Integer> open = new ArrayDeque<>(List.of(position));
        while (!open.isEmpty()) {
            int at = open.pop();
            if (!seen.get(at)) {
                seen.set(at);
                names.addAll(tips.getOrDefault(at, Set.of()));
                children.get(at).forEach(open::push);
            }
        }
        return names.stream().limit(MAX_REFS_NAMED).toList();
    }
}
