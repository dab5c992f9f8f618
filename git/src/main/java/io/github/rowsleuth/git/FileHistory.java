package io.github.rowsleuth.git;

import io.github.rowsleuth.probe.FileChange;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The lives of files, over all branches and tags, through renamings. For one thread. */
final class FileHistory {

    private final CommitGraph graph;
    private final ChangeIndex index;
    private final StoredObjects objects;
    private final Map<Integer, RenamePairs> pairs = new HashMap<>();
    private final Map<Integer, List<String>> references = new HashMap<>();

    private FileHistory(CommitGraph graph, ChangeIndex index, StoredObjects objects) {
        this.graph = graph;
        this.index = index;
        this.objects = objects;
    }

    static FileHistory read(OpenRepository repository, Commit asOf) throws InterruptedException {
        CommitGraph graph = CommitGraph.read(repository, asOf);
        return new FileHistory(graph, ChangeIndex.of(graph, repository.trees()), repository.objects());
    }

    CommitGraph graph() {
        return graph;
    }

    int unreadableCommits() {
        return index.unreadableCommits();
    }

    /** The changes of the file that has this path now, the oldest first. */
    List<FileChange> of(String path) {
        TreeMap<Integer, List<FileChange>> found = new TreeMap<>();
        collect(path, Optional.empty(), new HashSet<>(), found);
        return found.values().stream().flatMap(List::stream).toList();
    }

    private void collect(String path, Optional<BitSet> within, Set<String> seen, Map<Integer, List<FileChange>> into) {
        if (!seen.add(path)) {
            return;
        }
        for (int position : index.commits(path)) {
            if (within.isEmpty() || within.get().get(position)) {
                for (PathChange change : index.changes(position)) {
                    if (change.path().equals(path)) {
                        add(change, position, seen, into);
                    }
                }
            }
        }
    }

    private void add(PathChange change, int position, Set<String> seen, Map<Integer, List<FileChange>> into) {
        FileChange event;
        if (change.added() && !graph.cutOff(position)) {
            Optional<String> origin = pairs(position).origin(change);
            event = origin.map(old -> change(FileChange.Kind.RENAMED, position, change.path(), origin))
                    .orElseGet(() -> change(FileChange.Kind.ADDED, position, change.path(), Optional.empty()));
            origin.ifPresent(old -> collect(old, Optional.of(graph.ancestors(position)), seen, into));
        } else if (change.deleted()) {
            event = pairs(position)
                    .destination(change)
                    .map(to -> change(FileChange.Kind.RENAMED, position, to, Optional.of(change.path())))
                    .orElseGet(() -> change(FileChange.Kind.DELETED, position, change.path(), Optional.empty()));
        } else if (change.added()) {
            return; // its parents are not here: whether it came with this commit is not known
        } else {
            event = change(FileChange.Kind.MODIFIED, position, change.path(), Optional.empty());
        }
        into.computeIfAbsent(position, p -> new ArrayList<>()).add(event);
    }

    private RenamePairs pairs(int position) {
        return pairs.computeIfAbsent(position, p -> new RenamePairs(objects, index.changes(p)));
    }

    private FileChange change(FileChange.Kind kind, int position, String path, Optional<String> previous) {
        List<String> refs = references.computeIfAbsent(position, graph::referencesContaining);
        return new FileChange(kind, graph.commit(position).ref(), path, previous, refs);
    }
}
