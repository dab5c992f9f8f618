package io.github.rowsleuth.postgres;

import static io.github.rowsleuth.postgres.ExpectedFate.Evidence.COUNTERS;
import static io.github.rowsleuth.postgres.ExpectedFate.Evidence.LOG;
import static io.github.rowsleuth.postgres.ExpectedFate.Evidence.NAMES;
import static io.github.rowsleuth.postgres.ExpectedFate.Evidence.PAGES;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowsleuth.Findings;
import io.github.rowsleuth.Investigation;
import io.github.rowsleuth.Verdict;
import io.github.rowsleuth.hypothesis.Act;
import io.github.rowsleuth.hypothesis.Fate;
import io.github.rowsleuth.hypothesis.TableFate;
import io.github.rowsleuth.postgres.ExpectedFate.Evidence;
import io.github.rowsleuth.postgres.fixture.PostgresFixture;
import io.github.rowsleuth.preservation.Proposal;
import io.github.rowsleuth.transaction.RemovingTransaction;
import io.github.rowsleuth.transaction.TransactionEnd;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each kind of loss, brought about by the statement that brings it about, and told from the others. */
class FatesOnEveryMajorTest {

    private static final String BY_PAGES = "rows deleted by transactions that committed";
    private static final String BY_LOG = "the write-ahead log shows that transaction";
    private static final String BY_COUNTERS = "counters do not say when, or in how many statements";
    private static final String NONE_LEFT = "none of the deleted rows is left on its pages";
    private static final String UNCOUNTED = "its counters hold 0 deletes, which leave 10 missing rows unexplained";

    private static final List<ExpectedFate> DELETED = List.of(
            ExpectedFate.of("gone")
                    .with(COUNTERS, Fate.DELETED, "10→6", "4 deletes and 4 rows fewer", BY_COUNTERS)
                    .with(PAGES, Fate.DELETED, "10→6", "its pages hold 4 " + BY_PAGES)
                    .with(LOG, Fate.DELETED, "10→6", BY_LOG, "deleted 4 rows"),
            ExpectedFate.of("savepoint")
                    .with(COUNTERS, Fate.DELETED, "10→9", "4 of the deletes were rolled back")
                    .with(PAGES, Fate.DELETED, "10→9", "its pages hold 1 " + BY_PAGES)
                    .with(LOG, Fate.DELETED, "10→9", BY_LOG, "deleted 1 rows"),
            ExpectedFate.of("two_phase")
                    .with(COUNTERS, Fate.DELETED, "10→7", "1 of the deletes were rolled back")
                    .with(PAGES, Fate.DELETED, "10→7", "its pages hold 3 " + BY_PAGES),
            ExpectedFate.of("locked")
                    .with(COUNTERS, Fate.DELETED, "10→6", BY_COUNTERS)
                    .with(PAGES, Fate.DELETED, "10→6", "its pages hold 4 " + BY_PAGES),
            ExpectedFate.of("vacuumed")
                    .with(COUNTERS, Fate.DELETED, "10→6", BY_COUNTERS)
                    .with(PAGES, Fate.DELETED, "10→6", NONE_LEFT)
                    .with(LOG, Fate.DELETED, "10→6", BY_LOG, NONE_LEFT),
            ExpectedFate.of("all_vacuumed")
                    .with(COUNTERS, Fate.DELETED, "10→0")
                    .with(PAGES, Fate.DELETED, "10→0", NONE_LEFT),
            ExpectedFate.of("rewritten")
                    .with(COUNTERS, Fate.DELETED, "10→6", "4 deletes and 4 rows fewer")
                    .with(PAGES, Fate.DELETED, "10→6", NONE_LEFT + ": its file was written anew"),
            ExpectedFate.of("all_rewritten")
                    .with(COUNTERS, Fate.DELETED, "10→0", "10 deletes and 10 rows fewer")
                    .with(LOG, Fate.DELETED, "10→0", BY_LOG, "deleted 10 rows"),
            ExpectedFate.of("wide")
                    .with(COUNTERS, Fate.DELETED, "10→6", BY_COUNTERS)
                    .with(PAGES, Fate.DELETED, "10→6", NONE_LEFT + ": 4 were pruned")
                    .with(LOG, Fate.DELETED, "10→6", BY_LOG),
            ExpectedFate.of("parent").with(COUNTERS, Fate.DELETED, "10→8"),
            ExpectedFate.of("child")
                    .with(COUNTERS, Fate.CASCADED, "50→40", "a DELETE of this table itself counts the same")
                    .with(PAGES, Fate.CASCADED, "50→40", "which also lost rows by DELETE in transaction"));

