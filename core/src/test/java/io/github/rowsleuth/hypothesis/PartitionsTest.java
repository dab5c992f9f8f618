package io.github.rowsleuth.hypothesis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowsleuth.evidence.Excerpt;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.probe.CodeStatement;
import io.github.rowsleuth.probe.CommitRef;
import io.github.rowsleuth.probe.Script;
import io.github.rowsleuth.probe.Scripts;
import io.github.rowsleuth.probe.SequenceState;
import io.github.rowsleuth.sql.DestructiveStatements;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PartitionsTest {

    private static Server partitioned() {
        return new Server().partitioned("s.m");
    }

    private static TableFate fate(Conclusions conclusions, String table) {
        return conclusions.fates().stream()
                .filter(f -> f.table().equals(TableName.parse(table)))
                .findFirst()
                .orElseThrow();
    }

    private static Server truncated() {
        return partitioned()
                .newFile("s.m_1", 10, 0, 0, 742)
                .partitionOf("s.m", "s.m_1")
                .newFile("s.m_2", 10, 0, 0, 742)
                .partitionOf("s.m", "s.m_2");
    }

    private static Scripts script(String sql) {
        CommitRef commit = new CommitRef("0123456789abcdef", "Ada", Instant.EPOCH, Instant.EPOCH, "tidy up");
        return new Scripts(List.of(Script.builder()
                .path("clean.sql")
                .language("sql")
                .asOf(commit)
                .suspiciousName(true)
                .statements(DestructiveStatements.in(sql).stream()
                        .map(d -> new CodeStatement(d, 1, CodeStatement.Reach.EXECUTED, Excerpt.ofSql(sql)))
                        .toList())
                .build()));
    }

    @Test
    void a_partitioned_table_has_the_fate_and_the_rows_of_its_partitions() {
        Conclusions conclusions = partitioned()
                .table("s.m_1", 10, 3, 7)
                .partitionOf("s.m", "s.m_1")
                .table("s.m_2", 10, 0, 10)
                .partitionOf("s.m", "s.m_2")
                .investigate("s.m");

        assertThat(fate(conclusions, "s.m").fate()).isEqualTo(Fate.DELETED);
        assertThat(fate(conclusions, "s.m").rowsBefore()).contains(20L);
        assertThat(fate(conclusions, "s.m").rowsNow()).contains(17L);
        assertThat(fate(conclusions, "s.m").ofPartitions()).isTrue();
        assertThat(fate(conclusions, "s.m_1").partOfLoss())
                .as("its parent was named")
                .isTrue();
        assertThat(fate(conclusions, "s.m_2").fate()).isEqualTo(Fate.INTACT);
    }

    @Test
    void partitions_of_partitions_count_too() {
        Conclusions conclusions = partitioned()
                .partitioned("s.m_a")
                .partitionOf("s.m", "s.m_a")
                .table("s.m_a_1", 10, 0, 10)
                .partitionOf("s.m_a", "s.m_a_1")
                .investigate("s.m");

        assertThat(fate(conclusions, "s.m").fate()).isEqualTo(Fate.INTACT);
        assertThat(fate(conclusions, "s.m").rowsNow()).contains(10L);
    }

    @Test
    void one_truncate_of_the_parent_explains_all_partitions_without_cascade() {
        Act act = truncated().investigate("s.m").acts().get(0);

        assertThat(act.roots()).containsExactly(TableName.parse("s.m"));
        assertThat(act.cascade()).isFalse();
        assertThat(act.statement()).isEqualTo("TRUNCATE s.m");
    }

    @Test
    void a_partition_that_was_spared_clears_the_parent() {
        Act act = partitioned()
                .newFile("s.m_1", 10, 0, 0, 742)
                .partitionOf("s.m", "s.m_1")
                .table("s.m_2", 10, 0, 10)
                .partitionOf("s.m", "s.m_2")
                .investigate("s.m")
                .acts()
                .get(0);

        assertThat(act.statement()).isEqualTo("TRUNCATE s.m_1");
    }

    @Test
    void a_script_fits_whether_it_names_the_parent_or_every_partition() {
        for (String sql : List.of("TRUNCATE s.m", "TRUNCATE s.m_1, s.m_2")) {
            assertThat(truncated()
                            .answer("scripts", script(sql))
                            .investigate("s.m")
                            .hypotheses())
                    .filteredOn(h -> h.suspect().isPresent())
                    .extracting(Hypothesis::confidence)
                    .as(sql)
                    .containsExactly(Confidence.POSSIBLE);
        }
        assertThat(truncated()
                        .answer("scripts", script("TRUNCATE s.m_1"))
                        .investigate("s.m")
                        .hypotheses())
                .filteredOn(h -> h.suspect().isPresent())
                .extracting(Hypothesis::confidence)
                .containsExactly(Confidence.RULED_OUT);
    }

    @Test
    void rows_that_moved_to_another_partition_are_told_by_their_pages() {
        Server moved = partitioned()
                .table("s.m_1", 10, 1, 9)
                .partitionOf("s.m", "s.m_1")
                .table("s.m_2", 11, 0, 11)
                .partitionOf("s.m", "s.m_2");
        TableFate alone = fate(moved.investigate("s.m"), "s.m_1");
        Conclusions withPages = moved.pages("s.m_1", 9, 0, p -> p.superseded(1)).investigate("s.m");

        assertThat(alone.fate()).isEqualTo(Fate.DELETED);
        assertThat(alone.ambiguities()).contains("an UPDATE that moved the rows to another partition counts the same");
        assertThat(fate(withPages, "s.m_1").fate()).isEqualTo(Fate.INTACT);
        assertThat(fate(withPages, "s.m").fate()).isEqualTo(Fate.INTACT);
    }

    @Test
    void a_deleted_row_on_the_page_is_not_explained_by_older_moves() {
        Conclusions conclusions = partitioned()
                .table("s.m_1", 0, 1, 0)
                .partitionOf("s.m", "s.m_1")
                .counters("s.m_1", c -> c.modifiedSinceAnalyze(1))
                .countersSince(Instant.parse("2026-03-01T12:00:00Z"))
                .pages("s.m_1", 6, 1, p -> p.superseded(3))
                .investigate("s.m");

        assertThat(fate(conclusions, "s.m_1").fate()).isEqualTo(Fate.DELETED);
    }

    @Test
    void rows_that_moved_are_told_by_a_sequence_that_gave_out_no_more_values_than_there_are_rows() {
        SequenceState full = new SequenceState(TableName.parse("s.m_id_seq"), "id", Optional.of(20L), 1, false);
        SequenceState beyond = new SequenceState(TableName.parse("s.m_id_seq"), "id", Optional.of(21L), 1, false);
        Server moved = partitioned()
                .table("s.m_1", 10, 1, 9)
                .partitionOf("s.m", "s.m_1")
                .table("s.m_2", 11, 0, 11)
                .partitionOf("s.m", "s.m_2");

        assertThat(fate(moved.scope("s.m", s -> s.addSequences(full)).investigate("s.m"), "s.m")
                        .fate())
                .isEqualTo(Fate.INTACT);
        assertThat(fate(moved.scope("s.m", s -> s.sequences(List.of(beyond))).investigate("s.m"), "s.m")
                        .fate())
                .isEqualTo(Fate.DELETED);
    }

    @Test
    void a_partition_that_was_detached_keeps_its_rows_and_hides_them_from_its_parent() {
        Conclusions conclusions = partitioned()
                .table("s.m_1", 10, 0, 10)
                .partitionOf("s.m", "s.m_1")
                .table("s.m_2", 10, 0, 10)
                .scope(
                        "s.m_2",
                        s -> s.resemblesPartitionOf(TableName.parse("s.m")).catalogTransaction(742L))
                .table("s.copy", 10, 0, 10)
                .scope(
                        "s.copy",
                        s -> s.resemblesPartitionOf(TableName.parse("s.m"))
                                .catalogTransaction(504L)
                                .creationTransaction(504L))
                .investigate("s.m");

        assertThat(fate(conclusions, "s.m").fate()).isEqualTo(Fate.HIDDEN);
        assertThat(fate(conclusions, "s.m_2").fate()).isEqualTo(Fate.DETACHED);
        assertThat(fate(conclusions, "s.m_2").transaction()).contains(742L);
        assertThat(fate(conclusions, "s.m_2").partOfLoss()).isTrue();
        assertThat(fate(conclusions, "s.copy").fate()).as("never altered").isEqualTo(Fate.INTACT);
        assertThat(fate(conclusions, "s.copy").partOfLoss()).isFalse();
    }

    @Test
    void a_partition_that_waits_for_its_first_row_was_not_made_anew() {
        Server server = partitioned()
                .table("s.older", 1, 0, 1)
                .table("s.m_1", 10, 3, 7)
                .partitionOf("s.m", "s.m_1")
                .table("s.m_2", 0, 0, 0)
                .partitionOf("s.m", "s.m_2")
                .lostAfter(Instant.parse("2026-03-01T00:00:00Z"));

        assertThat(fate(server.investigate("s.m"), "s.m_2").fate()).isEqualTo(Fate.INTACT);
        assertThat(fate(server.investigate("s.m", "s.m_2"), "s.m_2").fate())
                .as("somebody misses rows of it")
                .isEqualTo(Fate.RECREATED);
    }
}
