package io.github.rowsleuth.git.history;

import io.github.rowsleuth.git.store.OpenRepository;
import io.github.rowsleuth.git.store.References;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.lib.ObjectId;

/**
 * The commits that any reference reaches, or only the log of one, parents before children, in the order of their times
 * as far as that allows. A place in that order names a commit here.
 */
public final class CommitGraph {

    /** What stands in the place of a branch for commits that only the log of a reference still names. */
    static final String ONLY_LOGGED = "(only in the log of references)";

    private static final int MAX_REFS_NAMED = 20;

    private final List<CommitNode> commits;
    private final int[][] parents;
    private final int[][] children;
    private final Map<ObjectId, Integer> positions = new HashMap<>();
    private final Map<Integer, Set<String>> tips = new HashMap<>();
    private final Set<String> unreadable;
    private final boolean cut;

    private CommitGraph(CommitReader reader) {
        this.commits = CommitOrder.of(reader.read());
        this.unreadable = reader.unreadable();
        this.cut = reader.cut();
        for (int i = 0; i < commits.size(); i++) {
            positions.put(commits.get(i).id(), i);
        }
        this.parents = new int[commits.size()][];
        int[] counts = new int[commits.size()];
        for (int i = 0; i < parents.length; i++) {
            parents[i] = commits.get(i).parents().stream()
                    .map(positions::get)
                    .filter(java.util.Objects::nonNull)
                    .mapToInt(Integer::intValue)
                    .toArray();
            for (int parent : parents[i]) {
                counts[parent]++;
            }
        }
        this.children = new int[parents.length][];
        for (int i = 0; i < parents.length; i++) {
            children[i] = new int[counts[i]];
        }
        for (int i = parents.length - 1; i >= 0; i--) {
            for (int parent : parents[i]) {
                children[parent][--counts[parent]] = i;
            }
        }
    }

    /**
     * {@return the commits of a repository, the newest ones if there are more than the limit}
     *
     * @param repository the repository
     * @param wanted a commit to begin with, whether a reference reaches it or not
     * @param most how many commits to read at most
     * @throws InterruptedException if the thread is stopped
     */
    static CommitGraph read(OpenRepository repository, ObjectId wanted, int most) throws InterruptedException {
        CommitReader reader = new CommitReader(repository, most);
        Map<ObjectId, Set<String>> names = new HashMap<>();
        repository.references().all().forEach((name, id) -> {
            try {
                repository.revisions().peeled(id).ifPresent(c -> {
                    names.computeIfAbsent(c.id(), x -> new TreeSet<>()).add(References.spoken(name));
                    reader.begin(c.id());
                });
            } catch (IOException | LargeObjectException e) {
                reader.unreadable().add(id.name());
            }
        });
        reader.begin(wanted);
        reader.readAll();
        Set<ObjectId> logged = reader.readLogged(repository.logged());
        CommitGraph graph = new CommitGraph(reader);
        names.forEach((id, spoken) -> graph.position(id).ifPresent(p -> graph.tips.put(p, spoken)));
        logged.forEach(id -> graph.position(id)
                .ifPresent(
                        p -> graph.tips.computeIfAbsent(p, x -> new TreeSet<>()).add(ONLY_LOGGED)));
        return graph;
    }

    /** {@return how many commits there are} */
    public int size() {
        return commits.size();
    }

    CommitNode commit(int position) {
        return commits.get(position);
    }

    /**
     * {@return the place of a commit}
     *
     * @param id the commit
     */
    public Optional<Integer> position(ObjectId id) {
        return Optional.ofNullable(positions.get(id));
    }

    /**
     * {@return the id of the commit at that place}
     *
     * @param position the place
     */
    public ObjectId id(int position) {
        return commits.get(position).id();
    }

    /** {@return the places of commits whose messages may speak of a loss, the newest first} */
    public List<Integer> telling() {
        List<Integer> places = new ArrayList<>();
        for (int i = commits.size() - 1; i >= 0; i--) {
            if (commits.get(i).telling()) {
                places.add(i);
            }
        }
        return places;
    }

    /** The parents that could be read. */
    int[] parents(int position) {
        return parents[position];
    }

    /** Whether a parent of this commit is not there to be compared with. */
    boolean cutOff(int position) {
        return parents[position].length < commits.get(position).parents().size();
    }

    /** {@return ids of commits that are named but can not be read} */
    public Set<String> unreadable() {
        return unreadable;
    }

    /** {@return whether there are more commits than are looked at} */
    public boolean cut() {
        return cut;
    }

    /** The commits before this one, without it. */
    BitSet ancestors(int position) {
        BitSet seen = new BitSet(commits.size());
        spread(parents[position], parents, seen);
        return seen;
    }

    /** The commits that do not know this one: those before it and those beside it. */
    BitSet allButDescendants(int position) {
        BitSet seen = new BitSet(commits.size());
        spread(new int[] {position}, children, seen);
        seen.flip(0, commits.size());
        return seen;
    }

    private static void spread(int[] from, int[][] edges, BitSet seen) {
        Deque<Integer> open = new ArrayDeque<>();
        for (int start : from) {
            open.push(start);
        }
        while (!open.isEmpty()) {
            int at = open.pop();
            if (!seen.get(at)) {
                seen.set(at);
                for (int next : edges[at]) {
                    if (!seen.get(next)) {
                        open.push(next);
                    }
                }
            }
        }
    }

    /** {@return names of the branches and tags that contain the commit, sorted, the first few} */
    List<String> referencesContaining(int position) {
        BitSet seen = new BitSet(commits.size());
        spread(new int[] {position}, children, seen);
        Set<String> names = new TreeSet<>();
        tips.forEach((tip, spoken) -> {
            if (seen.get(tip)) {
                names.addAll(spoken);
            }
        });
        if (names.size() > 1) {
            names.remove(ONLY_LOGGED);
        }
        return new ArrayList<>(names.stream().limit(MAX_REFS_NAMED).toList());
    }

    /** The places of the commits that references point to. */
    Set<Integer> tips() {
        return tips.keySet();
    }
}