    private static final List<ExpectedFate> EMPTIED = List.of(
            ExpectedFate.of("emptied")
                    .with(COUNTERS, Fate.TRUNCATED, "10→0", UNCOUNTED)
                    .with(LOG, Fate.TRUNCATED, "10→0", BY_LOG, UNCOUNTED),
            ExpectedFate.of("refilled").with(COUNTERS, Fate.TRUNCATED, "10→1", UNCOUNTED),
            ExpectedFate.of("reloaded")
                    .with(COUNTERS, Fate.UNKNOWN, "?→?", "a TRUNCATE that its session followed up at once")
                    .with(PAGES, Fate.TRUNCATED, "10→1", UNCOUNTED),
            ExpectedFate.of("deleted_and_emptied")
                    .with(COUNTERS, Fate.TRUNCATED, "10→0", UNCOUNTED)
                    .with(LOG, Fate.TRUNCATED, "10→0", "the same transaction had deleted 4 of its rows before"),
            ExpectedFate.of("born_emptied")
                    .with(COUNTERS, Fate.RECREATED, "?→0", "filled and truncated in the transaction that created it")
                    .with(LOG, Fate.TRUNCATED, "?→0", "nobody else ever saw a row of it"),
            ExpectedFate.of("root").with(COUNTERS, Fate.TRUNCATED, "10→0"),
            ExpectedFate.of("leaf").with(COUNTERS, Fate.TRUNCATED, "10→0"));

    private static final List<ExpectedFate> UNHARMED = List.of(
            ExpectedFate.of("kept").with(COUNTERS, Fate.INTACT, "10→10", "its column 2 was dropped in transaction"),
            ExpectedFate.of("back")
                    .with(COUNTERS, Fate.ROLLED_BACK, "10→10", "4 deletes were counted, and every row is live")
                    .with(
                            PAGES,
                            Fate.ROLLED_BACK,
                            "10→10",
                            "4 rows on its pages were deleted by transactions that were"),
            ExpectedFate.of("emptied_back")
                    .with(COUNTERS, Fate.INTACT, "10→10")
                    .with(LOG, Fate.ROLLED_BACK, "10→10", "which truncated it, was rolled back"),
            ExpectedFate.of("rewritten_unharmed")
                    .with(COUNTERS, Fate.REWRITTEN, "10→10", "an ALTER TABLE wrote them anew"),
            ExpectedFate.of("inserts_back").with(COUNTERS, Fate.INTACT, "10→10"),
            ExpectedFate.of("updated").with(COUNTERS, Fate.INTACT, "10→10"),
            ExpectedFate.of("secret").with(COUNTERS, Fate.INTACT, "10→10", "row-level security is on"),
            ExpectedFate.of("waiting")
                    .with(COUNTERS, Fate.INTACT, "10→10")
                    .with(PAGES, Fate.INTACT, "10→10", "4 of its rows and is prepared as 'w"));

    private static final List<ExpectedFate> ELSEWHERE = List.of(
            ExpectedFate.of("dropped")
                    .with(COUNTERS, Fate.UNKNOWN, "?→?", "dropped, or never there")
                    .with(NAMES, Fate.DROPPED, "?→?", BY_LOG, "dropped it"),
            ExpectedFate.of("other.in_schema")
                    .with(COUNTERS, Fate.UNKNOWN, "?→?", "dropped, or never there")
                    .with(NAMES, Fate.DROPPED, "?→?", BY_LOG, "dropped it"),
            ExpectedFate.of("reborn")
                    .with(COUNTERS, Fate.RECREATED, "?→0", "never held a row since", "it never held rows")
                    .with(NAMES, Fate.RECREATED, "?→0", "dropped a table of that name"),
            ExpectedFate.of("restored") // from a backup that held six of the ten rows
                    .with(COUNTERS, Fate.INTACT, "6→6", "dropped, and created anew from an older copy")
                    .with(NAMES, Fate.RECREATED, "?→6", "dropped a table of that name"),
            ExpectedFate.of("renamed").with(COUNTERS, Fate.HIDDEN, "?→10", "public.archive was named so"),
            ExpectedFate.of("public.elsewhere")
                    .with(
                            COUNTERS,
                            Fate.HIDDEN,
                            "?→?",
                            "shop.elsewhere; it holds 10 rows",
                            "dropped, and the other is not"),
            ExpectedFate.of("public.unsearched")
                    .with(
                            COUNTERS,
                            Fate.HIDDEN,
                            "?→0",
                            "the rows are in shop.unsearched",
                            "dropped and created again"));

    private static final List<ExpectedFate> PARTITIONED = List.of(
            ExpectedFate.of("split")
                    .with(COUNTERS, Fate.DELETED, "20→17", "1 of its 2 partitions: DELETED public.split_1"),
            ExpectedFate.of("split_1")
                    .with(COUNTERS, Fate.DELETED, "10→7", "an UPDATE that moved the rows to another partition")
                    .with(PAGES, Fate.DELETED, "10→7", "its pages hold 3 " + BY_PAGES),
            ExpectedFate.of("split_2").with(COUNTERS, Fate.INTACT, "10→10"),
            ExpectedFate.of("moved").with(COUNTERS, Fate.DELETED, "21→20").with(PAGES, Fate.INTACT, "?→20"),
            ExpectedFate.of("moved_1")
                    .with(COUNTERS, Fate.DELETED, "10→9", "an UPDATE that moved the rows to another partition")
                    .with(PAGES, Fate.INTACT, "?→9", "the rows moved to another partition"),
            ExpectedFate.of("cleared").with(COUNTERS, Fate.TRUNCATED, "20→0"),
            ExpectedFate.of("cleared_1").with(COUNTERS, Fate.TRUNCATED, "10→0"),
            ExpectedFate.of("untied") // one of its two partitions was detached, then dropped
                    .with(COUNTERS, Fate.INTACT, "10→10", "a partition was dropped: it takes its rows and its counters")
                    .with(NAMES, Fate.DROPPED, "?→10", "1 of its 2 partitions: DROPPED public.untied_2"),
            ExpectedFate.of("loosened")
                    .with(COUNTERS, Fate.HIDDEN, "?→10", "public.loosened_2 resembles its partitions"),
            ExpectedFate.of("loosened_2")
                    .with(COUNTERS, Fate.DETACHED, "?→10", "its 10 rows are still in it", "it never was a partition"));

