package io.github.rowsleuth.git.automation.tree;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The files of one commit. For one thread. */
public final class RepositoryTree {

    private static final int MAX_MATCHES = 500;

    /** Reads the text of a file; empty where it can not be read. */
    @FunctionalInterface
    public interface ContentReader {
        Optional<String> read(TreeFile file);
    }

    private final TreeMap<String, TreeFile> byPath = new TreeMap<>();
    private final Map<String, List<TreeFile>> byName = new HashMap<>();
    private final ContentReader reader;
    private final Set<String> ends = new HashSet<>();
    private final TextCache texts = new TextCache();
    private final Map<String, List<TreeFile>> suffixes = new HashMap<>();

    public RepositoryTree(Collection<TreeFile> files, ContentReader reader) {
        this.reader = reader;
        for (TreeFile file : files) {
            byPath.put(file.path(), file);
        }
        for (TreeFile file : byPath.values()) {
            byName.computeIfAbsent(file.name(), n -> new ArrayList<>(1)).add(file);
            ends.add(end(file.path()));
        }
    }

    public Collection<TreeFile> files() {
        return byPath.values();
    }

    public boolean contains(String path) {
        return byPath.containsKey(path);
    }

    public Optional<TreeFile> file(String path) {
        return Optional.ofNullable(byPath.get(path));
    }

    public Optional<String> text(TreeFile file) {
        return texts.get(file, reader).map(t -> t.startsWith("\uFEFF") ? t.substring(1) : t);
    }

    public Optional<String> text(String path) {
        return file(path).flatMap(this::text);
    }

    /** The name with the folder that it lies in. */
    private static String end(String path) {
        int folder = path.lastIndexOf('/', path.lastIndexOf('/') - 1);
        return folder < 0 ? path : path.substring(folder + 1);
    }

    /** Whether some file has the name of this path and lies in a folder of the same name. */
    public boolean hasEnd(String path) {
        return ends.contains(end(path));
    }

    /** The files of this name, by path. */
    public List<TreeFile> named(String name) {
        return byName.getOrDefault(name, List.of());
    }

    public boolean isFolder(String path) {
        return path.isEmpty()
                ? !byPath.isEmpty()
                : !byPath.subMap(path + "/", path + "0").isEmpty();
    }

    /** The files in the folder and in those below it. */
    public Collection<TreeFile> under(String folder) {
        return folder.isEmpty()
                ? byPath.values()
                : byPath.subMap(folder + "/", folder + "0").values();
    }

    /** The files that a pattern names, seen from the root; the first {@value #MAX_MATCHES}. */
    public List<TreeFile> matching(String pattern) {
        int wild = 0;
        while (wild < pattern.length() && "*?[".indexOf(pattern.charAt(wild)) < 0) {
            wild++;
        }
        String fixed = pattern.substring(0, wild);
        int slash = fixed.lastIndexOf('/');
        return under(slash < 0 ? "" : fixed.substring(0, slash)).stream()
                .filter(f -> Glob.matches(pattern, f.path()))
                .limit(MAX_MATCHES)
                .toList();
    }

    /**
     * The files whose paths end as this one does, by as many parts as possible; of these the ones nearest to {@code near}.
     * More than one is left where nothing tells which is meant.
     */
    public List<TreeFile> bySuffix(String path, String near) {
        if (named(Paths.name(path)).size() < 2) {
            return named(Paths.name(path));
        }
        return suffixes.computeIfAbsent(path + "\n" + Paths.folder(near), k -> nearest(path, near));
    }

    private List<TreeFile> nearest(String path, String near) {
        int longest = 0;
        List<TreeFile> best = new ArrayList<>();
        for (TreeFile file : named(Paths.name(path))) {
            int common = commonEnd(file.path(), path);
            if (common > longest) {
                longest = common;
                best.clear();
            }
            if (common == longest) {
                best.add(file);
            }
        }
        if (best.size() < 2) {
            return best;
        }
        int nearest =
                best.stream().mapToInt(f -> Paths.shared(f.path(), near)).max().orElse(0);
        return best.stream()
                .filter(f -> Paths.shared(f.path(), near) == nearest)
                .sorted(Comparator.comparing(TreeFile::path))
                .toList();
    }

    /** How many parts two paths share at their end. */
    private static int commonEnd(String a, String b) {
        int same = 0;
        int i = a.length();
        int j = b.length();
        while (i > 0 && j > 0 && a.charAt(i - 1) == b.charAt(j - 1)) {
            i--;
            j--;
            same += a.charAt(i) == '/' ? 1 : 0;
        }
        boolean whole = (i == 0 || a.charAt(i - 1) == '/') && (j == 0 || b.charAt(j - 1) == '/');
        return same + (whole && i < a.length() && a.charAt(i) != '/' ? 1 : 0);
    }
}
