package io.github.rowsleuth.git.automation.arming;

import io.github.rowsleuth.git.automation.follow.Explorer;
import io.github.rowsleuth.git.automation.follow.ProgramCache;
import io.github.rowsleuth.git.automation.graph.Edge;
import io.github.rowsleuth.git.automation.graph.Node;
import io.github.rowsleuth.git.automation.graph.Start;
import io.github.rowsleuth.git.automation.graph.Way;
import io.github.rowsleuth.git.automation.graph.WaySearch;
import io.github.rowsleuth.git.automation.surface.Surfaces;
import io.github.rowsleuth.git.automation.tree.RepositoryTree;
import io.github.rowsleuth.git.automation.tree.TreeFile;
import io.github.rowsleuth.probe.Arming;
import io.github.rowsleuth.probe.CommitRef;
import io.github.rowsleuth.probe.FileChange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Compares the graph and the settings of each commit that touched something on the way to a destructive file with those of
 * its parent. Of a commit only the files on the way are read. For one thread.
 */
public final class ArmingSearch {

    /** Files that leave something out of what is run. */
    private static final Set<String> EXCLUDING = Set.of(
            "pytest.ini",
            "setup.cfg",
            "tox.ini",
            "pyproject.toml",
            "jest.config.js",
            "jest.config.ts",
            "vitest.config.ts",
            ".mocharc.json",
            ".pre-commit-config.yaml",
            "lefthook.yml",
            ".dockerignore");

    private static final int MAX_COMMITS_OF_ONE = 25;
    private static final int MAX_COMMITS = 150;
    private static final int MAX_ARMINGS = 10;

    private final Function<String, List<FileChange>> lives;
    private final Function<String, Optional<CommitTrees>> trees;
    private final BiFunction<String, String, List<String>> guards;
    private final Set<String> settings = new TreeSet<>();
    private final Set<String> exclusions = new TreeSet<>();
    private final ProgramCache programs = new ProgramCache();
    private final Map<String, Set<String>> databases = new LinkedHashMap<>();
    private final BooleanSupplier timeLeft;
    private int compared;
    private int passedOver;

    /** An arming change, at its commit. */
    public record Armed(ArmingChange change, CommitRef commit, String file, Optional<Integer> line) {}

    /**
     * Makes one.
     *
     * @param now the files of the examined commit
     * @param lives gives the changes of a path
     * @param trees gives a commit beside its parent, by its id
     * @param guards finds in a file, by its path and its text, what stands between starting it and losing data
     * @param timeLeft whether there is time to compare another commit
     */
    public ArmingSearch(
            RepositoryTree now,
            Function<String, List<FileChange>> lives,
            Function<String, Optional<CommitTrees>> trees,
            BiFunction<String, String, List<String>> guards,
            BooleanSupplier timeLeft) {
        this.timeLeft = timeLeft;
        this.lives = lives;
        this.trees = trees;
        this.guards = guards;
        now.files().stream().filter(f -> Connections.isSettings(f.name())).forEach(f -> settings.add(f.path()));
        now.files().stream().filter(f -> EXCLUDING.contains(f.name())).forEach(f -> exclusions.add(f.path()));
    }

    /** How many commits were not compared because there were too many. */
    public int passedOver() {
        return passedOver;
    }

    public List<FileChange> life(String path) {
        return lives.apply(path);
    }

    /** The changes that armed the file, the newest first. */
    public List<Armed> of(String path, Set<String> parts, Set<String> onTheWay) throws InterruptedException {
        Set<String> files = new TreeSet<>(onTheWay);
        files.add(path);
        Set<String> own = near(path, settings);
        Map<String, CommitRef> commits = new LinkedHashMap<>();
        Map<String, Set<String>> touched = new LinkedHashMap<>();
        Set<String> renamed = new HashSet<>();
        Set<String> all = new TreeSet<>(files);
        all.addAll(own);
        if (!onTheWay.isEmpty()) {
            all.addAll(near(path, exclusions));
        }
        for (String file : all) {
            for (FileChange change : lives.apply(file)) {
                String id = change.commit().id();
                commits.put(id, change.commit());
                touched.computeIfAbsent(id, c -> new TreeSet<>()).add(file);
                if (file.equals(path) && change.kind() == FileChange.Kind.RENAMED) {
                    renamed.add(id);
                }
            }
        }
        List<CommitRef> newestFirst = commits.values().stream()
                .filter(c -> !renamed.contains(c.id()))
                .sorted(Comparator.comparing(CommitRef::committed).reversed().thenComparing(CommitRef::id))
                .toList();
        List<Armed> found = new ArrayList<>();
        int looked = 0;
        for (CommitRef commit : newestFirst) {
            if (Thread.interrupted()) {
                throw new InterruptedException("the examination was stopped");
            }
            if (looked++ >= MAX_COMMITS_OF_ONE
                    || compared >= MAX_COMMITS
                    || found.size() >= MAX_ARMINGS
                    || !timeLeft.getAsBoolean()) {
                passedOver++;
                continue;
            }
            compared++;
            Set<String> changed = touched.getOrDefault(commit.id(), Set.of());
            trees.apply(commit.id()).ifPresent(t -> found.addAll(compare(path, parts, files, own, t, commit, changed)));
        }
        return found;
    }

