package io.github.rowsleuth.postgres;

import io.github.rowsleuth.Findings;
import io.github.rowsleuth.Investigation;
import io.github.rowsleuth.hypothesis.Act;
import io.github.rowsleuth.hypothesis.Fate;
import io.github.rowsleuth.hypothesis.TableFate;
import io.github.rowsleuth.postgres.fixture.PostgresFixture;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each kind of loss, brought about by the statement that brings it about, and told from the others. */
@SuppressWarnings("all")
class FatesOnEveryMajorTest {

    /** A table, its fate, its rows before and now ("?" where nobody knows), and what must be said of it. */
    private record Expected(String table, Fate fate, String rows, String... said) {}

    private static Expected expect(String table, Fate fate, String rows, String... said) {
        return new Expected(table, fate, rows, said);
    }

    private static final List<Expected> BY_COUNTERS = List.of(
            expect("kept", Fate.INTACT, "10→10"),
            expect("gone", Fate.DELETED, "10→6", "4 deletes and 4 rows fewer", "counters do not say when"),
            expect("back", Fate.ROLLED_BACK, "10→10", "4 deletes were counted, and every row is live"),
            expect("savepoint", Fate.DELETED, "10→9", "4 of the deletes were rolled back"),
            expect("emptied", Fate.TRUNCATED, "10→0", "10 missing rows unexplained"),
            expect("emptied_back", Fate.INTACT, "10→10"),
            expect("refilled", Fate.TRUNCATED, "10→1"),
            expect("deleted_and_emptied", Fate.TRUNCATED, "10→0"));

    static List<Integer> majors() {
        return PostgresFixture.majors();
    }

    @ParameterizedTest
    @MethodSource("majors")
    void print(int major) throws Exception {
        Database database = Database.on(major);
        Losses losses = new Losses(database);
        losses.prepare();
        Instant seen = Instant.now();
        losses.happen();
        try {
            Findings findings = Investigation.of(
                            "kept",
                            "gone",
                            "back",
                            "savepoint",
                            "emptied",
                            "emptied_back",
                            "refilled",
                            "deleted_and_emptied",
                            "born_emptied",
                            "dropped",
                            "reborn",
                            "other.in_schema",
                            "parent",
                            "child",
                            "root",
                            "leaf",
                            "vacuumed",
                            "all_vacuumed",
                            "rewritten",
                            "all_rewritten",
                            "rewritten_unharmed",
                            "inserts_back",
                            "updated",
                            "locked",
                            "two_phase",
                            "renamed",
                            "public.elsewhere",
                            "unsearched",
                            "secret",
                            "waiting",
                            "wide",
                            "split",
                            "moved",
                            "cleared",
                            "loosened")
                    .lostBetween(seen, Instant.now())
                    .probes(Postgres.at(database.url()))
                    .run();
            System.out.println("MAJOR " + major);
            for (TableFate f : findings.fates()) {
                System.out.println(f.table() + " " + f.fate() + " "
                        + f.rowsBefore().map(String::valueOf).orElse("?") + "→"
                        + f.rowsNow().map(String::valueOf).orElse("?") + " tx=" + f.transactions() + " | "
                        + f.decidedBy() + " | " + f.ambiguities() + " | " + f.remarks());
            }
            System.out.println(findings.acts().stream().map(Act::statement).toList());
            if (major == 16 || major == 13) System.out.println(findings.report().text());
        } finally {
            losses.end();
        }
    }
}
