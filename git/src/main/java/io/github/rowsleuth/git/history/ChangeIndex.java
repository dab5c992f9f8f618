package io.github.rowsleuth.git.history;

import io.github.rowsleuth.git.store.OpenRepository;
import io.github.rowsleuth.git.store.Trees;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.MutableObjectId;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * What each commit changed, by path: 20 bytes for each change, and 28 for each content.
 *
 * <p>A merge changes a path only where it differs from all of its parents; walking with a filter that follows one path
 * would lose the trail at a renaming on the other side of a merge.
 */
public final class ChangeIndex {

    private static final int NONE = -1;

    private final List<String> paths = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final ObjectTable contents = new ObjectTable();
    /** By change: its path, its commit, the contents before and after, the change of the same path met before. */
    private final Numbers path = new Numbers();

    private final Numbers commit = new Numbers();
    private final Numbers before = new Numbers();
    private final Numbers after = new Numbers();
    private final Numbers sibling = new Numbers();
    /** By path: the change met last. By commit: its first change, and past its last one. */
    private final Numbers last = new Numbers();

    private final int[] first;
    private final int[] end;
    private final MutableObjectId buffer = new MutableObjectId();
    private int unreadableCommits;
    private int skippedCommits;

    private ChangeIndex(int commits) {
        this.first = new int[commits];
        this.end = new int[commits];
    }

    /** Compares commits with their parents, the newest first, as long as there is time and room. */
    static ChangeIndex of(CommitGraph graph, OpenRepository repository, int most, BooleanSupplier late)
            throws InterruptedException {
        ChangeIndex index = new ChangeIndex(graph.size());
        try (TreeWalk walk = new TreeWalk(repository.objects())) {
            walk.setFilter(new DiffersFromAllParents());
            for (int i = graph.size() - 1; i >= 0; i--) {
                OpenRepository.checkInterrupt();
                if (index.path.size() >= most || late.getAsBoolean()) {
                    index.skippedCommits = i + 1;
                    break;
                }
                index.add(graph, i, walk);
            }
        }
        return index;
    }

    private void add(CommitGraph graph, int position, TreeWalk walk) {
        first[position] = path.size();
        try {
            if (!graph.cutOff(position)) {
                compare(graph, position, walk);
            }
        } catch (IOException | LargeObjectException | IndexOutOfBoundsException e) {
            unreadableCommits++;
        }
        end[position] = path.size();
    }

    private void compare(CommitGraph graph, int position, TreeWalk walk) throws IOException {
        walk.reset();
        walk.addTree(graph.commit(position).tree());
        for (int parent : graph.parents(position)) {
            walk.addTree(graph.commit(parent).tree());
        }
        if (graph.parents(position).length == 0) {
            walk.addTree(new EmptyTreeIterator());
        }
        while (walk.next()) {
            if (walk.isSubtree()) {
                if (!Trees.foreign(walk.getNameString())) {
                    walk.enterSubtree();
                }
            } else {
                file(walk, position);
            }
        }
    }

    private void file(TreeWalk walk, int position) {
        int now = content(walk, 0);
        int old = NONE;
        for (int i = 1; i < walk.getTreeCount(); i++) {
            int there = content(walk, i);
            if (there == now) {
                return;
            }
            old = old == NONE ? there : old;
        }
        int number = number(walk.getPathString());
        sibling.add(last.get(number));
        last.set(number, path.size());
        path.add(number);
        commit.add(position);
        before.add(old);
        after.add(now);
    }

    private int content(TreeWalk walk, int tree) {
        int mode = walk.getRawMode(tree);
        if (!FileMode.REGULAR_FILE.equals(mode) && !FileMode.EXECUTABLE_FILE.equals(mode)) {
            return NONE;
        }
        walk.getObjectId(buffer, tree);
        return contents.number(buffer);
    }

    private int number(String name) {
        Integer known = numbers.get(name);
        if (known == null) {
            known = paths.size();
            numbers.put(name, known);
            paths.add(name);
            last.add(NONE);
        }
        return known;
    }

    /** Positions of the commits that changed the path, the oldest first. */
    List<Integer> commits(String name) {
        List<Integer> found = new ArrayList<>();
        for (int change = lastOf(name); change != NONE; change = sibling.get(change)) {
            found.add(commit.get(change));
        }
        return found;
    }

    private int lastOf(String name) {
        Integer number = numbers.get(name);
        return number == null ? NONE : last.get(number);
    }

    /** What the commit did to the path, if anything. */
    Optional<PathChange> change(int position, String name) {
        for (int change = lastOf(name); change != NONE; change = sibling.get(change)) {
            if (commit.get(change) == position) {
                return Optional.of(change(change));
            }
        }
        return Optional.empty();
    }

    List<PathChange> changes(int position) {
        List<PathChange> all = new ArrayList<>(end[position] - first[position]);
        for (int i = first[position]; i < end[position]; i++) {
            all.add(change(i));
        }
        return all;
    }

    private PathChange change(int change) {
        return new PathChange(paths.get(path.get(change)), content(before.get(change)), content(after.get(change)));
    }

    private Optional<ObjectId> content(int number) {
        return number == NONE ? Optional.empty() : Optional.of(contents.id(number));
    }

    /** Is told of every content that a path ever had. */
    public interface Visitor {

        /**
         * Sees one content; the same one may come again, under the same path or another.
         *
         * @param path the path
         * @param content names the content by a small number
         * @param commit the place of the commit that brought it
         */
        void see(String path, int content, int commit);
    }

    /**
     * Shows every content that a path ever had.
     *
     * @param visitor is shown them
     */
    public void forEachContent(Visitor visitor) {
        for (int i = 0; i < path.size(); i++) {
            if (after.get(i) != NONE) {
                visitor.see(paths.get(path.get(i)), after.get(i), commit.get(i));
            }
        }
    }

    /**
     * Shows every path that any commit had.
     *
     * @param visitor is shown them
     */
    public void forEachPath(Consumer<String> visitor) {
        paths.forEach(visitor);
    }

    /**
     * {@return the id of a content}
     *
     * @param content its number
     */
    public ObjectId contentId(int content) {
        return contents.id(content);
    }

    /** {@return how many contents there are} */
    public int contents() {
        return contents.size();
    }

    /** {@return how many changes there are} */
    public int size() {
        return path.size();
    }

    /** {@return how many commits could not be compared, or not wholly} */
    public int unreadableCommits() {
        return unreadableCommits;
    }

    /** {@return how many commits, the oldest ones, were not compared for want of time or room} */
    public int skippedCommits() {
        return skippedCommits;
    }
}
