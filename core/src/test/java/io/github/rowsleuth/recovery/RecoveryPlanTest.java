package io.github.rowsleuth.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.hypothesis.CaseFile;
import io.github.rowsleuth.hypothesis.Conclusions;
import io.github.rowsleuth.hypothesis.Fate;
import io.github.rowsleuth.hypothesis.TableFate;
import io.github.rowsleuth.incident.Incident;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.incident.TimeWindow;
import io.github.rowsleuth.probe.DatabaseIdentity;
import io.github.rowsleuth.probe.ForeignKeys;
import io.github.rowsleuth.probe.ProbeNotes;
import io.github.rowsleuth.probe.ProbeOutcome;
import io.github.rowsleuth.probe.Scope;
import io.github.rowsleuth.recovery.RecoveryOption.Feasibility;
import io.github.rowsleuth.recovery.RecoveryOption.Return;
import io.github.rowsleuth.recovery.RecoveryOption.Way;
import io.github.rowsleuth.server.WriteAheadLog;
import io.github.rowsleuth.transaction.DeadRows;
import io.github.rowsleuth.transaction.Lsn;
import io.github.rowsleuth.transaction.RemovingTransaction;
import io.github.rowsleuth.transaction.TableEffect;
import io.github.rowsleuth.transaction.TablePages;
import io.github.rowsleuth.transaction.TransactionEnd;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecoveryPlanTest {
    private static final TableName ORDERS = TableName.parse("shop.orders");
    private static final TableName ITEMS = TableName.parse("shop.items");
    private static final Instant LOST = Instant.parse("2026-03-01T03:00:00.123456Z");
    private static final Duration HOUR = Duration.ofHours(1);

    private final List<ProbeOutcome<?>> outcomes = new ArrayList<>();
    private final List<TableFate> fates = new ArrayList<>();
    private final List<RemovingTransaction> transactions = new ArrayList<>();

    private RecoveryPlanTest answer(Object answer) {
        ProbeNotes none = new ProbeNotes(List.of(), List.of(), Optional.empty());
        outcomes.add(new ProbeOutcome.Answered<>("p" + outcomes.size(), answer, none));
        return this;
    }

    private RecoveryPlanTest lost(TableName table, Fate fate, long before, long now) {
        fates.add(TableFate.builder()
                .table(table)
                .fate(fate)
                .partOfLoss(true)
                .rowsBefore(before)
                .rowsNow(now)
                .moment(Moment.at(LOST))
                .build());
        return this;
    }

    private RecoveryPlanTest removedBy(long xid, String first, String end, TableName table, TransactionEnd outcome) {
        transactions.add(RemovingTransaction.builder()
                .xid(xid)
                .end(outcome)
                .ended(Moment.at(LOST))
                .firstLsn(Lsn.parse(first))
                .endLsn(Lsn.parse(end))
                .addEffects(new RemovingTransaction.Effect(
                        Optional.of(table), table.toString(), TableEffect.Kind.ROWS_DELETED, List.of()))
                .build());
        return this;
    }

    private RecoveryPlan plan() {
        Incident incident = new Incident(List.of(ORDERS), TimeWindow.UNKNOWN);
        return RecoveryPlan.of(
                new CaseFile(incident, outcomes),
                new Conclusions(List.of(), transactions, fates, List.of(), List.of(), List.of()));
    }

    private RecoveryOption option(Way way) {
        return plan().options().stream()
                .filter(o -> o.way() == way)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + way + " in " + plan()));
    }

    private static TablePages pages(TableName table, long deleted, long pruned) {
        return TablePages.builder()
                .table(table)
                .pages(3)
                .pagesRead(3)
                .live(0)
                .deleted(deleted)
                .deletionsRolledBack(0)
                .deletionsPending(0)
                .superseded(0)
                .insertionsRolledBack(0)
                .pruned(pruned)
                .build();
    }

    private static WriteAheadLog log(String oldest) {
        return WriteAheadLog.builder()
                .level("replica")
                .now(Lsn.parse("0/9000000"))
                .oldest(Lsn.parse(oldest))
                .segmentSize(16 << 20)
                .maxSize(1 << 30)
                .keepSize(0)
                .checkpointSeconds(300)
                .archiver(new WriteAheadLog.Archiver(
                        "off", 0, Optional.empty(), Optional.empty(), 0, Optional.empty(), Optional.empty()))
                .build();
    }

    private static Backup base(String from, String consistent) {
        return Backup.builder()
                .path("/backup/base")
                .format(BackupFormat.BASE)
                .recoveryFrom(Lsn.parse(from))
                .consistentAt(Lsn.parse(consistent))
                .build();
    }

    private static Backup dump(Instant begun, TableName... tables) {
        Backup.Builder dump = Backup.builder()
                .path("/backup/shop.dump")
                .format(BackupFormat.CUSTOM)
                .begun(Moment.at(begun, Duration.ofSeconds(1)));
        for (TableName table : tables) {
            dump.addTables(new BackedUpTable(table, true, Optional.of(40L)));
        }
        return dump.build();
    }

    private static Scope scope(int major) {
        return new Scope(
                DatabaseIdentity.builder()
                        .database("shop")
                        .major(major)
                        .version(major + ".1")
                        .inRecovery(false)
                        .build(),
                List.of(),
                ForeignKeys.NONE,
                List.of());
    }

    @Test
    void nothing_lost_needs_no_recovery() {
        answer(new Backups(List.of(dump(LOST.minus(HOUR), ORDERS))));

        assertThat(plan().options()).isEmpty();
    }

    @Test
    void rows_that_still_lie_on_their_pages_come_first() {
        lost(ORDERS, Fate.DELETED, 40, 0)
                .answer(new DeadRows(List.of(pages(ORDERS, 40, 0)), List.of()))
                .answer(new Backups(List.of(dump(LOST.minus(HOUR), ORDERS))));

        RecoveryOption best = plan().options().get(0);

        assertThat(best.way()).isEqualTo(Way.DEAD_ROWS);
        assertThat(best.feasibility()).isEqualTo(Feasibility.SHOWN);
        assertThat(best.returns()).containsExactly(new Return(ORDERS, Optional.of(40L)));
        assertThat(best.expiry()).isPresent();
    }

    @Test
    void rows_that_were_partly_pruned_come_back_partly() {
        lost(ORDERS, Fate.DELETED, 40, 0).answer(new DeadRows(List.of(pages(ORDERS, 10, 30)), List.of()));

        assertThat(option(Way.DEAD_ROWS).feasibility()).isEqualTo(Feasibility.PARTLY_SHOWN);
    }

    @Test
    void pages_without_a_deleted_row_bring_nothing_back() {
        lost(ORDERS, Fate.DELETED, 40, 0).answer(new DeadRows(List.of(pages(ORDERS, 0, 40)), List.of()));

        assertThat(option(Way.DEAD_ROWS).feasibility()).isEqualTo(Feasibility.RULED_OUT);
    }

    @Test
    void truncate_leaves_no_page_to_read() {
        lost(ORDERS, Fate.TRUNCATED, 40, 0).answer(new DeadRows(List.of(pages(ORDERS, 0, 0)), List.of()));

        assertThat(option(Way.DEAD_ROWS).feasibility()).isEqualTo(Feasibility.RULED_OUT);
        assertThat(option(Way.DEAD_ROWS).reason()).contains("gone with the tables' old contents");
    }

    @Test
    void pages_that_nobody_read_are_an_open_question() {
        lost(ORDERS, Fate.DELETED, 40, 0);

        assertThat(option(Way.DEAD_ROWS).feasibility()).isEqualTo(Feasibility.UNKNOWN);
        assertThat(option(Way.DEAD_ROWS).steps()).anyMatch(s -> s.contains("postgres.dead-rows"));
    }

    @Test
    void recovery_ends_before_the_first_commit_and_not_before_the_lowest_id() {
        lost(ORDERS, Fate.DELETED, 40, 0)
                .removedBy(740, "0/5000000", "0/5000900", ORDERS, TransactionEnd.COMMITTED)
                .removedBy(741, "0/5000100", "0/5000500", ORDERS, TransactionEnd.COMMITTED)
                .removedBy(739, "0/4000000", "0/4000100", ORDERS, TransactionEnd.ABORTED)
                .answer(log("0/1000000"))
                .answer(new Backups(List.of(base("0/2000028", "0/2000100"))));

        RecoveryOption option = option(Way.POINT_IN_TIME);

        assertThat(option.feasibility()).isEqualTo(Feasibility.SHOWN);
        assertThat(option.target().orElseThrow().settings())
                .containsExactly(
                        "recovery_target_lsn = '0/5000500'",
                        "recovery_target_inclusive = off",
                        "recovery_target_action = 'pause'");
        assertThat(option.target().orElseThrow().xid()).isEmpty();
    }

    @Test
    void a_single_transaction_is_named_without_its_epoch() {
        lost(ORDERS, Fate.DELETED, 40, 0)
                .removedBy((3L << 32) + 77, "0/5000000", "0/5000900", ORDERS, TransactionEnd.COMMITTED)
                .answer(log("0/1000000"))
                .answer(new Backups(List.of(base("0/2000028", "0/2000100"))));

        assertThat(option(Way.POINT_IN_TIME).target().orElseThrow().xid()).contains(77L);
        assertThat(new RecoveryTarget(Optional.of(77L), Optional.empty(), Optional.of(LOST))
                        .settings()
                        .get(0))
                .isEqualTo("recovery_target_xid = '77'");
    }

    @Test
    void a_copy_that_became_consistent_only_after_the_loss_is_of_no_use() {
        lost(ORDERS, Fate.DELETED, 40, 0)
                .removedBy(740, "0/5000000", "0/5000900", ORDERS, TransactionEnd.COMMITTED)
                .answer(log("0/1000000"))
                .answer(new Backups(List.of(base("0/4FFFF00", "0/6000000"))));

        assertThat(option(Way.POINT_IN_TIME).feasibility()).isEqualTo(Feasibility.RULED_OUT);
    }

    @Test
    void a_gap_in_the_log_is_not_overlooked() {
        lost(ORDERS, Fate.DELETED, 40, 0)
                .removedBy(740, "0/5000000", "0/5000900", ORDERS, TransactionEnd.COMMITTED)
                .answer(log("0/3000000"))
                .answer(new Backups(List.of(base("0/2000028", "0/2000100"))));

        assertThat(option(Way.POINT_IN_TIME).feasibility()).isEqualTo(Feasibility.UNKNOWN);
        assertThat(option(Way.POINT_IN_TIME).reason()).contains("was not seen");
    }

    @Test
    void a_dump_from_before_the_loss_brings_back_what_it_holds() {
        lost(ORDERS, Fate.TRUNCATED, 40, 0).answer(new Backups(List.of(dump(LOST.minus(HOUR), ORDERS))));

        RecoveryOption option = option(Way.DUMP);

        assertThat(option.feasibility()).isEqualTo(Feasibility.SHOWN);
        assertThat(option.upTo()).isEqualTo(Moment.at(LOST.minus(HOUR), Duration.ofSeconds(1)));
        assertThat(option.returns()).containsExactly(new Return(ORDERS, Optional.of(40L)));
    }

    @Test
    void a_dump_from_after_the_loss_is_ruled_out_whatever_it_holds() {
        lost(ORDERS, Fate.TRUNCATED, 40, 0).answer(new Backups(List.of(dump(LOST.plus(HOUR), ORDERS))));

        assertThat(option(Way.DUMP).feasibility()).isEqualTo(Feasibility.RULED_OUT);
        assertThat(option(Way.DUMP).reason()).contains("begun after the loss");
    }

    @Test
    void a_dump_of_some_tables_brings_back_some() {
        lost(ORDERS, Fate.TRUNCATED, 40, 0)
                .lost(ITEMS, Fate.TRUNCATED, 90, 0)
                .answer(new Backups(List.of(dump(LOST.minus(HOUR), ORDERS))));

        assertThat(option(Way.DUMP).feasibility()).isEqualTo(Feasibility.PARTLY_SHOWN);
        assertThat(option(Way.DUMP).reason()).contains("1 of the 2 tables");
    }

    @Test
    void a_dump_whose_time_is_an_interval_around_the_loss_stays_open() {
        Backup vague = Backup.builder()
                .from(dump(LOST, ORDERS))
                .begun(new Moment(Optional.of(LOST.minus(HOUR)), Optional.of(LOST.plus(HOUR))))
                .build();
        lost(ORDERS, Fate.TRUNCATED, 40, 0).answer(new Backups(List.of(vague)));

        assertThat(option(Way.DUMP).feasibility()).isEqualTo(Feasibility.UNKNOWN);
        assertThat(option(Way.DUMP).reason()).contains("in which zone");
    }

    @Test
    void log_that_begins_after_the_loss_holds_no_image() {
        lost(ORDERS, Fate.DELETED, 40, 0)
                .removedBy(740, "0/5000000", "0/5000900", ORDERS, TransactionEnd.COMMITTED)
                .answer(scope(17))
                .answer(log("0/6000000"));

        assertThat(option(Way.PAGE_IMAGES).feasibility()).isEqualTo(Feasibility.RULED_OUT);
    }

    @Test
    void sql_reads_images_from_16_on() {
        lost(ORDERS, Fate.DELETED, 40, 0)
                .removedBy(740, "0/5000000", "0/5000900", ORDERS, TransactionEnd.COMMITTED)
                .answer(log("0/1000000"));

        assertThat(answer(scope(15)).option(Way.PAGE_IMAGES).steps()).anyMatch(s -> s.contains("from 16 on"));
        outcomes.remove(outcomes.size() - 1);
        assertThat(answer(scope(16)).option(Way.PAGE_IMAGES).steps())
                .anyMatch(s -> s.contains("pg_get_wal_block_info"));
    }

    @Test
    void a_dump_is_restored_by_the_program_that_reads_its_format_and_elsewhere() {
        lost(ORDERS, Fate.TRUNCATED, 40, 0)
                .answer(new Backups(List.of(
                        dump(LOST.minus(HOUR), ORDERS),
                        Backup.builder()
                                .from(dump(LOST.minus(HOUR), ORDERS))
                                .path("/b/it's.sql.gz")
                                .format(BackupFormat.PLAIN)
                                .serverVersion("15.4")
                                .build())));

        List<RecoveryOption> dumps =
                plan().options().stream().filter(o -> o.way() == Way.DUMP).toList();

        assertThat(dumps.get(0).commands())
                .containsExactly(
                        "createdb recovered",
                        "pg_restore --no-owner --no-privileges -d recovered '/backup/shop.dump'",
                        "psql -X -d recovered -c 'COPY \"shop\".\"orders\" TO STDOUT' > 'shop.orders.copy'");
        assertThat(dumps.get(1).commands().get(1)).isEqualTo("gzip -dc '/b/it'\\''s.sql.gz' | psql -X -q -d recovered");
        assertThat(dumps.get(1).steps().get(0)).contains("on another server", "not older than 15.4");
    }

    private RecoveryOption recoveredWith(LogArchive.Run... runs) {
        outcomes.clear();
        transactions.clear();
        fates.clear();
        return lost(ORDERS, Fate.DELETED, 40, 0)
                .removedBy(740, "0/5000000", "0/5000900", ORDERS, TransactionEnd.COMMITTED)
                .answer(log("0/4000000"))
                .answer(new Backups(
                        List.of(base("0/2000028", "0/2000100")),
                        List.of(new LogArchive("/wal", runs.length, List.of(runs), List.of()))))
                .option(Way.POINT_IN_TIME);
    }

    private static LogArchive.Run run(int timeline, String from, String to) {
        return new LogArchive.Run(timeline, Lsn.parse(from), Lsn.parse(to));
    }

    @Test
    void an_archive_that_reaches_from_the_copy_to_pg_wal_shows_that_it_works() {
        RecoveryOption whole = recoveredWith(run(1, "0/1000000", "0/4000000"));

        assertThat(whole.feasibility()).isEqualTo(Feasibility.SHOWN);
        assertThat(whole.reason()).contains("whole, in pg_wal and in /wal (1 files)");
        assertThat(recoveredWith(run(1, "0/1000000", "0/3000000"), run(2, "0/3000000", "0/4000000"))
                        .feasibility())
                .as("promoted in between")
                .isEqualTo(Feasibility.SHOWN);
        assertThat(whole.steps()).anyMatch(s -> s.contains("restore_command") && s.contains("/wal"));
    }

    @Test
    void a_gap_in_the_archive_is_named_by_its_position() {
        RecoveryOption gap = recoveredWith(run(2, "0/1000000", "0/3000000"), run(1, "0/3000000", "0/4000000"));

        assertThat(gap.feasibility()).isEqualTo(Feasibility.UNKNOWN);
        assertThat(gap.reason()).contains("the log breaks off at 0/3000000, before the loss");
        assertThat(recoveredWith(run(1, "0/3000000", "0/4000000")).reason()).contains("breaks off at 0/2000028");
    }
}
