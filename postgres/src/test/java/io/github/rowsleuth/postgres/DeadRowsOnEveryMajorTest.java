package io.github.rowsleuth.postgres;

import static io.github.rowsleuth.transaction.TransactionEnd.ABORTED;
import static io.github.rowsleuth.transaction.TransactionEnd.COMMITTED;
import static io.github.rowsleuth.transaction.TransactionEnd.IN_PROGRESS;
import static io.github.rowsleuth.transaction.TransactionEnd.PREPARED;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.postgres.fixture.PostgresFixture;
import io.github.rowsleuth.probe.Coverage;
import io.github.rowsleuth.transaction.DeadRows;
import io.github.rowsleuth.transaction.ObservedTransaction;
import io.github.rowsleuth.transaction.TableEffect;
import io.github.rowsleuth.transaction.TablePages;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of tuple, brought about by statements, on one database of each major. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeadRowsOnEveryMajorTest {

    private final Map<Integer, StagedTuples> staged = new HashMap<>();

    static List<Integer> majors() {
        return PostgresFixture.majors();
    }

    private StagedTuples on(int major) throws Exception {
        StagedTuples tuples = staged.get(major);
        if (tuples == null) {
            tuples = new StagedTuples(Database.on(major));
            staged.put(major, tuples);
        }
        return tuples;
    }

    @AfterAll
    void endTransactions() throws Exception {
        for (StagedTuples tuples : staged.values()) {
            tuples.close();
        }
    }

    /** live, deleted, rolled back, pending, superseded, insertions rolled back, insertions pending, undecided. */
    private static List<Long> counts(TablePages pages) {
        return List.of(
                pages.live(),
                pages.deleted(),
                pages.deletionsRolledBack(),
                pages.deletionsPending(),
                pages.superseded(),
                pages.insertionsRolledBack(),
                pages.insertionsPending(),
                pages.undecided());
    }

    private static TableEffect deleted(String table, long rows) {
        return TableEffect.on(TableName.of("public", table), TableEffect.Kind.ROWS_DELETED, Optional.of(rows));
    }

    private static String marks(StagedTuples tuples, String table, String condition) throws Exception {
        return tuples.database()
                .value("select count(*) from heap_page_items(get_raw_page('" + table + "', 0)) where lp_flags = 1 and "
                        + condition);
    }

    @ParameterizedTest
    @MethodSource("majors")
    void a_committed_deletion_leaves_rows_that_can_be_recovered(int major) throws Exception {
        StagedTuples tuples = on(major);

        assertThat(counts(tuples.pages("committed"))).containsExactly(6L, 4L, 0L, 0L, 0L, 0L, 0L, 0L);
        ObservedTransaction transaction = tuples.transaction(tuples.xid("committed"));
        assertThat(transaction.end()).isEqualTo(COMMITTED);
        assertThat(transaction.effects()).containsExactly(deleted("committed", 4));
        assertThat(transaction.evidence()).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("majors")
    void a_deletion_that_was_rolled_back_leaves_live_rows(int major) throws Exception {
        StagedTuples tuples = on(major);

        assertThat(counts(tuples.pages("aborted"))).containsExactly(10L, 0L, 4L, 0L, 0L, 0L, 0L, 0L);
        assertThat(tuples.transaction(tuples.xid("aborted")).end()).isEqualTo(ABORTED);
    }

    @ParameterizedTest
    @MethodSource("majors")
    void a_deletion_of_rows_that_were_locked_before_is_found_behind_its_multixact(int major) throws Exception {
        StagedTuples tuples = on(major);

        assertThat(marks(tuples, "multi", "(t_infomask & 4096) <> 0"))
                .as("rows with a multixact")
                .isEqualTo("2");
        assertThat(counts(tuples.pages("multi"))).containsExactly(8L, 2L, 0L, 0L, 0L, 0L, 0L, 0L);
        ObservedTransaction transaction = tuples.transaction(tuples.xid("multi") + 1);
        assertThat(transaction.end()).as("of the subtransaction").isEqualTo(COMMITTED);
        assertThat(transaction.effects()).containsExactly(deleted("multi", 2));
    }

    @ParameterizedTest
    @MethodSource("majors")
    void subtransactions_count_as_they_ended(int major) throws Exception {
        StagedTuples tuples = on(major);
        long top = tuples.xid("nested");

        assertThat(counts(tuples.pages("nested"))).containsExactly(7L, 3L, 1L, 0L, 0L, 0L, 0L, 0L);
        assertThat(tuples.transaction(top).effects()).containsExactly(deleted("nested", 1));
        assertThat(tuples.transaction(top + 1).effects()).containsExactly(deleted("nested", 2));
        assertThat(tuples.transaction(top + 2).effects()).containsExactly(deleted("nested", 1));
        assertThat(tuples.transaction(top + 2).end()).isEqualTo(ABORTED);
    }

    @ParameterizedTest
    @MethodSource("majors")
    void a_prepared_transaction_has_not_deleted_yet_and_is_named(int major) throws Exception {
        StagedTuples tuples = on(major);

        assertThat(counts(tuples.pages("two_phase"))).containsExactly(5L, 1L, 1L, 2L, 0L, 0L, 0L, 0L);
        ObservedTransaction waiting = tuples.transaction(tuples.xid("prepared"));
        assertThat(waiting.end()).isEqualTo(PREPARED);
        assertThat(waiting.gid()).contains("waits" + tuples.database().name());
        assertThat(waiting.subtransactions()).containsExactly(tuples.xid("prepared") + 1);
        assertThat(waiting.effects()).containsExactly(deleted("two_phase", 2));
        assertThat(tuples.transaction(tuples.xid("commit prepared")).end()).isEqualTo(COMMITTED);
        assertThat(tuples.transaction(tuples.xid("rollback prepared")).end()).isEqualTo(ABORTED);
    }

    @ParameterizedTest
    @MethodSource("majors")
    void a_running_transaction_has_not_deleted_yet(int major) throws Exception {
        StagedTuples tuples = on(major);

        assertThat(counts(tuples.pages("in_progress"))).containsExactly(6L, 0L, 0L, 2L, 0L, 0L, 3L, 0L);
        ObservedTransaction running = tuples.transaction(tuples.xid("in progress"));
        assertThat(running.end()).isEqualTo(IN_PROGRESS);
        assertThat(running.subtransactions()).containsExactly(tuples.xid("in progress") + 1);
        assertThat(running.effects()).containsExactly(deleted("in_progress", 2));
    }

    @ParameterizedTest
    @MethodSource("majors")
    void an_update_is_no_deletion(int major) throws Exception {
        StagedTuples tuples = on(major);

        assertThat(counts(tuples.pages("updated"))).containsExactly(10L, 0L, 0L, 0L, 3L, 1L, 0L, 0L);
        assertThat(tuples.found().transactions())
                .extracting(ObservedTransaction::xid)
                .doesNotContain(tuples.xid("updated"), tuples.xid("update rolled back"));
    }

    @ParameterizedTest
    @MethodSource("majors")
    void a_row_that_moved_to_another_partition_is_no_deletion(int major) throws Exception {
        StagedTuples tuples = on(major);

        assertThat(counts(tuples.pages("moved_1"))).containsExactly(3L, 0L, 0L, 0L, 2L, 0L, 0L, 0L);
        assertThat(counts(tuples.pages("moved_2_leaf"))).containsExactly(2L, 0L, 0L, 0L, 0L, 0L, 0L, 0L);
        assertThat(tuples.found().pages())
                .extracting(TablePages::table)
                .doesNotContain(TableName.of("public", "moved"), TableName.of("public", "moved_2"));
    }

    @ParameterizedTest
    @MethodSource("majors")
    void a_cascade_is_one_transaction_and_locked_parents_live(int major) throws Exception {
        StagedTuples tuples = on(major);

        assertThat(marks(tuples, "parent", "(t_infomask & 128) <> 0 and t_xmax::text <> '0'"))
                .as("parents that are only locked")
                .isEqualTo("8");
        assertThat(counts(tuples.pages("parent"))).containsExactly(8L, 2L, 0L, 0L, 0L, 0L, 0L, 0L);
        assertThat(counts(tuples.pages("child"))).containsExactly(40L, 10L, 0L, 0L, 0L, 0L, 0L, 0L);
        assertThat(tuples.transaction(tuples.xid("cascade")).effects())
                .containsExactly(deleted("child", 10), deleted("parent", 2));
    }

    @ParameterizedTest
    @MethodSource("majors")
    void an_insertion_that_was_rolled_back_is_no_loss(int major) throws Exception {
        assertThat(counts(on(major).pages("inserted"))).containsExactly(10L, 0L, 0L, 0L, 0L, 5L, 0L, 0L);
    }

    @ParameterizedTest
    @MethodSource("majors")
    void pruned_rows_are_told_from_those_that_can_be_recovered(int major) throws Exception {
        StagedTuples tuples = on(major);

        // A page holds eleven of them; the last one is not full, so that what was deleted there is still there.
        assertThat(tuples.pages("pruned").pruned()).isEqualTo(7);
        assertThat(counts(tuples.pages("pruned"))).containsExactly(19L, 4L, 0L, 0L, 0L, 0L, 0L, 0L);
        assertThat(tuples.transaction(tuples.xid("pruned")).effects()).containsExactly(deleted("pruned", 3));
    }

    @ParameterizedTest
    @MethodSource("majors")
    void everything_was_read_and_a_table_without_pages_too(int major) throws Exception {
        StagedTuples tuples = on(major);

        assertThat(counts(tuples.pages("untouched"))).containsOnly(0L);
        assertThat(tuples.notebook().gaps).isEmpty();
        assertThat(tuples.notebook().coverage().extent()).isEqualTo(Coverage.Extent.COMPLETE);
        assertThat(tuples.notebook().coverage().detail()).contains("15 of 15 pages of 14 of 14 tables");
        assertThat(tuples.notebook().summaries())
                .contains("public.committed holds on 1 of 1 pages 6 live rows and 4 deleted ones with their data");
    }

    @ParameterizedTest
    @MethodSource("majors")
    void live_rows_are_those_that_a_query_sees_and_hints_that_it_leaves_change_nothing(int major) throws Exception {
        StagedTuples tuples = on(major);
        DeadRows before = tuples.found();

        Map<String, String> seen = new HashMap<>();
        for (TablePages pages : before.pages()) {
            seen.put(pages.table().name(), tuples.database().value("select count(*) from " + pages.table()));
        }

        assertThat(before.pages().stream()
                        .collect(Collectors.toMap(p -> p.table().name(), p -> Long.toString(p.live()))))
                .isEqualTo(seen);
        DeadRows after = tuples.again(Postgres.at(tuples.database().url()));
        assertThat(after.transactions()).isEqualTo(before.transactions());
        assertThat(after.pages()).isEqualTo(before.pages());
    }
}
