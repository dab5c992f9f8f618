package io.github.rowsleuth.git;

import com.sun.management.OperatingSystemMXBean;
import io.github.rowsleuth.Investigation;
import io.github.rowsleuth.git.history.FileHistory;
import io.github.rowsleuth.git.index.IndexedRepository;
import io.github.rowsleuth.git.index.SharedIndex;
import io.github.rowsleuth.git.store.RepositorySource;
import io.github.rowsleuth.probe.Examination;
import io.github.rowsleuth.probe.Probe;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What it costs to know a repository beside what git takes for one question: the scan of a commit with classification beside
 * one {@code git grep -E}, the index of all history beside one {@code git log -S}, the life of one script beside
 * {@code git log --follow}. CPU seconds, user and system, medians of rounds by turns: of whole processes for git and for
 * {@code cold}; for {@code warm} of the process that measures, its compiler and collector included. Over a history of 3,000
 * commits and 4,000 files that is made for it, or over {@code -Dbenchmark.repository} and {@code -Dbenchmark.script}. Needs git.
 */
public final class RepositoryBenchmark {

    private static final double WARM_UP_SECONDS = 25;
    private static final int ROUNDS = 7;
    private static final int COLD_ROUNDS = 3;
    private static final String PATTERN = "(delete +from|truncate |drop +(table|schema|database|column|owned))";

    private final Path folder;
    private final String script;

    private RepositoryBenchmark(Path folder, String script) {
        this.folder = folder;
        this.script = script;
    }

    /**
     * Runs it.
     *
     * @param arguments a repository and a script in it; empty, or none, for the repository that is made
     */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 3) {
            once(Path.of(arguments[1]), arguments[2], Part.valueOf(arguments[0]));
            return;
        }
        if (arguments.length == 2 && !arguments[0].isEmpty()) {
            new RepositoryBenchmark(Path.of(arguments[0]), arguments[1]).run();
            return;
        }
        Path folder = Files.createTempDirectory("rowsleuth-benchmark");
        try {
            BenchmarkRepository.make(folder);
            new RepositoryBenchmark(folder, BenchmarkRepository.SCRIPT).run();
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder()).forEach(f -> f.toFile().delete());
            }
        }
    }

    /** What is asked for. */
    private enum Part {
        SCAN,
        INDEX,
        LIFE
    }

    private void run() throws Exception {
        Map<Part, double[]> warm = new EnumMap<>(Part.class);
        Stream.of(Part.values()).forEach(p -> warm.put(p, new double[ROUNDS]));
        Round last = round();
        for (double begin = Round.cpu(); Round.cpu() - begin < WARM_UP_SECONDS; ) {
            last = round();
        }
        double[][] git = new double[4][ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            last = round();
            int now = i;
            last.seconds.forEach((part, seconds) -> warm.getOrDefault(part, new double[0])[now] = seconds);
            git[0][i] = Processes.cpuSeconds(folder, List.of("git", "grep", "-IciE", PATTERN, "HEAD"));
            git[1][i] = Processes.cpuSeconds(folder, git("log", "--all", "-SDELETE FROM", "--format=%H"));
            git[2][i] = Processes.cpuSeconds(folder, git("log", "--follow", "--format=%H", "--", script));
        }
        git[3] = new double[] {Processes.cpuSeconds(folder, git("log", "--all", "-i", "-G" + PATTERN, "--format=%H"))};
        System.out.println(last);
        System.out.println("CPU seconds         warm    cold     git");
        print("scan of HEAD", Part.SCAN, warm, git[0], "git grep -iE");
        print("index of history", Part.INDEX, warm, git[1], "git log --all -S");
        System.out.printf(Locale.ROOT, "%-41s %.2f  git log --all -i -G%n", "", git[3][0]);
        print("life of a script", Part.LIFE, warm, git[2], "git log --follow");
    }

    private static List<String> git(String... arguments) {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(Arrays.asList(arguments));
        return command;
    }

    private void print(String what, Part part, Map<Part, double[]> warm, double[] git, String peer) throws Exception {
        double[] cold = new double[COLD_ROUNDS];
        for (int i = 0; i < COLD_ROUNDS; i++) {
            cold[i] = Processes.cpuSeconds(folder, cold(part));
        }
        double ours = median(warm.getOrDefault(part, new double[0]));
        System.out.printf(
                Locale.ROOT,
                "%-17s %6.3f %7.2f %7.3f  %s (%.2f times)%n",
                what,
                ours,
                median(cold),
                median(git),
                peer,
                ours / median(git));
    }

    private List<String> cold(Part part) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-classpath",
                System.getProperty("java.class.path"),
                RepositoryBenchmark.class.getName(),
                part.name(),
                folder.toString(),
                script);
    }

    private static void once(Path folder, String script, Part part) {
        investigate(new Round(folder, script, part));
    }

    private Round round() {
        return investigate(new Round(folder, script, Part.LIFE));
    }

    private static Round investigate(Round round) {
        return Investigation.of("nothing")
                .probe(round)
                .deadline(Duration.ofHours(1))
                .probeDeadline(Duration.ofHours(1))
                .run()
                .answer(Round.class)
                .orElseThrow();
    }

    /** One round: a repository just opened is scanned, then its history is indexed, then the life of the script is told. */
    private static final class Round implements Probe<Round> {

        private final SharedIndex index;
        private final String script;
        private final Part until;
        private final Map<Part, Double> seconds = new EnumMap<>(Part.class);
        private int files;
        private int commits;
        private int changes;
        private int contents;
        private int found;
        private int events;
        private long kept;

        Round(Path folder, String script, Part until) {
            this.index = new SharedIndex(new RepositorySource(folder, "HEAD"));
            this.script = script;
            this.until = until;
        }

        @Override
        public String id() {
            return "benchmark";
        }

        @Override
        public Class<Round> answerType() {
            return Round.class;
        }

        @Override
        public Round examine(Examination examination) throws Exception {
            double begin = cpu();
            try (IndexedRepository repository = index.open(examination)) {
                files = repository.snapshot().files().size();
                found = repository.head().byPath().size();
                seconds.put(Part.SCAN, cpu() - begin);
                if (until != Part.SCAN) {
                    history(repository, begin);
                }
            }
            return this;
        }

        private void history(IndexedRepository repository, double begin) throws InterruptedException {
            FileHistory history = repository.history();
            commits = history.graph().size();
            changes = history.changes().size();
            contents = history.changes().contents();
            if (repository.past().skipped() > 0) {
                throw new IllegalStateException("expected time for all contents; some were not searched");
            }
            seconds.put(Part.INDEX, cpu() - begin);
            if (until == Part.LIFE) {
                long asked = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
                events = repository
                        .past()
                        .life(script, history, repository.repository())
                        .size();
                seconds.put(Part.LIFE, (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - asked) / 1e9);
                kept = live();
            }
        }

        private static long live() {
            System.gc();
            return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        }

        private static double cpu() {
            return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() / 1e9;
        }

        @Override
        public String toString() {
            return files + " files, " + found + " with something to tell; " + commits + " commits, " + changes
                    + " changes, " + contents + " contents; " + events + " events in the life of " + script
                    + "; heap in use with the index " + (kept >> 20) + " MB of at most "
                    + (Runtime.getRuntime().maxMemory() >> 20) + " MB";
        }
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
