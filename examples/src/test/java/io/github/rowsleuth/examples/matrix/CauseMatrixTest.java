package io.github.rowsleuth.examples.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowsleuth.Findings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each of twelve causes, brought about in three ways or more, and each of these investigated with all evidence and with
 * less: the right cause comes first wherever the evidence suffices, and no innocent is ever accused. The score is written to
 * {@code target/cause-matrix.txt}.
 */
class CauseMatrixTest {

    private static final int MAJOR = 18;
    /** An investigation waits for its server more than it works. */
    private static final ExecutorService WORKERS = Executors.newFixedThreadPool(Cell.values().length);

    private static final Score SCORE = new Score();
    private static final Map<Variant, Stage> STAGES = new LinkedHashMap<>();
    private static StagedServer server;
    private static Promotion promotion;

    @TempDir
    static Path folder;

    @BeforeAll
    static void prepare() throws Exception {
        server = StagedServer.start(MAJOR);
        promotion = Promotion.begin(MAJOR);
        for (Variant variant : variants()) {
            Stage stage = new Stage(server, folder.resolve("incident-" + STAGES.size()));
            variant.script().prepare(stage);
            STAGES.put(variant, stage);
        }
        server.leaveLogBehind();
        for (Stage stage : STAGES.values()) {
            stage.seenLast();
        }
    }

    private static List<Variant> variants() {
        List<Variant> all = new ArrayList<>();
        all.addAll(ScriptVariants.all());
        all.addAll(MigrationVariants.all());
        all.addAll(RollbackVariants.all());
        all.addAll(CascadeVariants.all());
        all.addAll(TestSuiteVariants.all());
        all.addAll(ResetVariants.all());
        all.addAll(ClusterVariants.recreated());
        all.addAll(ClusterVariants.restored(promotion));
        all.addAll(StatementVariants.all());
        all.addAll(NoLossVariants.all());
        all.addAll(JobVariants.all());
        return all;
    }

    @AfterAll
    static void report() throws IOException {
        WORKERS.shutdownNow();
        server.close();
        promotion.close();
        String table = SCORE.table();
        Files.writeString(Path.of("target", "cause-matrix.txt"), table);
        System.out.println(table);
    }

    @TestFactory
    Stream<DynamicContainer> cause() {
        return STAGES.entrySet().stream()
                .map(e -> DynamicContainer.dynamicContainer(e.getKey().toString(), tests(e.getKey(), e.getValue())));
    }

    private static Stream<DynamicTest> tests(Variant variant, Stage stage) {
        Map<Cell, Future<Findings>> begun = new EnumMap<>(Cell.class);
        DynamicTest loss = DynamicTest.dynamicTest("the loss", () -> {
            stage.lose();
            begin(stage, begun);
        });
        return Stream.concat(
                Stream.of(loss),
                Arrays.stream(Cell.values())
                        .map(cell -> DynamicTest.dynamicTest(
                                cell.words(), () -> judge(variant, cell, findings(stage, cell, begun)))));
    }

    /** Side by side, but for the last, which takes the counters away from the others. */
    private static void begin(Stage stage, Map<Cell, Future<Findings>> begun) {
        for (Cell cell : Cell.values()) {
            if (cell != Cell.COUNTERS_LOST) {
                begun.put(cell, WORKERS.submit(() -> stage.investigate(cell)));
            }
        }
    }

    private static Findings findings(Stage stage, Cell cell, Map<Cell, Future<Findings>> begun) throws Exception {
        Future<Findings> future = begun.get(cell);
        return future == null ? stage.investigate(cell) : future.get();
    }

    private static void judge(Variant variant, Cell cell, Findings findings) {
        Judgement judgement = new Judgement(variant, cell, findings);
        SCORE.add(variant, cell, judgement.right(), judgement.innocents());
        assertThat(judgement.innocents()).as("innocents accused. %s", judgement).isEmpty();
        assertThat(judgement.right()).as("%s", judgement).isTrue();
    }
}
