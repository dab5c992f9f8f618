package io.github.rowsleuth.git;

import io.github.rowsleuth.git.history.FileHistory;
import io.github.rowsleuth.git.store.OpenRepository;
import io.github.rowsleuth.git.store.RepositorySource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Asks {@code git log --follow} for the lives of files. Run by hand: without arguments it writes what {@link FollowTest} holds
 * our answers against; with a repository and a number it compares the answers for so many of its files and prints the figures.
 *
 * <p>Three things that git says are left out. Of several files of the same content it takes one as the origin, as we do, and
 * nobody can say which. It takes an added file for a copy of any file of the commit that is at least half
 * like it, and goes on with the life of that one; here a copy has the same content. And once it looks for the path of the
 * original, it takes changes beside the copying for its life; they never reached the copy.
 */
public final class FollowRecorder {

    private FollowRecorder() {}

    /**
     * Runs it.
     *
     * @param arguments the file to write; or a repository, and how many of its files to compare
     */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 1) {
            record(Path.of(arguments[0]));
        } else {
            compare(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
        }
    }

    private static void record(Path target) throws Exception {
        List<String> lines = new ArrayList<>();
        for (int seed = 0; seed < FollowTest.SEEDS; seed++) {
            Path folder = Files.createTempDirectory("follow");
            RandomHistory.build(seed, FollowTest.COMMITS, folder);
            for (String path : Processes.run(folder, "git", "ls-tree", "-r", "--name-only", "HEAD")) {
                lines.add(seed + " " + path + " "
                        + String.join(
                                " ",
                                follow(folder, path).stream()
                                        .map(c -> c.substring(0, 10))
                                        .toList()));
            }
        }
        Files.write(target, lines);
    }

    private static void compare(Path folder, int most) throws Exception {
        List<String> files = Processes.run(folder, "git", "ls-tree", "-r", "--name-only", "HEAD");
        int step = Math.max(1, files.size() / most);
        int asked = 0;
        int expected = 0;
        int missed = 0;
        Set<String> short_ = new TreeSet<>();
        try (OpenRepository repository = new RepositorySource(folder, "HEAD").open()) {
            FileHistory history = FileHistory.read(
                    repository, repository.revisions().commit("HEAD").id(), () -> false);
            for (int i = 0; i < files.size(); i += step) {
                List<String> git = follow(folder, files.get(i));
                Set<String> ours = new HashSet<>();
                history.of(files.get(i), repository)
                        .forEach(c -> ours.add(c.commit().id()));
                asked++;
                expected += git.size();
                for (String commit : git) {
                    if (!ours.contains(commit)) {
                        missed++;
                        short_.add(files.get(i) + " " + commit);
                    }
                }
            }
        }
        short_.forEach(System.out::println);
        System.out.println(
                asked + " files, " + expected + " changes told by git log --follow, " + missed + " of them missed");
    }

    /** The commits that git tells, up to where it guesses a copy. */
    private static List<String> follow(Path folder, String path) throws IOException, InterruptedException {
        Map<String, String> told = new LinkedHashMap<>();
        String commit = "";
        for (String line : Processes.run(
                folder, "git", "log", "--follow", "--name-status", "--format=commit %H", "HEAD", "--", path)) {
            if (line.startsWith("commit ")) {
                commit = line.substring("commit ".length());
                told.put(commit, "");
            } else if (!line.isEmpty()) {
                told.put(commit, line);
            }
        }
        List<String> kept = new ArrayList<>();
        Set<String> within = Set.of();
        for (Map.Entry<String, String> change : told.entrySet()) {
            if (within.isEmpty() || within.contains(change.getKey())) {
                kept.add(change.getKey());
                if (change.getValue().matches("[RC]100.*") && ambiguous(folder, change.getKey(), change.getValue())) {
                    return kept;
                }
                if (change.getValue().startsWith("C100")) {
                    within = new HashSet<>(Processes.run(folder, "git", "rev-list", change.getKey()));
                } else if (change.getValue().startsWith("C")) {
                    return kept;
                }
            }
        }
        return kept;
    }

    /** Whether several files of the commit before have the content that a file was renamed with, or copied from. */
    private static boolean ambiguous(Path folder, String commit, String change)
            throws IOException, InterruptedException {
        String source = change.split("\t", -1)[1];
        List<String> files = Processes.run(folder, "git", "ls-tree", "-r", commit + "^");
        String id = files.stream()
                .filter(l -> l.endsWith("\t" + source))
                .map(l -> l.split("[ \t]", -1)[2])
                .findFirst()
                .orElse("none");
        return files.stream().filter(l -> l.contains(" " + id + "\t")).count() > 1;
    }
}
