package io.github.rowsleuth.git.history;

import io.github.rowsleuth.git.store.StoredObjects;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells which file another one was copied from: an earlier one with the same content, left where it was. */
final class Copies {

    private static final Logger LOG = LoggerFactory.getLogger(Copies.class);

    private final CommitGraph graph;
    private final Map<ObjectId, List<Origin>> byContent = new HashMap<>();

    private record Origin(String path, int commit) {}

    Copies(ChangeIndex index, CommitGraph graph) {
        this.graph = graph;
        Map<Integer, List<Origin>> byNumber = new HashMap<>();
        index.forEachContent((path, content, commit) ->
                byNumber.computeIfAbsent(content, c -> new ArrayList<>(1)).add(new Origin(path, commit)));
        byNumber.forEach((content, origins) -> {
            if (origins.size() > 1) {
                byContent.put(index.contentId(content), origins);
            }
        });
    }

    /** The path of which the added file is a copy, the one with the same name before others. */
    Optional<String> original(PathChange added, int position, StoredObjects objects) {
        List<Origin> same = added.after().map(byContent::get).orElse(null);
        if (same == null) {
            return Optional.empty();
        }
        BitSet before = graph.ancestors(position);
        return same.stream()
                .filter(o -> before.get(o.commit) && !o.path.equals(added.path()))
                .map(Origin::path)
                .distinct()
                .filter(path -> there(path, added, position, objects))
                .min(Comparator.comparing((String path) -> !path.endsWith("/" + added.name()))
                        .thenComparing(path -> path));
    }

    /** Whether a parent of the commit has the content of the copy at that path. */
    private boolean there(String path, PathChange added, int position, StoredObjects objects) {
        for (int parent : graph.parents(position)) {
            try (TreeWalk walk =
                    TreeWalk.forPath(objects, path, graph.commit(parent).tree())) {
                if (walk != null && added.after().equals(Optional.of(walk.getObjectId(0)))) {
                    return true;
                }
            } catch (IOException | LargeObjectException e) {
                LOG.debug("a folder could not be read", e);
            }
        }
        return false;
    }
}
