package io.github.rowsleuth.git;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.lib.ObjectId;

/**
 * What each commit changed, by path.
 *
 * <p>A merge changes a path only where it differs from all of its parents; walking with a filter that follows one path
 * would lose the trail at a renaming on the other side of a merge.
 */
final class ChangeIndex {

    private static final int MAX_CHANGES = 3_000_000;

    private final Trees trees;
    private final List<List<PathChange>> byCommit = new ArrayList<>();
    private final Map<String, List<Integer>> byPath = new HashMap<>();
    private int changes;
    private int unreadableCommits;

    private ChangeIndex(Trees trees) {
        this.trees = trees;
    }

    static ChangeIndex of(CommitGraph graph, Trees trees) throws InterruptedException {
        ChangeIndex index = new ChangeIndex(trees);
        for (int i = 0; i < graph.size(); i++) {
            OpenRepository.checkInterrupt();
            index.add(graph, i);
        }
        return index;
    }

    private void add(CommitGraph graph, int position) {
        List<PathChange> found = new ArrayList<>();
        byCommit.add(found);
        if (changes >= MAX_CHANGES) {
            unreadableCommits++;
            return;
        }
        List<Optional<ObjectId>> parents = graph.parents(position).stream()
                .map(p -> Optional.of(graph.commit(p).tree()))
                .toList();
        try {
            compare("", Optional.of(graph.commit(position).tree()), parents.isEmpty() ? NO_PARENT : parents, found);
        } catch (IOException | LargeObjectException e) {
            unreadableCommits++;
        }
        changes += found.size();
        for (PathChange change : found) {
            byPath.computeIfAbsent(change.path(), p -> new ArrayList<>(2)).add(position);
        }
    }

    private static final List<Optional<ObjectId>> NO_PARENT = List.of(Optional.empty());

    private void compare(String prefix, Optional<ObjectId> now, List<Optional<ObjectId>> before, List<PathChange> out)
            throws IOException {
        if (before.contains(now)) {
            return;
        }
        Map<String, TreeEntry> mine = entries(now);
        List<Map<String, TreeEntry>> theirs = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>(mine.keySet());
        for (Optional<ObjectId> tree : before) {
            theirs.add(entries(tree));
        }
        theirs.forEach(t -> names.addAll(t.keySet()));
        for (String name : names) {
            TreeEntry current = mine.get(name);
            if (theirs.stream().anyMatch(t -> Objects.equals(current, t.get(name)))) {
                continue;
            }
            Optional<TreeEntry> entry = Optional.ofNullable(current);
            List<Optional<TreeEntry>> old =
                    theirs.stream().map(t -> Optional.ofNullable(t.get(name))).toList();
            files(prefix + name, entry, old, out);
            if (!Trees.FOREIGN.contains(name)) {
                compare(
                        prefix + name + "/",
                        folder(entry),
                        old.stream().map(ChangeIndex::folder).toList(),
                        out);
            }
        }
    }

    private static void files(
            String path, Optional<TreeEntry> entry, List<Optional<TreeEntry>> old, List<PathChange> out) {
        Optional<ObjectId> now = file(entry);
        List<Optional<ObjectId>> before = old.stream().map(ChangeIndex::file).toList();
        if (!before.contains(now)) {
            out.add(new PathChange(
                    path, before.stream().flatMap(Optional::stream).findFirst(), now));
        }
    }

    private static Optional<ObjectId> file(Optional<TreeEntry> entry) {
        return entry.filter(TreeEntry::file).map(TreeEntry::id);
    }

    private static Optional<ObjectId> folder(Optional<TreeEntry> entry) {
        return entry.filter(TreeEntry::folder).map(TreeEntry::id);
    }

    private Map<String, TreeEntry> entries(Optional<ObjectId> tree) throws IOException {
        return tree.isPresent() ? trees.entries(tree.get()) : Map.of();
    }

    /** Positions of the commits that changed the path. */
    List<Integer> commits(String path) {
        return byPath.getOrDefault(path, List.of());
    }

    Collection<PathChange> changes(int position) {
        return byCommit.get(position);
    }

    /** How many commits could not be compared, or not wholly. */
    int unreadableCommits() {
        return unreadableCommits;
    }
}
