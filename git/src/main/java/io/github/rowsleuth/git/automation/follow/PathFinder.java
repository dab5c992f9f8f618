package io.github.rowsleuth.git.automation.follow;

import io.github.rowsleuth.git.automation.shell.ShellScript;
import io.github.rowsleuth.git.automation.tree.Glob;
import io.github.rowsleuth.git.automation.tree.Paths;
import io.github.rowsleuth.git.automation.tree.RepositoryTree;
import io.github.rowsleuth.git.automation.tree.TreeFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the files of the repository that a word of a command means. */
final class PathFinder {

    private static final int MAX_CANDIDATES = 4;

    private final RepositoryTree tree;
    private PathMapping everywhere = PathMapping.NONE;

    PathFinder(RepositoryTree tree) {
        this.tree = tree;
    }

    /**
     * What a word means.
     *
     * @param paths files of the repository; none where there is no such file
     * @param certain whether it can be no other file
     * @param unknown whether a part of the word is known only at run time
     */
    record Found(List<String> paths, boolean certain, boolean unknown) {
        Found {
            paths = List.copyOf(paths);
        }

        static final Found NOTHING = new Found(List.of(), true, false);
    }

    /** Makes known what some image copies where, for paths of containers that nothing else explains. */
    void learn(PathMapping mapping) {
        everywhere = everywhere.and(mapping);
    }

    Found find(String word, RunContext context) {
        String text = word.strip();
        if (text.isEmpty() || text.length() > 1_000 || text.startsWith("-") || text.contains("://")) {
            return Found.NOTHING;
        }
        if (text.contains("${")) {
            return afterUnknown(text, context);
        }
        if (Glob.isPattern(text)) {
            return pattern(text, context);
        }
        Optional<String> exact = exact(text, context);
        if (exact.isPresent()) {
            return new Found(List.of(exact.get()), true, false);
        }
        return byEnd(text, context);
    }

    /** The folder of the repository that a word means, if there is one. */
    Optional<String> folder(String word, RunContext context) {
        String text = word.contains("${") ? known(word) : word;
        if (text.isEmpty()) {
            return Optional.empty();
        }
        for (String candidate : candidates(text, context)) {
            if (tree.isFolder(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    /** The folder of the repository that a directory stands for, if it does. */
    Optional<String> folderOf(RunContext context) {
        return context.folder()
                .or(() -> inContainer(context.directory(), context).filter(tree::isFolder));
    }

    private Optional<String> exact(String text, RunContext context) {
        for (String candidate : candidates(text, context)) {
            if (tree.contains(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    /** The paths of the repository that a word can be, the likeliest first. */
    private List<String> candidates(String text, RunContext context) {
        List<String> candidates = new ArrayList<>();
        if (text.startsWith(ShellScript.REPOSITORY)) {
            candidates.add(inRepository(text));
            return candidates;
        }
        String whole = text.startsWith("/") ? Paths.join("", text) : Paths.join(context.directory(), text);
        if (whole.startsWith(ShellScript.REPOSITORY)) {
            candidates.add(inRepository(whole));
        } else {
            inContainer(whole, context).ifPresent(candidates::add);
        }
        if (!text.startsWith("/")) {
            for (String folder : Paths.upwards(Paths.folder(context.file()))) {
                candidates.add(Paths.join(folder, text));
            }
        }
        return candidates;
    }

    private static String inRepository(String path) {
        return Paths.join("", path.substring(ShellScript.REPOSITORY.length()).replaceFirst("^/+", ""));
    }

    private Optional<String> inContainer(String path, RunContext context) {
        if (!path.startsWith("/")) {
            return Optional.empty();
        }
        return context.mapping().behind(path, tree).or(() -> everywhere.behind(path, tree));
    }

    /** A path that nothing explains: the file whose path ends like it. A mere name must be that of a single file. */
    private Found byEnd(String text, RunContext context) {
        String whole = text.startsWith("/") || !context.directory().startsWith("/")
                ? text
                : Paths.join(context.directory(), text);
        String path = Paths.join("", whole.startsWith(ShellScript.REPOSITORY) ? inRepository(whole) : whole);
        List<TreeFile> files = tree.bySuffix(path, context.file());
        boolean bare = !text.contains("/");
        if (files.isEmpty() || (bare && (files.size() > 1 || !text.contains(".")))) {
            return Found.NOTHING;
        }
        if (!path.startsWith("/") && path.contains("/") && !files.get(0).path().endsWith("/" + path)) {
            return Found.NOTHING; // a relative path is only met by files that end with all of it
        }
        if (files.size() > MAX_CANDIDATES) {
            return new Found(List.of(), false, true);
        }
        boolean certain = tree.named(Paths.name(path)).size() == 1;
        return new Found(files.stream().map(TreeFile::path).toList(), certain, false);
    }

    private Found afterUnknown(String text, RunContext context) {
        String known = known(text);
        if (known.isEmpty() || known.contains("${") || !Paths.name(known).contains(".")) {
            return new Found(List.of(), false, true);
        }
        if (Glob.isPattern(known)) {
            return new Found(List.of(), false, true);
        }
        Optional<String> direct = exact(known, context);
        if (direct.isPresent()) {
            return new Found(List.of(direct.get()), true, false);
        }
        List<TreeFile> files = tree.bySuffix(known, context.file());
        List<String> fitting = files.stream()
                .map(TreeFile::path)
                .filter(p -> p.equals(known) || p.endsWith("/" + known))
                .limit(MAX_CANDIDATES)
                .toList();
        boolean certain = fitting.size() == 1 && tree.named(Paths.name(known)).size() == 1;
        return new Found(fitting, certain, fitting.isEmpty());
    }

    /** What follows the last unknown part of a path. */
    private static String known(String text) {
        int end = text.lastIndexOf('}');
        String rest = text.substring(end + 1);
        return rest.startsWith("/") ? Paths.join("", rest.substring(1)) : "";
    }

    private Found pattern(String text, RunContext context) {
        for (String candidate : candidates(text, context)) {
            List<String> files =
                    tree.matching(candidate).stream().map(TreeFile::path).toList();
            if (!files.isEmpty()) {
                return new Found(files, true, false);
            }
        }
        int wild = 0;
        while (wild < text.length() && "*?[".indexOf(text.charAt(wild)) < 0) {
            wild++;
        }
        int slash = text.lastIndexOf('/', wild);
        Optional<String> folder = slash <= 0 ? Optional.empty() : folder(text.substring(0, slash), context);
        List<String> files = folder.map(f -> tree.matching(Paths.join(f, text.substring(slash + 1))).stream()
                        .map(TreeFile::path)
                        .toList())
                .orElse(List.of());
        return new Found(files, true, false);
    }
}
