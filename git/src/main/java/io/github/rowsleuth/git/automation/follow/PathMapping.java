package io.github.rowsleuth.git.automation.follow;

import io.github.rowsleuth.git.automation.tree.Paths;
import io.github.rowsleuth.git.automation.tree.RepositoryTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where the files of the repository lie in a container: what was copied or mounted, the latest first. Immutable. */
public final class PathMapping {

    public static final PathMapping NONE = new PathMapping(List.of());

    private static final int MAX_ENTRIES = 2_000;

    /** A path in the container, and the one in the repository that it stands for. */
    private record Entry(String inside, String path) {}

    private final List<Entry> entries;

    private PathMapping(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    /** This mapping, and before it another place. */
    public PathMapping with(String inside, String path) {
        List<Entry> more = new ArrayList<>();
        more.add(new Entry(Paths.join("", inside), path));
        more.addAll(entries.subList(0, Math.min(entries.size(), MAX_ENTRIES)));
        return new PathMapping(more);
    }

    /** This mapping, and after it all of the other. */
    public PathMapping and(PathMapping other) {
        List<Entry> more = new ArrayList<>(entries);
        more.addAll(other.entries.subList(0, Math.min(other.entries.size(), MAX_ENTRIES)));
        return new PathMapping(more);
    }

    /** The path in the repository that stands behind an absolute one, if there is a file or a folder there. */
    Optional<String> behind(String inside, RepositoryTree tree) {
        for (Entry entry : entries) {
            String path = null;
            if (inside.equals(entry.inside)) {
                path = entry.path;
            } else if (inside.startsWith(entry.inside.endsWith("/") ? entry.inside : entry.inside + "/")) {
                path = Paths.join(
                        entry.path, inside.substring(entry.inside.length()).replaceFirst("^/+", ""));
            }
            if (path != null && (tree.contains(path) || tree.isFolder(path))) {
                return Optional.of(path);
            }
        }
        return Optional.empty();
    }

    /** What lies at a path or below it, by the rest of the path. */
    public Map<String, String> below(String inside) {
        Map<String, String> below = new LinkedHashMap<>();
        String plain = Paths.join("", inside);
        for (Entry entry : entries) {
            if (entry.inside.equals(plain)) {
                below.put("", entry.path);
            } else if (entry.inside.startsWith(plain.endsWith("/") ? plain : plain + "/")) {
                below.put(entry.inside.substring(plain.length()).replaceFirst("^/+", ""), entry.path);
            } else if (plain.startsWith(entry.inside.endsWith("/") ? entry.inside : entry.inside + "/")) {
                below.putIfAbsent(
                        "",
                        Paths.join(
                                entry.path,
                                plain.substring(entry.inside.length()).replaceFirst("^/+", "")));
            }
        }
        return below;
    }

    public boolean isEmpty() {
        return entries.isEmpty();
    }
}
