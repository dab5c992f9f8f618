package io.github.rowsleuth.git;

import io.github.rowsleuth.Investigation;
import io.github.rowsleuth.git.automation.AutomationSurvey;
import io.github.rowsleuth.git.automation.graph.WaySearch;
import io.github.rowsleuth.git.index.IndexedRepository;
import io.github.rowsleuth.git.index.ReadCounts;
import io.github.rowsleuth.git.index.SharedIndex;
import io.github.rowsleuth.git.store.RepositorySource;
import io.github.rowsleuth.probe.Examination;
import io.github.rowsleuth.probe.Probe;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the graph of who runs what costs beside the scan of the same commit for destructive code, and what one answer costs:
 * CPU time, medians of rounds by turns in one process, over a repository of 6,000 files that is made for it, always the same;
 * or over the one that {@code -Dbenchmark.repository} names, with {@code -Dbenchmark.script} as the script that is asked about.
 */
public final class AutomationBenchmark {

    private static final int ROUNDS = 15;
    private static final int FILES = 6_000;
    private static final int LINES = 120;
    private static final String ASKED = "ops/job7/purge.py";

    private final Path folder;
    private final String asked;

    private AutomationBenchmark(Path folder, String asked) {
        this.folder = folder;
        this.asked = asked;
    }

    /**
     * Runs it.
     *
     * @param arguments a repository and a script in it; empty, or none, for the repository that is made
     */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 2 && !arguments[0].isEmpty()) {
            new AutomationBenchmark(Path.of(arguments[0]), arguments[1]).run();
            return;
        }
        Path folder = Files.createTempDirectory("rowsleuth-benchmark");
        try {
            build(folder);
            new AutomationBenchmark(folder, ASKED).run();
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder()).forEach(f -> f.toFile().delete());
            }
        }
    }

    private void run() throws Exception {
        double[] scan = new double[ROUNDS];
        double[] graph = new double[ROUNDS];
        double[] answer = new double[ROUNDS];
        int chains = 0;
        int files = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Round measured = Investigation.of("nothing")
                    .probe(new Round(new SharedIndex(new RepositorySource(folder, "HEAD")), asked))
                    .run()
                    .answer(Round.class)
                    .orElseThrow();
            files = measured.files;
            scan[round] = measured.scan;
            graph[round] = measured.graph;
            answer[round] = measured.answer;
            chains = measured.ways;
        }
        System.out.printf(
                Locale.ROOT,
                "%d files: scan of HEAD %.0f ms, graph %.0f ms (%.2f times the scan), one answer %.2f ms (%d ways)%n",
                files,
                median(scan),
                median(graph),
                median(graph) / median(scan),
                median(answer),
                chains);
    }

    /** One round: a repository just opened is scanned, then its graph is made as in every investigation, then asked. */
    private static final class Round implements Probe<Round> {

        private final SharedIndex index;
        private final String asked;
        private int files;
        private int ways;
        private double scan;
        private double graph;
        private double answer;

        Round(SharedIndex index, String asked) {
            this.index = index;
            this.asked = asked;
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
            try (IndexedRepository repository = index.open(examination)) {
                files = repository.snapshot().files().size();
                scan = cpu(() -> repository.head().byPath().size());
                AutomationSurvey[] survey = new AutomationSurvey[1];
                graph = cpu(() -> {
                    survey[0] = AutomationSurvey.of(
                            RepositoryPast.tree(repository.snapshot(), repository.texts(new ReadCounts())),
                            Set.of(asked));
                    return survey[0].graph().size();
                });
                answer = cpu(() -> ways = new WaySearch(survey[0].graph())
                        .to(new HashSet<>(survey[0].graph().nodes(asked)), 5)
                        .size());
            }
            return this;
        }
    }

    /** Something to be measured; it returns what must not be optimised away. */
    @FunctionalInterface
    private interface Work {
        int run() throws Exception;
    }

    private static double cpu(Work work) throws Exception {
        long begin = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        if (work.run() < 0) {
            throw new IllegalStateException("expected a number of 0 or more");
        }
        return (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begin) / 1e6;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** Code of an application in three languages, with settings, documents and jobs between, as repositories have them. */
    private static void build(Path folder) {
        Random random = new Random(6_000);
        try (RepositoryBuilder repository = RepositoryBuilder.in(folder)) {
            for (int i = 0; i < FILES; i++) {
                switch (i % 20) {
                    case 0 ->
                        repository.file("ops/job" + i / 20 + "/run.sh", "cd \"$(dirname \"$0\")\"", "python purge.py");
                    case 1 ->
                        repository.file(
                                "ops/job" + i / 20 + "/purge.py",
                                text(random, i, "#", "db.execute('DELETE FROM t" + i + "')"));
                    case 2 ->
                        repository.file(
                                "deploy/job" + i / 20 + ".yml",
                                "apiVersion: batch/v1",
                                "kind: CronJob",
                                "metadata: {name: job" + i / 20 + "}",
                                "spec:",
                                "  schedule: \"0 3 * * *\"",
                                "  jobTemplate: {spec: {template: {spec: {containers: [",
                                "    {name: a, image: b, command: [sh, ops/job" + i / 20 + "/run.sh]}]}}}}");
                    case 3, 4 -> repository.file("docs/page" + i + ".md", text(random, i, "", "Nobody runs purge.py."));
                    case 5, 6, 7, 8, 9, 10 ->
                        repository.file(
                                "web/src/module" + i + ".ts", text(random, i, "//", "export const n = " + i + ";"));
                    case 11, 12, 13, 14 ->
                        repository.file(
                                "api/src/main/java/a/C" + i + ".java", text(random, i, "//", "class C" + i + " {}"));
                    default ->
                        repository.file(
                                "app/m" + i + ".py",
                                text(random, i, "#", "rows = db.execute('SELECT * FROM t" + i + "')"));
                }
            }
            repository.commit("Add");
        }
    }

    private static byte[] text(Random random, int number, String comment, String line) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < LINES; i++) {
            if (i == LINES / 2) {
                text.append(line).append('\n');
            }
            int value = random.nextInt(1_000);
            text.append(
                    switch (i % 6) {
                        case 0 -> comment + " step " + value + " of part " + number + " updates what it selects\n";
                        case 1 -> "value" + value + " = compute" + value % 10 + "(" + value + ")\n";
                        case 2 -> "name" + value + " = \"item " + value + " is shown from the list\"\n";
                        case 3 -> "log(name" + value + ")\n";
                        case 4 -> "result" + i + " = value" + value + " + " + value + "\n";
                        default -> "\n";
                    });
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