    private static final List<ExpectedFate> ALL = Stream.of(DELETED, EMPTIED, UNHARMED, ELSEWHERE, PARTITIONED)
            .flatMap(List::stream)
            .toList();

    /** Partitions come with their parents, and one name is given as it is often typed, without schema. */
    private static final String[] NAMED = ALL.stream()
            .map(ExpectedFate::table)
            .filter(t -> !t.matches(".*_[12]"))
            .map(t -> t.equals("public.unsearched") ? "unsearched" : t)
            .toArray(String[]::new);

    static List<Integer> majors() {
        return PostgresFixture.majors();
    }

    private static Investigation investigation(Instant seen, String... tables) {
        return Investigation.of(tables).lostBetween(seen, Instant.now());
    }

    private static void check(Findings findings, Evidence evidence) {
        SoftAssertions.assertSoftly(softly -> ALL.forEach(e -> e.check(findings, evidence, softly)));
    }

    @ParameterizedTest
    @MethodSource("majors")
    void every_table_gets_the_fate_that_was_brought_about(int major) throws Exception {
        Database database = Database.on(major);
        Postgres postgres = Postgres.at(database.url());
        Losses losses = new Losses(database);
        losses.prepare();
        Instant seen = Instant.now();
        nothingIsLostYet(
                investigation(seen, "kept", "parent", "child", "split")
                        .probes(postgres)
                        .run(),
                major);
        losses.happen();
        try {
            check(
                    investigation(seen, NAMED)
                            .scope(postgres.scope())
                            .deletionStats(postgres.deletionStats())
                            .run(),
                    COUNTERS);
            Findings findings = investigation(seen, NAMED).probes(postgres).run();
            check(findings, major >= 16 ? NAMES : major == 15 ? LOG : PAGES);
            acts(findings);
            transactions(findings, losses);
            hidden(database, losses, seen);
        } finally {
            losses.end();
        }
    }

    private static void nothingIsLostYet(Findings findings, int major) {
        assertThat(findings.fates().stream().filter(TableFate::partOfLoss).map(TableFate::fate))
                .containsOnly(Fate.INTACT);
        assertThat(findings.acts()).isEmpty();
        assertThat(findings.verdict()).isIn(Verdict.NO_LOSS, major < 15 ? Verdict.INCONCLUSIVE : Verdict.NO_LOSS);
        assertThat(findings.violations().messages()).isEmpty();
        assertThat(findings.preservation().proposals()).isEmpty();
    }

    private static void acts(Findings findings) {
        assertThat(findings.acts())
                .extracting(Act::statement)
                .contains("TRUNCATE public.root CASCADE", "TRUNCATE public.cleared", "TRUNCATE public.emptied");
    }

    /** Sources agree on every transaction, and those that did not end well are told apart. */
    private static void transactions(Findings findings, Losses losses) {
        assertThat(findings.transactions())
                .flatExtracting(RemovingTransaction::disagreements)
                .isEmpty();
        assertThat(findings.transactions())
                .filteredOn(t -> t.end() == TransactionEnd.PREPARED)
                .singleElement()
                .satisfies(t -> assertThat(t.gid()).contains(losses.waiting()));
        assertThat(findings.transactions())
                .filteredOn(t -> t.xid()
                        == findings.fate("child").orElseThrow().transaction().orElseThrow())
                .singleElement()
                .satisfies(t -> assertThat(t.effects())
                        .extracting(e -> e.rows().orElse(0L))
                        .containsExactly(10L, 2L));
        assertThat(findings.preservation().proposals().get(0)).satisfies(p -> {
            assertThat(p.kind()).isEqualTo(Proposal.Kind.DECIDE);
            assertThat(p.commands()).containsExactly("ROLLBACK PREPARED '" + losses.waiting() + "'");
        });
    }

    private static void hidden(Database database, Losses losses, Instant seen) {
        Postgres reader = Postgres.at(database.bareUrl(), losses.reader(), "");

        TableFate fate = investigation(seen, "secret")
                .probes(reader)
                .run()
                .fate("secret")
                .orElseThrow();

        assertThat(fate.fate()).isEqualTo(Fate.HIDDEN);
        assertThat(fate.ambiguities()).isEmpty();
    }
}