    /** Of some files those that another can be subject to: at the root, or in the same part of the repository. */
    private static Set<String> near(String path, Set<String> files) {
        Set<String> near = new TreeSet<>();
        String top = path.contains("/") ? path.substring(0, path.indexOf('/') + 1) : "";
        files.stream()
                .filter(s -> !s.contains("/") || (!top.isEmpty() && s.startsWith(top)))
                .forEach(near::add);
        return near;
    }

    private List<Armed> compare(
            String path,
            Set<String> parts,
            Set<String> files,
            Set<String> own,
            CommitTrees at,
            CommitRef commit,
            Set<String> changed) {
        try {
            ArmedState before = state(at.before(), path, parts, files, own);
            ArmedState after = state(at.after(), path, parts, files, own);
            List<Armed> found = new ArrayList<>();
            for (ArmingChange change : ArmingChange.between(before, after)) {
                found.add(place(change, after, path, commit, changed, at.after()));
            }
            return found;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    private ArmedState state(RepositoryTree tree, String path, Set<String> parts, Set<String> files, Set<String> own)
            throws InterruptedException {
        Explorer explorer = new Explorer(tree, programs);
        for (String file : files) {
            Optional<TreeFile> there = tree.file(file);
            there.flatMap(tree::text).ifPresent(text -> Surfaces.read(there.get(), text, explorer));
        }
        explorer.explore();
        Set<Node> ends = new HashSet<>();
        for (Node node : explorer.graph().nodes(path)) {
            boolean part = node.kind() == Node.Kind.PART;
            if (parts.isEmpty() || !part || parts.contains(node.name())) {
                ends.add(node);
            }
        }
        Set<String> named = new TreeSet<>();
        Set<String> naming = new TreeSet<>(own);
        naming.add(path);
        naming.forEach(f -> tree.file(f)
                .ifPresent(t -> named.addAll(databases.computeIfAbsent(
                        t.contentId(), id -> tree.text(t).map(Connections::in).orElse(Set.of())))));
        List<Way> ways = new WaySearch(explorer.graph()).to(ends, Integer.MAX_VALUE);
        return new ArmedState(
                tree.contains(path),
                ways,
                tree.text(path).map(t -> guards.apply(path, t)).orElse(List.of()),
                named);
    }

    /** The place of the change: of the first changed file on the way, or of the settings that changed. */
    private static Armed place(
            ArmingChange change,
            ArmedState after,
            String path,
            CommitRef commit,
            Set<String> changed,
            RepositoryTree tree) {
        if (change.kind() == Arming.Kind.POINTED_AT_DATABASE) {
            String file = changed.stream()
                    .filter(f -> tree.text(f)
                            .filter(t -> Connections.in(t).stream().anyMatch(change.after()::contains))
                            .isPresent())
                    .findFirst()
                    .orElse(path);
            return new Armed(change, commit, file, Optional.empty());
        }
        if (change.kind() == Arming.Kind.GUARD_REMOVED || after.firstWay().isEmpty()) {
            return new Armed(change, commit, path, Optional.empty());
        }
        Way way = after.firstWay().get();
        for (Edge edge : way.edges()) {
            if (changed.contains(edge.file())) {
                return new Armed(change, commit, edge.file(), Optional.of(edge.line()));
            }
        }
        Start start = way.starts().get(0);
        return changed.contains(start.trigger().file())
                ? new Armed(
                        change,
                        commit,
                        start.trigger().file(),
                        Optional.of(start.trigger().line()))
                : new Armed(
                        change,
                        commit,
                        changed.stream()
                                .filter(f -> !f.equals(path))
                                .findFirst()
                                .orElse(path),
                        Optional.empty());
    }
}
