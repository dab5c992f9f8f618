package io.github.rowsleuth.hypothesis;

import static io.github.rowsleuth.transaction.Observed.aborted;
import static io.github.rowsleuth.transaction.Observed.committed;
import static io.github.rowsleuth.transaction.Observed.deleted;
import static io.github.rowsleuth.transaction.Observed.effect;
import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.probe.DroppedColumn;
import io.github.rowsleuth.probe.SequenceState;
import io.github.rowsleuth.probe.UnknownTable;
import io.github.rowsleuth.server.PreparedTransaction;
import io.github.rowsleuth.server.ServerActivity;
import io.github.rowsleuth.transaction.TableEffect.Kind;
import io.github.rowsleuth.transaction.TransactionEnd;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What pages, log and catalogs add to counters, and what they decide alone; the real servers are elsewhere. */
class FatesByEvidenceTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private static TableFate fate(Conclusions conclusions, String table) {
        return conclusions.fates().stream()
                .filter(f -> f.table().equals(TableName.parse(table)))
                .findFirst()
                .orElseThrow();
    }

    private static TableFate fate(Server server, String table) {
        return fate(server.investigate(table), table);
    }

    private static Server afterCrash() {
        return new Server().table("s.t", 0, 0, 0).countersDiscarded(NOON);
    }

    private static SequenceState sequence(long last) {
        return new SequenceState(TableName.parse("s.t_id_seq"), "id", Optional.of(last), 1, false);
    }

    @Test
    void pages_show_a_deletion_that_a_crash_took_from_the_counters() {
        TableFate fate = fate(
                afterCrash()
                        .pages("s.t", 6, 4)
                        .onPages(committed(731)
                                .addEffects(deleted("s.t", 4))
                                .ended(Moment.at(NOON.minusSeconds(9)))
                                .build()),
                "s.t");

        assertThat(fate.fate()).isEqualTo(Fate.DELETED);
        assertThat(fate.rowsBefore()).contains(10L);
        assertThat(fate.rowsBeforeBy()).contains("its pages");
        assertThat(fate.rowsNow()).contains(6L);
        assertThat(fate.transactions()).containsExactly(731L);
        assertThat(fate.moment()).isEqualTo(Moment.at(NOON.minusSeconds(9)));
        assertThat(fate.ambiguities())
                .anyMatch(a -> a.startsWith("more may be gone: its counters begin at " + NOON + ": a crash"));
    }

    @Test
    void pages_without_a_deleted_row_prove_nothing_where_the_counters_are_lost() {
        TableFate fate = fate(afterCrash().pages("s.t", 6, 0), "s.t");

        assertThat(fate.fate()).isEqualTo(Fate.UNKNOWN);
        assertThat(fate.decidedBy())
                .containsExactly(
                        "its pages hold 6 live rows and no trace of a deletion, which vacuum would have taken away");
    }

    @Test
    void a_log_that_reaches_back_and_shows_no_removal_makes_up_for_lost_counters() {
        Server quiet = afterCrash().pages("s.t", 6, 0).wholeLog();

        assertThat(fate(quiet, "s.t").fate()).isEqualTo(Fate.INTACT);
        assertThat(fate(quiet, "s.t").rowsNow()).contains(6L);
        assertThat(fate(quiet.inLog(aborted(731).addEffects(deleted("s.t", 4)).build()), "s.t")
                        .fate())
                .isEqualTo(Fate.ROLLED_BACK);
        assertThat(fate(quiet.inLog(committed(732).addEffects(deleted("s.t", 4)).build()), "s.t")
                        .fate())
                .isEqualTo(Fate.DELETED);
    }

    @Test
    void a_table_that_was_loaded_from_an_older_copy_accounts_for_every_row() {
        Server server = new Server()
                .table("s.older", 10, 0, 10)
                .scope("s.older", s -> s.creationTransaction(700L))
                .table("s.t", 6, 0, 6)
                .scope("s.t", s -> s.creationTransaction(800L))
                .lostAfter(NOON);

        assertThat(fate(server, "s.t").fate()).isEqualTo(Fate.INTACT);
        assertThat(fate(server, "s.t").ambiguities())
                .singleElement(as(STRING))
                .contains("created anew from an older copy", "transaction 800 created it, after 1 other tables");
        server.counters("s.t", c -> c.lastAnalyze(NOON.minusSeconds(1)));
        assertThat(fate(server, "s.t").ambiguities()).isEmpty();
    }

    @Test
    void the_log_says_nothing_of_unlogged_tables() {
        assertThat(fate(afterCrash().wholeLog().pages("s.t", 6, 0).scope("s.t", s -> s.logged(false)), "s.t")
                        .fate())
                .isEqualTo(Fate.UNKNOWN);
    }

    @Test
    void deletions_on_pages_that_counters_do_not_know_are_a_deletion_and_the_contradiction_is_said() {
        TableFate fate = fate(new Server().table("s.t", 10, 0, 10).pages("s.t", 6, 4), "s.t");

        assertThat(fate.fate()).isEqualTo(Fate.DELETED);
        assertThat(fate.rowsBefore()).contains(10L);
        assertThat(fate.remarks()).anyMatch(r -> r.contains("track_counts"));
    }

    @Test
    void pages_that_hold_fewer_rows_than_exact_counters_are_no_deletion_and_no_peace() {
        TableFate fate = fate(new Server().table("s.t", 10, 0, 10).pages("s.t", 6, 0), "s.t");

        assertThat(fate.fate()).isEqualTo(Fate.UNKNOWN);
        assertThat(fate.decidedBy()).containsExactly("its counters hold 10 live rows, and its pages only 6");
    }

    @Test
    void many_transactions_are_summed_up_and_the_greatest_is_named() {
        Server server = new Server().table("s.t", 100, 15, 85);
        for (int i = 1; i <= 5; i++) {
            server.inLog(committed(700 + i).addEffects(deleted("s.t", i)).build());
        }
        TableFate fate = fate(server, "s.t");

        assertThat(fate.decidedBy()).contains("5 transactions are shown that deleted 15 rows, transaction 705 alone 5");
        assertThat(fate.transaction()).contains(705L);
        assertThat(fate.transactions()).hasSize(5);
    }

    @Test
    void a_deletion_from_before_the_rows_were_seen_is_said_to_be_one() {
        Server server = new Server()
                .table("s.t", 10, 4, 6)
                .inLog(committed(731)
                        .addEffects(deleted("s.t", 4))
                        .ended(Moment.at(NOON))
                        .build());

        assertThat(fate(server.lostAfter(NOON.plusSeconds(60)), "s.t").ambiguities())
                .anyMatch(a -> a.startsWith("these transactions did not end in the time of the incident"));
        assertThat(fate(server.lostAfter(NOON.minusSeconds(60)), "s.t").ambiguities())
                .isEmpty();
    }

    @Test
    void the_log_shows_a_truncate_whose_mark_the_counters_lost() {
        TableFate fate = fate(
                new Server()
                        .newFile("s.t", 11, 0, 11, 742)
                        .inLog(committed(742)
                                .addEffects(effect(Kind.TRUNCATED, "s.t"))
                                .ended(Moment.at(NOON))
                                .build()),
                "s.t");

        assertThat(fate.fate()).isEqualTo(Fate.TRUNCATED);
        assertThat(fate.transaction()).contains(742L);
        assertThat(fate.moment()).isEqualTo(Moment.at(NOON));
    }

    @Test
    void the_pages_show_it_too_and_without_them_nobody_knows() {
        Server forgetful = new Server().newFile("s.t", 11, 0, 11, 742);
        TableFate alone = fate(forgetful, "s.t");
        TableFate withPages = fate(forgetful.pages("s.t", 1, 0), "s.t");

        assertThat(alone.fate()).isEqualTo(Fate.UNKNOWN);
        assertThat(alone.ambiguities()).anyMatch(a -> a.startsWith("a TRUNCATE that its session followed up"));
        assertThat(withPages.fate()).isEqualTo(Fate.TRUNCATED);
        assertThat(withPages.rowsBefore()).contains(10L);
        assertThat(withPages.insertedSince()).contains(1L);
    }

    @Test
    void a_new_file_that_holds_every_row_was_rewritten() {
        TableFate fate = fate(new Server().newFile("s.t", 10, 0, 10, 742).pages("s.t", 10, 0), "s.t");

        assertThat(fate.fate()).isEqualTo(Fate.REWRITTEN);
        assertThat(fate.fate().isLoss()).isFalse();
    }

    @Test
    void rows_whose_insertion_was_rolled_back_and_a_rewrite_are_no_truncate() {
        Server server = new Server()
                .newFile("s.t", 15, 10, 0, 742)
                .counters("s.t", c -> c.modifiedSinceAnalyze(20).insertedSinceVacuum(15));

        TableFate fate = fate(server, "s.t");

        assertThat(fate.fate()).isEqualTo(Fate.DELETED);
        assertThat(fate.decidedBy()).containsExactly("its counters hold 10 deletes and 10 rows fewer");
    }

    @Test
    void a_truncate_in_the_log_of_a_table_that_never_held_a_row_lost_none() {
        Conclusions conclusions = new Server()
                .table("s.old", 1, 0, 1)
                .newFile("s.staging", 0, 0, 0, 742)
                .inLog(committed(742)
                        .addEffects(effect(Kind.TRUNCATED, "s.staging"))
                        .build())
                .investigate("s.old");

        assertThat(fate(conclusions, "s.staging").fate()).isEqualTo(Fate.INTACT);
    }

    @Test
    void a_table_that_was_filled_and_truncated_in_the_transaction_that_created_it_is_told_by_the_log_alone() {
        Server server = new Server().table("s.old", 1, 0, 1).table("s.young", 0, 0, 0);
        TableFate alone = fate(server, "s.young");
        TableFate logged = fate(
                server.inLog(committed(501)
                        .addEffects(effect(Kind.TRUNCATED, "s.young"))
                        .build()),
                "s.young");

        assertThat(alone.fate()).isEqualTo(Fate.RECREATED);
        assertThat(alone.ambiguities()).anyMatch(a -> a.contains("filled and truncated in the transaction"));
        assertThat(logged.fate()).isEqualTo(Fate.TRUNCATED);
        assertThat(logged.remarks()).anyMatch(r -> r.contains("nobody else ever saw a row"));
    }

    @Test
    void a_rolled_back_truncate_shows_in_the_log_only() {
        Server server = new Server().table("s.t", 10, 0, 10);

        assertThat(fate(server, "s.t").fate()).isEqualTo(Fate.INTACT);
        assertThat(fate(
                                server.inLog(aborted(742)
                                        .addEffects(effect(Kind.TRUNCATED, "s.t"))
                                        .build()),
                                "s.t")
                        .fate())
                .isEqualTo(Fate.ROLLED_BACK);
    }

    @Test
    void rows_deleted_by_a_prepared_transaction_are_not_lost_yet_and_its_name_is_said() {
        PreparedTransaction prepared =
                new PreparedTransaction("g1", 731, NOON, "app", "app", new EvidenceId("activity#1"));
        TableFate fate = fate(
                new Server()
                        .table("s.t", 10, 0, 10)
                        .pages("s.t", 10, 0, p -> p.deletionsPending(4))
                        .onPages(committed(731)
                                .end(TransactionEnd.PREPARED)
                                .addEffects(deleted("s.t", 4))
                                .build())
                        .answer("activity", new ServerActivity(List.of(), List.of(prepared), List.of(), List.of())),
                "s.t");

        assertThat(fate.fate()).isEqualTo(Fate.INTACT);
        assertThat(fate.rowsPending()).contains(4L);
        assertThat(fate.remarks()).anyMatch(r -> r.contains("prepared as 'g1' and waits for its commit"));
    }

    @Test
    void an_unlogged_table_is_empty_after_a_crash_and_only_then() {
        Server unlogged = new Server().table("s.t", 0, 0, 0).scope("s.t", s -> s.logged(false));

        assertThat(fate(unlogged, "s.t").fate()).isNotEqualTo(Fate.LOST_IN_CRASH);
        TableFate fate = fate(unlogged.countersDiscarded(NOON), "s.t");
        assertThat(fate.fate()).isEqualTo(Fate.LOST_IN_CRASH);
        assertThat(fate.moment()).isEqualTo(Moment.notAfter(NOON));
        assertThat(fate.ambiguities()).containsExactly("nothing shows that it held a row before");
        assertThat(fate(unlogged.scope("s.t", s -> s.estimatedRows(10)), "s.t").ambiguities())
                .isEmpty();
    }

    @Test
    void rows_that_a_policy_hides_are_hidden_unless_a_loss_is_shown() {
        assertThat(fate(new Server().table("s.t", 10, 0, 10).scope("s.t", s -> s.rowsHidden(true)), "s.t")
                        .fate())
                .isEqualTo(Fate.HIDDEN);
        assertThat(fate(new Server().table("s.t", 10, 4, 6).scope("s.t", s -> s.rowsHidden(true)), "s.t")
                        .fate())
                .isEqualTo(Fate.DELETED);
    }

    @Test
    void the_table_of_a_missing_name_is_named_where_its_rows_are() {
        Server server = new Server().table("s.archive", 10, 0, 10).scope("s.archive", s -> s.addFormerNames("orders"));
        TableName orders = TableName.parse("s.orders");
        TableFate fate = fate(server.missing(new UnknownTable(orders, List.of())), "s.orders");

        assertThat(fate.fate()).isEqualTo(Fate.HIDDEN);
        assertThat(fate.rowsNow()).contains(10L);
        assertThat(fate.decidedBy()).anyMatch(d -> d.startsWith("s.archive was named so"));
        assertThat(fate.ambiguities()).isEmpty();
    }

    @Test
    void a_missing_table_that_the_log_saw_dropped_was_dropped() {
        TableFate fate = fate(
                new Server()
                        .table("s.t", 1, 0, 1)
                        .missing(new UnknownTable(TableName.parse("s.orders"), List.of()))
                        .inLog(committed(742)
                                .addEffects(effect(Kind.DROPPED, "s.orders"))
                                .ended(Moment.at(NOON))
                                .build()),
                "s.orders");

        assertThat(fate.fate()).isEqualTo(Fate.DROPPED);
        assertThat(fate.transaction()).contains(742L);
    }

    @Test
    void a_table_in_another_schema_may_be_the_one_that_was_meant() {
        TableFate fate = fate(
                new Server()
                        .table("shop.orders", 10, 0, 10)
                        .missing(new UnknownTable(TableName.parse("public.orders"), List.of())),
                "public.orders");

        assertThat(fate.fate()).isEqualTo(Fate.HIDDEN);
        assertThat(fate.ambiguities()).isNotEmpty();
    }

    @Test
    void another_database_may_be_the_one_that_was_meant() {
        TableFate fate = fate(
                new Server()
                        .identity(i -> i.addOtherDatabases("app_live"))
                        .missing(new UnknownTable(TableName.parse("orders"), List.of())),
                "orders");

        assertThat(fate.fate()).isEqualTo(Fate.UNKNOWN);
        assertThat(fate.ambiguities()).contains("another database was meant: the server has app_live");
    }

    @Test
    void tables_of_a_cluster_that_is_younger_than_their_rows_were_recreated() {
        Conclusions conclusions = new Server()
                .table("s.t", 3, 0, 3)
                .identity(i -> i.clusterCreated(NOON))
                .lostAfter(NOON.minusSeconds(60))
                .investigate("s.t");

        assertThat(fate(conclusions, "s.t").fate()).isEqualTo(Fate.RECREATED);
        assertThat(conclusions.circumstances())
                .extracting(Circumstance::kind)
                .containsExactly(Circumstance.Kind.CLUSTER_YOUNGER_THAN_DATA);
        assertThat(conclusions.hypotheses()).extracting(Hypothesis::cause).containsExactly(Cause.CLUSTER_RECREATED);
    }

    @Test
    void a_database_that_is_younger_than_its_rows_decides_unless_it_was_copied() {
        Server young = new Server()
                .table("s.t", 3, 0, 3)
                .identity(i -> i.databaseCreated(NOON))
                .lostAfter(NOON.minusSeconds(60));

        assertThat(fate(young, "s.t").fate()).isEqualTo(Fate.RECREATED);
        assertThat(fate(young.identity(i -> i.databaseCreated(NOON).timeline(2L)), "s.t")
                        .fate())
                .isEqualTo(Fate.UNKNOWN);
    }

    @Test
    void a_table_that_is_younger_than_its_rows_was_recreated_whatever_it_holds() {
        Server server = new Server()
                .table("s.t", 3, 0, 3)
                .scope("s.t", s -> s.creationCommitted(NOON))
                .lostAfter(NOON.minusSeconds(60));

        assertThat(fate(server, "s.t").fate()).isEqualTo(Fate.RECREATED);
        assertThat(fate(server.lostAfter(NOON.plusSeconds(60)), "s.t").fate()).isEqualTo(Fate.INTACT);
    }

    @Test
    void a_table_that_was_renamed_is_not_taken_for_a_young_one() {
        assertThat(fate(
                                new Server()
                                        .table("s.t", 3, 0, 3)
                                        .scope(
                                                "s.t",
                                                s -> s.creationCommitted(NOON).creationTransaction(900L))
                                        .table("s.later", 1, 0, 1)
                                        .lostAfter(NOON.minusSeconds(60)),
                                "s.t")
                        .fate())
                .as("a table of a higher oid is older")
                .isEqualTo(Fate.INTACT);
    }

    @Test
    void a_standby_counts_only_what_it_did_itself() {
        TableFate fate = fate(new Server().table("s.t", 0, 0, 0).identity(i -> i.inRecovery(true)), "s.t");

        assertThat(fate.fate()).isEqualTo(Fate.UNKNOWN);
        assertThat(fate.ambiguities()).anyMatch(a -> a.startsWith("the server is a standby"));
    }

    @Test
    void a_reset_of_one_table_does_not_touch_what_analyze_left_in_another() {
        Server server = new Server()
                .table("s.t", 0, 0, 0)
                .table("s.seen", 10, 4, 6)
                .counters(
                        "s.seen",
                        c -> c.lastAnalyze(NOON.minusSeconds(60))
                                .modifiedSinceAnalyze(4)
                                .inserted(0))
                .countersSince(NOON)
                .lostAfter(NOON.minusSeconds(30));
        Conclusions conclusions = server.investigate("s.t", "s.seen");

        assertThat(fate(conclusions, "s.t").fate()).isEqualTo(Fate.UNKNOWN);
        assertThat(fate(conclusions, "s.t").ambiguities())
                .anyMatch(a -> a.contains("those of the database, or of one of its tables, were reset"));
        assertThat(fate(conclusions, "s.seen").fate()).isEqualTo(Fate.DELETED);
    }

    @Test
    void counters_that_are_as_old_as_the_start_of_the_server_may_be_emptied_at_every_start() {
        Server server = new Server().table("s.t", 0, 0, 0).countersDiscarded(NOON);

        assertThat(fate(server, "s.t").ambiguities()).noneMatch(a -> a.contains("at every start"));
        assertThat(fate(server.identity(i -> i.serverStarted(NOON.minusSeconds(1))), "s.t")
                        .ambiguities())
                .anyMatch(a -> a.contains("a crash") && a.contains("the server begins with empty ones at every start"));
    }

    @Test
    void a_sequence_betrays_rows_that_the_counters_forgot() {
        TableFate fate = fate(afterCrash().pages("s.t", 60, 0).scope("s.t", s -> s.addSequences(sequence(100))), "s.t");

        assertThat(fate.fate()).isEqualTo(Fate.UNKNOWN);
        assertThat(fate.remarks())
                .anyMatch(r -> r.startsWith("its sequence s.t_id_seq gave out 100 values, and 60 rows are there"));
    }

    @Test
    void a_dropped_column_takes_values_and_no_rows() {
        TableFate fate = fate(
                new Server()
                        .table("s.t", 10, 0, 10)
                        .scope(
                                "s.t",
                                s -> s.addDroppedColumns(new DroppedColumn(2, Optional.of(742L), Optional.of(NOON)))),
                "s.t");

        assertThat(fate.fate()).isEqualTo(Fate.INTACT);
        assertThat(fate.remarks())
                .anyMatch(r -> r.startsWith("its column 2 was dropped in transaction 742 at " + NOON));
    }

    @Test
    void a_cascade_of_another_transaction_is_none() {
        Server server = new Server()
                .table("s.parent", 10, 2, 8)
                .table("s.child", 50, 10, 40)
                .key("s.child", "s.parent", io.github.rowsleuth.probe.ForeignKey.OnDelete.CASCADE)
                .inLog(
                        committed(731).addEffects(deleted("s.parent", 2)).build(),
                        committed(732).addEffects(deleted("s.child", 10)).build());

        assertThat(fate(server.investigate("s.parent", "s.child"), "s.child").fate())
                .isEqualTo(Fate.DELETED);
    }

    @Test
    void the_transactions_of_the_incident_come_first() {
        Conclusions conclusions = new Server()
                .table("s.t", 10, 4, 6)
                .table("s.other", 10, 4, 6)
                .inLog(
                        committed(700).addEffects(deleted("s.other", 4)).build(),
                        aborted(730).addEffects(deleted("s.t", 4)).build(),
                        committed(731).addEffects(deleted("s.t", 4)).build())
                .investigate("s.t");

        assertThat(conclusions.transactions()).extracting(t -> t.xid()).startsWith(731L, 730L, 700L);
    }
}
