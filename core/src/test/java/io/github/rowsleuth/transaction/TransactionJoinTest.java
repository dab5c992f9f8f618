package io.github.rowsleuth.transaction;

import static io.github.rowsleuth.transaction.Observed.aborted;
import static io.github.rowsleuth.transaction.Observed.committed;
import static io.github.rowsleuth.transaction.Observed.deleted;
import static io.github.rowsleuth.transaction.Observed.effect;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.transaction.RemovingTransaction.Count;
import io.github.rowsleuth.transaction.TableEffect.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TransactionJoinTest {

    private static final TableName T = TableName.parse("s.t");
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final PageRemovals UNTOUCHED =
            new PageRemovals(Optional.empty(), Optional.empty(), Optional.empty());

    private record Witness(String sourceName, List<ObservedTransaction> transactions) implements TransactionSource {}

    private static WalTransactions log(ObservedTransaction.Builder... shown) {
        return new WalTransactions(Optional.empty(), Optional.empty(), built(shown), List.of());
    }

    private static DeadRows pages(TablePages pages, ObservedTransaction.Builder... shown) {
        return new DeadRows(List.of(pages), built(shown));
    }

    private static List<ObservedTransaction> built(ObservedTransaction.Builder... shown) {
        return Arrays.stream(shown).map(ObservedTransaction.Builder::build).toList();
    }

    private static TablePages.Builder tablePages() {
        return TablePages.builder()
                .table(T)
                .pages(1)
                .pagesRead(1)
                .live(0)
                .deleted(4)
                .deletionsRolledBack(0)
                .deletionsPending(0)
                .superseded(0)
                .insertionsRolledBack(0)
                .pruned(0);
    }

    private static RemovingTransaction only(PageRemovals removals, TransactionSource... sources) {
        List<RemovingTransaction> joined =
                TransactionJoin.of(List.of(sources), XidClock.of(List.of()), Map.of(T, removals));
        assertThat(joined).hasSize(1);
        return joined.get(0);
    }

    @Test
    void what_two_sources_show_of_a_transaction_is_one_transaction() {
        RemovingTransaction joined = only(
                UNTOUCHED,
                log(committed(731)
                        .addEffects(deleted("s.t", 4))
                        .ended(Moment.at(NOON))
                        .endLsn(Lsn.parse("0/4002720"))),
                pages(tablePages().build(), committed(731).addEffects(deleted("s.t", 4))));

        assertThat(joined.end()).isEqualTo(TransactionEnd.COMMITTED);
        assertThat(joined.sources()).containsExactly("the write-ahead log", DeadRows.SOURCE);
        assertThat(joined.effects()).singleElement().satisfies(e -> {
            assertThat(e.kind()).isEqualTo(Kind.ROWS_DELETED);
            assertThat(e.counts())
                    .containsExactly(
                            new Count("the write-ahead log", Optional.of(4L), List.of()),
                            new Count(DeadRows.SOURCE, Optional.of(4L), List.of()));
        });
        assertThat(joined.endLsn()).contains(Lsn.parse("0/4002720"));
        assertThat(joined.datedBy()).contains("the write-ahead log");
        assertThat(joined.disagreements()).isEmpty();
        assertThat(joined.remarks()).isEmpty();
    }

    @Test
    void a_subtransaction_that_a_source_shows_by_itself_is_folded_into_its_parent() {
        RemovingTransaction joined = only(
                UNTOUCHED,
                log(committed(731).addSubtransactions(732L, 733L).addEffects(deleted("s.t", 3))),
                pages(
                        tablePages().build(),
                        committed(732).addEffects(deleted("s.t", 1)),
                        committed(733).addEffects(deleted("s.t", 2))));

        assertThat(joined.xid()).isEqualTo(731);
        assertThat(joined.subtransactions()).containsExactly(732L, 733L);
        assertThat(joined.effects().get(0).counts())
                .extracting(Count::rows)
                .containsExactly(Optional.of(3L), Optional.of(3L));
        assertThat(joined.disagreements()).isEmpty();
    }

    @Test
    void a_savepoint_that_was_rolled_back_stays_by_itself() {
        List<RemovingTransaction> joined = TransactionJoin.of(
                List.of(log(
                        committed(731).addSubtransactions(732L).addEffects(deleted("s.t", 1)),
                        aborted(732).addEffects(deleted("s.t", 4)))),
                XidClock.of(List.of()),
                Map.of());

        assertThat(joined).extracting(RemovingTransaction::xid).containsExactly(731L, 732L);
        assertThat(joined)
                .extracting(RemovingTransaction::end)
                .containsExactly(TransactionEnd.COMMITTED, TransactionEnd.ABORTED);
    }

    @Test
    void fewer_rows_on_pages_that_nothing_took_them_from_are_a_disagreement() {
        RemovingTransaction joined = only(
                UNTOUCHED,
                log(committed(731).addEffects(deleted("s.t", 5))),
                pages(tablePages().build(), committed(731).addEffects(deleted("s.t", 4))));

        assertThat(joined.disagreements())
                .containsExactly("by the dead rows on the pages it deleted 4 rows of s.t, by the write-ahead log 5");
        assertThat(joined.effects().get(0).rows()).contains(5L);
    }

    @Test
    void fewer_rows_on_pages_that_were_vacuumed_since_are_none_and_are_said() {
        PageRemovals vacuumed = new PageRemovals(Optional.of(NOON.plusSeconds(60)), Optional.empty(), Optional.empty());

        RemovingTransaction joined = only(
                vacuumed,
                log(committed(731).addEffects(deleted("s.t", 5)).ended(Moment.at(NOON))),
                pages(tablePages().build(), committed(731).addEffects(deleted("s.t", 4))));

        assertThat(joined.disagreements()).isEmpty();
        assertThat(joined.remarks())
                .containsExactly(
                        "4 of the 5 rows that it deleted from s.t are left on the pages: the table was vacuumed at "
                                + NOON.plusSeconds(60));
    }

    @Test
    void a_vacuum_before_the_deletion_took_none_of_its_rows() {
        PageRemovals vacuumed =
                new PageRemovals(Optional.of(NOON.minusSeconds(60)), Optional.empty(), Optional.empty());

        assertThat(only(
                                vacuumed,
                                log(committed(731).addEffects(deleted("s.t", 5)).ended(Moment.at(NOON))),
                                pages(tablePages().build(), committed(731).addEffects(deleted("s.t", 4))))
                        .disagreements())
                .hasSize(1);
    }

    @Test
    void pruned_and_unread_pages_explain_missing_rows_too() {
        TransactionSource log = log(committed(731).addEffects(deleted("s.t", 5)));
        ObservedTransaction.Builder seen = committed(731).addEffects(deleted("s.t", 4));

        assertThat(only(UNTOUCHED, log, pages(tablePages().pruned(1).build(), seen))
                        .remarks())
                .singleElement()
                .asString()
                .endsWith("1 rows were pruned off its pages");
        assertThat(only(UNTOUCHED, log, pages(tablePages().pages(9).build(), seen))
                        .remarks())
                .singleElement()
                .asString()
                .endsWith("1 of its 9 pages were read");
    }

    @Test
    void a_commit_here_and_a_rollback_there_are_a_disagreement_and_the_more_trusted_source_wins() {
        RemovingTransaction joined = only(
                UNTOUCHED,
                log(aborted(731).addEffects(deleted("s.t", 4))),
                pages(tablePages().build(), committed(731).addEffects(deleted("s.t", 4))));

        assertThat(joined.end()).isEqualTo(TransactionEnd.ABORTED);
        assertThat(joined.disagreements())
                .containsExactly(
                        "by the dead rows on the pages it committed, by the write-ahead log it was rolled back");
    }

    @Test
    void who_saw_it_run_was_asked_before_it_ended() {
        ObservedTransaction.Builder runs = ObservedTransaction.builder()
                .xid(731)
                .end(TransactionEnd.PREPARED)
                .gid("g1");
        RemovingTransaction joined = only(
                UNTOUCHED, log(committed(731).addEffects(deleted("s.t", 4))), new Witness("the activity", built(runs)));

        assertThat(joined.end()).isEqualTo(TransactionEnd.COMMITTED);
        assertThat(joined.gid()).contains("g1");
        assertThat(joined.disagreements()).isEmpty();
    }

    @Test
    void what_the_catalogs_can_not_name_another_source_names() {
        RemovingTransaction joined = only(
                UNTOUCHED,
                log(committed(731).addEffects(effect(Kind.TRUNCATED, "s.t"))),
                new Witness("the catalogs", built(committed(731).addEffects(effect(Kind.ALTERED, "s.t")))));

        assertThat(joined.effects()).singleElement().satisfies(e -> {
            assertThat(e.kind()).isEqualTo(Kind.TRUNCATED);
            assertThat(e.counts()).extracting(Count::source).containsExactly("the write-ahead log", "the catalogs");
        });
    }

    @Test
    void a_truncate_here_and_a_rewrite_there_are_a_disagreement() {
        assertThat(only(
                                UNTOUCHED,
                                log(committed(731).addEffects(effect(Kind.TRUNCATED, "s.t"))),
                                new Witness(
                                        "a friend", built(committed(731).addEffects(effect(Kind.REWRITTEN, "s.t")))))
                        .disagreements())
                .containsExactly("by the write-ahead log it truncated s.t, by a friend it wrote its rows anew");
    }

    @Test
    void the_narrowest_time_counts_and_one_that_does_not_meet_it_is_a_disagreement() {
        RemovingTransaction close = only(
                UNTOUCHED,
                log(committed(731).ended(Moment.at(NOON, Duration.ofMinutes(1)))),
                new Witness("a clock", built(committed(731).ended(Moment.at(NOON)))));
        RemovingTransaction apart = only(
                UNTOUCHED,
                log(committed(731).ended(Moment.at(NOON))),
                new Witness("a clock", built(committed(731).ended(Moment.at(NOON.plusSeconds(3600))))));

        assertThat(close.ended()).isEqualTo(Moment.at(NOON));
        assertThat(close.datedBy()).contains("a clock");
        assertThat(close.disagreements()).isEmpty();
        assertThat(apart.disagreements())
                .containsExactly(
                        "by the write-ahead log it ended 2026-03-01T12:00:00Z, by a clock 2026-03-01T13:00:00Z");
    }

    @Test
    void the_order_of_ids_dates_what_no_source_dates() {
        XidClock clock = XidClock.of(List.of(
                new XidAnchor(700, Moment.at(NOON), "a checkpoint"),
                new XidAnchor(800, Moment.at(NOON.plusSeconds(60)), "a checkpoint")));

        RemovingTransaction joined = TransactionJoin.of(
                        List.of(log(committed(731).addEffects(deleted("s.t", 4)))), clock, Map.of())
                .get(0);

        assertThat(joined.started()).isEqualTo(Moment.between(NOON, NOON.plusSeconds(60)));
        assertThat(joined.ended()).isEqualTo(Moment.notBefore(NOON));
        assertThat(joined.datedBy()).contains("the order of transaction ids");
    }

    @Test
    void subtransactions_that_name_each_other_do_not_go_round_for_ever() {
        assertThat(TransactionJoin.of(
                        List.of(log(
                                committed(1).addSubtransactions(2L),
                                committed(2).addSubtransactions(1L))),
                        XidClock.of(List.of()),
                        Map.of()))
                .isNotEmpty();
    }
}
