package io.github.rowsleuth.git.history;

import io.github.rowsleuth.git.store.StoredObjects;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.api.errors.CanceledException;
import org.eclipse.jgit.diff.DiffConfig;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.diff.RenameDetector;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.lib.AbbreviatedObjectId;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which path of a commit became which: first by equal content, then by likeness for those that are asked about. */
final class RenamePairs {

    private static final Logger LOG = LoggerFactory.getLogger(RenamePairs.class);
    private static final int MAX_COMPARED = 400;
    private static final int MAX_SIZE = 1 << 20;

    /** How alike, in percent, contents must be, as git has it. */
    private static final int SCORE = 50;

    /** Up to so many pairs all are compared at once, so that each finds the one that it is most like. */
    private static final int MAX_PAIRS = 1_000;

    private final Map<String, String> oldByNew = new HashMap<>();
    private final Map<String, String> newByOld = new HashMap<>();
    private final List<PathChange> leftAdded = new ArrayList<>();
    private final List<PathChange> leftDeleted = new ArrayList<>();
    private final Set<String> asked = new HashSet<>();

    RenamePairs(Collection<PathChange> changes) {
        Map<ObjectId, List<PathChange>> deleted = new HashMap<>();
        for (PathChange change : changes) {
            change.before()
                    .filter(id -> change.deleted())
                    .ifPresent(id ->
                            deleted.computeIfAbsent(id, x -> new ArrayList<>()).add(change));
        }
        for (PathChange change : changes) {
            if (change.added() && !exact(change, deleted)) {
                leftAdded.add(change);
            }
        }
        deleted.values().forEach(leftDeleted::addAll);
    }

    private boolean exact(PathChange added, Map<ObjectId, List<PathChange>> deleted) {
        List<PathChange> same = added.after().map(deleted::get).orElse(null);
        if (same == null || same.isEmpty()) {
            return false;
        }
        PathChange old = same.stream()
                .filter(d -> d.name().equals(added.name()))
                .findFirst()
                .orElse(same.get(0));
        same.remove(old);
        pair(old.path(), added.path());
        return true;
    }

    private void pair(String old, String renamed) {
        oldByNew.put(renamed, old);
        newByOld.put(old, renamed);
    }

    /** The path that became this one in the commit. */
    Optional<String> origin(PathChange added, StoredObjects objects) {
        if (!oldByNew.containsKey(added.path())) {
            compare(added, List.of(added), near(leftDeleted, added), objects);
        }
        return Optional.ofNullable(oldByNew.get(added.path()));
    }

    /** The path that this one became in the commit. */
    Optional<String> destination(PathChange deleted, StoredObjects objects) {
        if (!newByOld.containsKey(deleted.path())) {
            compare(deleted, near(leftAdded, deleted), List.of(deleted), objects);
        }
        return Optional.ofNullable(newByOld.get(deleted.path()));
    }

    /** Those that are left, the ones first that have the name, the folder or the kind in common. */
    private List<PathChange> near(List<PathChange> candidates, PathChange change) {
        return candidates.stream()
                .filter(this::unpaired)
                .sorted(Comparator.comparing((PathChange c) -> !stem(c).equals(stem(change)))
                        .thenComparing(c -> !folder(c).equals(folder(change)))
                        .thenComparing(c -> !extension(c.name()).equals(extension(change.name()))))
                .limit(MAX_COMPARED)
                .toList();
    }

    private boolean unpaired(PathChange change) {
        return !oldByNew.containsKey(change.path()) && !newByOld.containsKey(change.path());
    }

    private static String stem(PathChange change) {
        int point = change.name().indexOf('.', 1);
        return point < 0 ? change.name() : change.name().substring(0, point);
    }

    private static String folder(PathChange change) {
        return change.path().substring(0, change.path().length() - change.name().length());
    }

    private static String extension(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private void compare(PathChange asking, List<PathChange> added, List<PathChange> deleted, StoredObjects objects) {
        if (added.isEmpty() || deleted.isEmpty() || !asked.add(asking.path())) {
            return;
        }
        if ((long) leftAdded.size() * leftDeleted.size() > MAX_PAIRS) {
            compare(added, deleted, objects);
        } else if (asked.size() == 1) {
            compare(leftAdded, leftDeleted, objects);
        }
    }

    private void compare(List<PathChange> added, List<PathChange> deleted, StoredObjects objects) {
        RenameDetector detector = new RenameDetector(objects, new Config().get(DiffConfig.KEY));
        detector.setRenameScore(SCORE);
        List<DiffEntry> entries = new ArrayList<>();
        added.stream().filter(c -> small(c.after(), objects)).forEach(c -> entries.add(new Entry(c)));
        deleted.stream().filter(c -> small(c.before(), objects)).forEach(c -> entries.add(new Entry(c)));
        detector.addAll(entries);
        try {
            for (DiffEntry entry : detector.compute(objects, NullProgressMonitor.INSTANCE)) {
                if (entry.getChangeType() == DiffEntry.ChangeType.RENAME) {
                    pair(entry.getOldPath(), entry.getNewPath());
                }
            }
        } catch (IOException | CanceledException | LargeObjectException e) {
            LOG.debug("contents could not be compared", e);
        }
    }

    private static boolean small(Optional<ObjectId> id, StoredObjects objects) {
        try {
            return id.isPresent() && objects.size(id.get()) <= MAX_SIZE;
        } catch (IOException e) {
            return false;
        }
    }

    private static final class Entry extends DiffEntry {
        Entry(PathChange change) {
            oldPath = change.added() ? DEV_NULL : change.path();
            newPath = change.deleted() ? DEV_NULL : change.path();
            oldMode = change.added() ? FileMode.MISSING : FileMode.REGULAR_FILE;
            newMode = change.deleted() ? FileMode.MISSING : FileMode.REGULAR_FILE;
            oldId = AbbreviatedObjectId.fromObjectId(change.before().orElse(ObjectId.zeroId()));
            newId = AbbreviatedObjectId.fromObjectId(change.after().orElse(ObjectId.zeroId()));
            changeType = change.added() ? ChangeType.ADD : ChangeType.DELETE;
        }
    }
}
