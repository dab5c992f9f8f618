package io.github.rowsleuth.git.automation.mention;

import io.github.rowsleuth.git.automation.tree.Paths;
import io.github.rowsleuth.git.automation.tree.RepositoryTree;
import io.github.rowsleuth.git.automation.tree.TreeFile;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds the names of scripts in texts, in one pass over each. For one thread. */
public final class MentionIndex {

    private static final Set<String> EXTENSIONS = Set.of(
            "sh", "bash", "zsh", "sql", "psql", "py", "js", "mjs", "cjs", "ts", "mts", "rb", "php", "pl", "go", "ps1",
            "bat", "rake", "java", "kt", "cs", "exs", "r");
    private static final int MAX_NAME = 200;
    private static final int MAX_OF_ONE_NAME = 400;
    private static final int MAX_FILES_OF_ONE_NAME = 12;

    /**
     * A place that names a file.
     *
     * @param path the path as it stands there, as far as it can be one
     */
    public record Mention(String file, int line, String path) {}

    private final RepositoryTree tree;
    private final Set<String> names = new HashSet<>();
    /** The ends of the names, three letters of each: words with another end need not be cut out of their text. */
    private final BitSet ends = new BitSet();

    private final Map<String, List<Mention>> found = new HashMap<>();

    public MentionIndex(RepositoryTree tree, Set<String> asked) {
        this.tree = tree;
        for (TreeFile file : tree.files()) {
            boolean script = EXTENSIONS.contains(Paths.extension(file.path()));
            if (script && file.name().length() > 4 && tree.named(file.name()).size() <= MAX_FILES_OF_ONE_NAME) {
                add(file.name());
            }
        }
        asked.forEach(path -> add(Paths.name(path)));
    }

    private void add(String name) {
        names.add(name);
        ends.set(end(name, name.length()));
    }

    private static int end(String text, int stop) {
        int end = 0;
        for (int i = Math.max(0, stop - 3); i < stop; i++) {
            end = 31 * end + text.charAt(i);
        }
        return end & 0xFFFF;
    }

    /** Reads a text. */
    public void add(String file, String text) {
        int line = 1;
        int at = 0;
        int length = text.length();
        while (at < length) {
            char c = text.charAt(at);
            if (!isPart(c)) {
                line += c == '\n' ? 1 : 0;
                at++;
                continue;
            }
            int start = at;
            int dot = -1;
            while (at < length && isPart(text.charAt(at))) {
                dot = text.charAt(at) == '.' ? at : dot;
                at++;
            }
            if (dot > start && at - start < MAX_NAME) {
                token(file, text, start, at, line);
            } else if (at + 1 < length && text.charAt(at) == '\\' && text.charAt(at + 1) == '.') {
                escaped(file, text, start, at, line);
            } else if (dot < 0 && (start == 0 || text.charAt(start - 1) == '/') && at - start > 2) {
                whole(file, text, start, at, line);
            }
        }
    }

    private static boolean isPart(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '_'
                || c == '-'
                || c == '.';
    }

    private void token(String file, String text, int start, int end, int line) {
        int stop = end;
        while (stop > start && text.charAt(stop - 1) == '.') {
            stop--;
        }
        known(file, text, start, stop, line);
    }

    private void known(String file, String text, int start, int stop, int line) {
        if (stop - start >= 3 && ends.get(end(text, stop))) {
            String name = text.substring(start, stop);
            if (names.contains(name)) {
                note(file, text, start, name, line);
            }
        }
    }

    /** A name in a pattern: {@code wipe\.py}. */
    private void escaped(String file, String text, int start, int end, int line) {
        int stop = end + 2;
        while (stop < text.length() && isPart(text.charAt(stop))) {
            stop++;
        }
        String name = text.substring(start, end) + "." + text.substring(end + 2, stop);
        if (names.contains(name)) {
            note(file, text, start, name, line);
        }
    }

    /** A name without an extension counts where a folder stands before it. */
    private void whole(String file, String text, int start, int end, int line) {
        if (end - start < MAX_NAME) {
            known(file, text, start, end, line);
        }
    }

    private void note(String file, String text, int start, String name, int line) {
        int from = start;
        while (from > 0 && start - from < MAX_NAME && (isPart(text.charAt(from - 1)) || text.charAt(from - 1) == '/')) {
            from--;
        }
        List<Mention> of = found.computeIfAbsent(name, n -> new ArrayList<>(2));
        if (of.size() < MAX_OF_ONE_NAME) {
            of.add(new Mention(file, line, text.substring(from, start) + name));
        }
    }

    /** The places that name the file, and do not rather name another one. */
    public List<Mention> of(String path) {
        List<Mention> all = new ArrayList<>();
        for (Mention mention : found.getOrDefault(Paths.name(path), List.of())) {
            if (!mention.file.equals(path) && means(mention.path, path)) {
                all.add(mention);
            }
        }
        return all;
    }

    /** Whether a path as it is written means the file: its last folder is the same, or that of no other file. */
    private boolean means(String written, String path) {
        String plain = Paths.join("", written).replaceFirst("^/+", "");
        String folder = Paths.folder(plain);
        if (folder.isEmpty()) {
            return true;
        }
        String end = "/" + Paths.name(folder) + "/" + Paths.name(plain);
        if (("/" + path).endsWith(end)) {
            return true;
        }
        return tree.named(Paths.name(path)).stream().noneMatch(f -> ("/" + f.path()).endsWith(end));
    }
}
