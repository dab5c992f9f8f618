package io.github.rowsleuth.git.history;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/** Tells which file another one was copied from: an earlier one with the same content, left where it was. */
final class Copies {

    private final ChangeIndex index;
    private final CommitGraph graph;
    private final Map<ObjectId, List<Origin>> byContent = new HashMap<>();

    private record Origin(String path, int commit) {}

    Copies(ChangeIndex index, CommitGraph graph) {
        this.index = index;
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
    Optional<String> original(PathChange added, int position) {
        List<Origin> same = added.after().map(byContent::get).orElse(null);
        if (same == null) {
            return Optional.empty();
        }
        BitSet before = graph.ancestors(position);
        return same.stream()
                .filter(o -> before.get(o.commit) && !o.path.equals(added.path()))
                .map(Origin::path)
                .distinct()
                .filter(path -> unchanged(path, added, position, before))
                .min(Comparator.comparing((String path) -> !path.endsWith("/" + added.name()))
                        .thenComparing(path -> path));
    }

    /** Whether the last change of the path before the commit left it with the content of the copy. */
    private boolean unchanged(String path, PathChange added, int position, BitSet before) {
        return index.commits(path).stream()
                .filter(commit -> commit < position && before.get(commit))
                .max(Comparator.naturalOrder())
                .flatMap(commit -> index.change(commit, path))
                .flatMap(PathChange::after)
                .equals(added.after());
    }
}
