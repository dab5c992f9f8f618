package io.github.rowsleuth.hypothesis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.probe.ForeignKey;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The expectations are the rows of the truth table of losses, not of the code. */
class FateAnalysisTest {

    private static TableFate fate(Conclusions conclusions, String table) {
        return conclusions.fates().stream()
                .filter(f -> f.table().equals(TableName.parse(table)))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_table_whose_rows_are_all_live_is_intact() {
        TableFate fate = fate(new Server().table("s.t", 10, 0, 10).investigate("s.t"), "s.t");

        assertThat(fate.fate()).isEqualTo(Fate.INTACT);
        assertThat(fate.rowsNow()).contains(10L);
    }

    @Test
    void deletes_that_left_fewer_rows_are_deleted() {
        TableFate fate = fate(new Server().table("s.t", 10, 4, 6).investigate("s.t"), "s.t");

        assertThat(fate.fate()).isEqualTo(Fate.DELETED);
        assertThat(fate.rowsBefore()).contains(10L);
        assertThat(fate.rowsNow()).contains(6L);
    }

    @Test
    void deletes_that_left_every_row_were_rolled_back() {
        assertThat(fate(new Server().table("s.t", 10, 4, 10).investigate("s.t"), "s.t")
                        .fate())
                .isEqualTo(Fate.ROLLED_BACK);
    }

    @Test
    void deletes_of_which_a_part_was_rolled_back_are_told_apart() {
        TableFate fate = fate(new Server().table("s.t", 10, 5, 9).investigate("s.t"), "s.t");

        assertThat(fate.fate()).isEqualTo(Fate.DELETED);
        assertThat(fate.decidedBy()).anyMatch(d -> d.equals("4 of the deletes were rolled back"));
    }

    @Test
    void a_new_file_and_rows_that_no_delete_explains_are_a_truncate() {
        TableFate fate = fate(new Server().newFile("s.t", 10, 0, 0, 742).investigate("s.t"), "s.t");

        assertThat(fate.fate()).isEqualTo(Fate.TRUNCATED);
        assertThat(fate.rowsBefore()).contains(10L);
        assertThat(fate.transaction()).contains(742L);
        assertThat(fate.ambiguities()).isEmpty();
    }

    @Test
    void rows_inserted_after_a_truncate_are_not_rows_that_survived_it() {
        TableFate fate = fate(new Server().newFile("s.t", 136, 70, 2, 742).investigate("s.t"), "s.t");

        assertThat(fate.fate()).isEqualTo(Fate.TRUNCATED);
        assertThat(fate.rowsBefore()).contains(64L);
        assertThat(fate.insertedSince()).contains(2L);
    }

    @Test
    void a_rewrite_after_deletes_is_no_truncate() {
        TableFate fate = fate(new Server().rewritten("s.t", 10, 4, 6).investigate("s.t"), "s.t");

        assertThat(fate.fate()).isEqualTo(Fate.DELETED);
    }

    @Test
    void a_new_file_that_analyze_has_seen_stays_ambiguous() {
        TableFate fate = fate(new Server().rewritten("s.t", 10, 4, 0).investigate("s.t"), "s.t");

        assertThat(fate.fate()).isEqualTo(Fate.TRUNCATED);
        assertThat(fate.ambiguities()).isNotEmpty();
    }

    @Test
    void a_child_of_a_deleted_parent_is_cascaded_only_along_on_delete_cascade() {
        Server server = new Server()
                .table("s.parent", 10, 2, 8)
                .table("s.child", 50, 10, 40)
                .table("s.other", 50, 10, 40)
                .key("s.child", "s.parent", ForeignKey.OnDelete.CASCADE)
                .key("s.other", "s.parent", ForeignKey.OnDelete.SET_NULL);
        Conclusions conclusions = server.investigate("s.parent", "s.child", "s.other");

        assertThat(fate(conclusions, "s.parent").fate()).isEqualTo(Fate.DELETED);
        assertThat(fate(conclusions, "s.child").fate()).isEqualTo(Fate.CASCADED);
        assertThat(fate(conclusions, "s.child").ambiguities()).isNotEmpty();
        assertThat(fate(conclusions, "s.other").fate()).isEqualTo(Fate.DELETED);
    }

    @Test
    void a_named_table_that_is_younger_than_others_and_never_held_a_row_was_recreated() {
        Conclusions conclusions =
                new Server().table("s.old", 5, 0, 5).table("s.young", 0, 0, 0).investigate("s.young");

        assertThat(fate(conclusions, "s.young").fate()).isEqualTo(Fate.RECREATED);
        assertThat(fate(conclusions, "s.old").fate()).isEqualTo(Fate.INTACT);
    }

    @Test
    void counters_that_were_reset_decide_nothing() {
        Conclusions conclusions = new Server()
                .table("s.t", 0, 0, 0)
                .countersSince(Instant.parse("2026-01-01T00:00:00Z"))
                .investigate("s.t");

        assertThat(fate(conclusions, "s.t").fate()).isEqualTo(Fate.UNKNOWN);
        assertThat(conclusions.hypotheses()).isEmpty();
    }

    @Test
    void a_table_nobody_named_belongs_to_the_loss_if_the_same_transaction_hit_it() {
        Conclusions conclusions = new Server()
                .newFile("s.named", 10, 0, 0, 742)
                .newFile("s.unnamed", 20, 0, 0, 742)
                .newFile("s.staging", 30, 0, 0, 611)
                .investigate("s.named");

        assertThat(fate(conclusions, "s.unnamed").partOfLoss()).isTrue();
        assertThat(fate(conclusions, "s.staging").partOfLoss()).isFalse();
    }
}
