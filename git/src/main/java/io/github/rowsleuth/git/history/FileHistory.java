package io.github.rowsleuth.git.history;

import io.github.rowsleuth.git.store.OpenRepository;
import io.github.rowsleuth.git.store.ShelvedNames;
import io.github.rowsleuth.probe.CommitRef;
import io.github.rowsleuth.probe.FileChange;
import io.github.rowsleuth.probe.FileChange.Kind;
import java.io.IOException;
import java.time.Instant;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.lib.ObjectId;

/**
 * The lives of files, over all branches and tags, through renamings and copies. Holds no open file: what texts of
 * commits it shows are read from the repository it is given.
 */
public final class FileHistory {

    /** Commits beyond this number are left out, the oldest first. */
    public static final int MAX_COMMITS = 250_000;

    /** Changes beyond this number are left out, the oldest first. */
    public static final int MAX_CHANGES = 3_000_000;

    private final CommitGraph graph;
    private final ChangeIndex index;
    private final Map<Integer, RenamePairs> pairs = new HashMap<>();
    private final Map<Integer, List<String>> references = new HashMap<>();
    private final Map<Integer, CommitRef> refs = new HashMap<>();
    private Optional<Copies> copies = Optional.empty();

    private FileHistory(CommitGraph graph, ChangeIndex index) {
        this.graph = graph;
        this.index = index;
    }

    /**
     * {@return the history of a repository}
     *
     * @param repository the repository
     * @param asOf a commit to begin with, beside all references
     * @param late whether the time for comparing commits is up
     * @throws InterruptedException if the thread is stopped
     */
    public static FileHistory read(OpenRepository repository, ObjectId asOf, BooleanSupplier late)
            throws InterruptedException {
        return read(repository, asOf, late, MAX_COMMITS);
    }

    static FileHistory read(OpenRepository repository, ObjectId asOf, BooleanSupplier late, int mostCommits)
            throws InterruptedException {
        CommitGraph graph = CommitGraph.read(repository, asOf, mostCommits);
        return new FileHistory(graph, ChangeIndex.of(graph, repository, MAX_CHANGES, late));
    }

    /** {@return the commits} */
    public CommitGraph graph() {
        return graph;
    }

    /** {@return what they changed} */
    public ChangeIndex changes() {
        return index;
    }

    /**
     * {@return the changes of the file that has this path now, the oldest first}
     *
     * @param path the path
     * @param repository the repository that this history was read from
     */
    public List<FileChange> of(String path, OpenRepository repository) {
        return life(path, repository).stream().map(Event::change).toList();
    }

    /**
     * {@return the same, with the contents that the file had}
     *
     * @param path the path
     * @param repository the repository that this history was read from
     */
    public List<Event> life(String path, OpenRepository repository) {
        TreeMap<Integer, Map<String, Event>> found = new TreeMap<>();
        collect(path, Optional.empty(), new HashSet<>(), found, repository);
        return found.values().stream().flatMap(m -> m.values().stream()).toList();
    }

    /**
     * A change of a file.
     *
     * @param change what was done
     * @param content what the file held afterwards, empty where it was deleted
     */
    public record Event(FileChange change, Optional<ObjectId> content) {}

    private void collect(
            String path,
            Optional<BitSet> within,
            Set<PathChange> seen,
            Map<Integer, Map<String, Event>> into,
            OpenRepository repository) {
        for (int position : index.commits(path)) {
            if (within.isEmpty() || within.get().get(position)) {
                Optional<PathChange> change = index.change(position, path);
                change.ifPresent(c -> add(c, position, within, seen, into, repository));
            }
        }
    }

    private void add(
            PathChange change,
            int position,
            Optional<BitSet> within,
            Set<PathChange> seen,
            Map<Integer, Map<String, Event>> into,
            OpenRepository repository) {
        FileChange event;
        if (change.added()) {
            event = beginning(change, position, repository);
            if (event.previousPath().isPresent() && seen.add(change)) {
                BitSet before = before(event, position);
                within.ifPresent(before::and);
                collect(event.previousPath().get(), Optional.of(before), seen, into, repository);
            }
        } else if (change.deleted()) {
            event = pairs(position)
                    .destination(change, repository.objects())
                    .map(to -> moved(position, change.path(), to, repository))
                    .orElseGet(() -> change(Kind.DELETED, position, change.path(), Optional.empty(), repository));
        } else {
            event = change(Kind.MODIFIED, position, change.path(), Optional.empty(), repository);
        }
        into.computeIfAbsent(position, p -> new LinkedHashMap<>())
                .putIfAbsent(change.path(), new Event(event, change.after()));
    }

    /** Where the file can have its earlier path: what others do to that before they learn of a renaming is merged into it. */
    private BitSet before(FileChange event, int position) {
        return event.kind() == Kind.COPIED ? graph.ancestors(position) : graph.allButDescendants(position);
    }

    private FileChange beginning(PathChange added, int position, OpenRepository repository) {
        Optional<String> origin = pairs(position).origin(added, repository.objects());
        if (origin.isPresent()) {
            return moved(position, origin.get(), added.path(), repository);
        }
        Optional<String> original = copies().original(added, position, repository.objects());
        Kind kind = original.isPresent() ? Kind.COPIED : Kind.ADDED;
        return change(kind, position, added.path(), original, repository);
    }

    private FileChange moved(int position, String from, String to, OpenRepository repository) {
        boolean shelves = ShelvedNames.shelved(to) && !ShelvedNames.shelved(from);
        boolean sameName = name(from).equals(name(to));
        Kind kind = shelves ? Kind.DISABLED : sameName ? Kind.MOVED : Kind.RENAMED;
        return change(kind, position, to, Optional.of(from), repository);
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private Copies copies() {
        if (copies.isEmpty()) {
            copies = Optional.of(new Copies(index, graph));
        }
        return copies.get();
    }

    private RenamePairs pairs(int position) {
        return pairs.computeIfAbsent(position, p -> new RenamePairs(index.changes(p)));
    }

    private FileChange change(
            Kind kind, int position, String path, Optional<String> previous, OpenRepository repository) {
        List<String> names = references.computeIfAbsent(position, graph::referencesContaining);
        return new FileChange(kind, ref(position, repository), path, previous, names);
    }

    /**
     * {@return the commit at a place, as reports name it}
     *
     * @param position the place
     * @param repository the repository that this history was read from
     */
    public CommitRef ref(int position, OpenRepository repository) {
        return refs.computeIfAbsent(position, p -> {
            try {
                return repository.revisions().read(graph.id(p)).ref();
            } catch (IOException | LargeObjectException e) {
                Instant committed = Instant.ofEpochSecond(graph.commit(p).committed());
                return new CommitRef(graph.id(p).name(), "", committed, committed, "");
            }
        });
    }
}
