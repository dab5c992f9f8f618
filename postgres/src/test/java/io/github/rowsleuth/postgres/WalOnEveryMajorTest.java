package io.github.rowsleuth.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.postgres.WalStage.Act;
import io.github.rowsleuth.probe.Coverage;
import io.github.rowsleuth.transaction.Lsn;
import io.github.rowsleuth.transaction.ObservedTransaction;
import io.github.rowsleuth.transaction.TransactionEnd;
import io.github.rowsleuth.transaction.WalTransactions;
import io.github.rowsleuth.transaction.XidClock;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every kind of loss, brought about by the statement that brings it about, and told from the log. All of it happens in
 * one database of one server for each major, and is read once.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WalOnEveryMajorTest {

    /** From here on the log shows the rows of pg_class, and so the names of dropped tables. */
    private static final int NAMES = 16;

    private static final String[] TABLES = {
        "create table plain(id int)",
        "create table toasty(id int primary key, t text)",
        "create table nopk(id int, t text)",
        "create table deleted(id int primary key, t text)",
        "create table merged(id int)",
        "create table back(id int)",
        "create table saved(id int)",
        "create table parent(id int primary key)",
        "create table child(p int references parent on delete cascade)",
        "create table prepared(id int)",
        "create table open(id int)",
        "create table \"Odd \"\"Name\"(id int)",
        "create table part(id int, t text) partition by range(id)",
        "create table part1 partition of part for values from (0) to (100)",
        "create table part2 partition of part for values from (100) to (200)",
        "create table six1(id int primary key)",
        "create table six2(id int primary key, r int references six1)",
        "create table six3(id int primary key, r int references six2)",
        "create table six4(id int, r int references six3)",
        "create table six5(id int, r int references six3, t text)",
        "create table six6(id int, r int references six1)",
        "create table mixed(id int primary key, t text)",
        "create table typed(id int primary key, t text)",
        "create table before_truncate(id int, t text)",
        "create table before_rewrite(id int, t text)",
        "create table twice(id int, t text)",
        "create table moved(id int, t text)",
        "create table dropped(id int primary key, t text)",
        "create table dropped_plain(id int)",
        "create table renewed(id int primary key, t text)",
        "create table lost(id int) partition by range(id)",
        "create table lost1 partition of lost for values from (0) to (100)",
        "create table remade(id int primary key, t text, n serial)",
        "create view remade_view as select t from remade",
        "create materialized view remade_copy as select t from remade",
        "create unlogged table unlogged(id int)",
        "create table quiet(id int primary key, t text)",
        "create view quiet_view as select * from quiet",
        "create sequence quiet_sequence",
        "create index quiet_index on quiet(t)",
        "create materialized view snapshot as select * from quiet",
        "create schema gone",
        "create table gone.a(id int primary key, t text)",
        "create table gone.b(id int)",
        "create view gone.v as select * from gone.b",
        "create sequence gone.s",
        "create type gone.e as enum('x')",
        "create function gone.f() returns int language sql as 'select 1'",
        "create tablespace other location ''",
        "insert into quiet select i, 'x' from generate_series(1, 10) i"
    };

    private static final String[] FILLED = {
        "plain",
        "toasty",
        "nopk",
        "deleted",
        "merged",
        "back",
        "saved",
        "parent",
        "prepared",
        "open",
        "\"Odd \"\"Name\"",
        "part",
        "six1",
        "mixed",
        "typed",
        "before_truncate",
        "before_rewrite",
        "twice",
        "moved",
        "dropped",
        "dropped_plain",
        "renewed",
        "lost",
        "unlogged",
        "gone.a",
        "gone.b"
    };

    /** What became of one database. */
    private record Staged(WalStage stage, Map<String, Act> acts, WalTransactions answer, Notebook notebook) {

        Act act(String name) {
            return Optional.ofNullable(acts.get(name)).orElseThrow();
        }
    }

    private final Map<Integer, Staged> staged = new TreeMap<>();

    static List<Integer> majors() {
        return WalStage.majors();
    }

    @BeforeAll
    void stage() throws Exception {
        for (int major : majors()) {
            WalStage stage = WalStage.on(major);
            stage.database().run(TABLES);
            for (String table : FILLED) {
                stage.database().run("insert into " + table + " select i from generate_series(1, 10) i");
            }
            stage.database().run("insert into child select 1 + i % 10 from generate_series(1, 50) i");
            staged.put(major, staged(stage));
        }
    }

    private static Staged staged(WalStage stage) throws Exception {
        Map<String, Act> acts = new TreeMap<>();
        removeRows(stage, acts);
        removeTables(stage, acts);
        rewrite(stage, acts);
        undo(stage, acts);
        harmless(stage, acts);
        try (Connection open = stage.database().connect()) {
            open.setAutoCommit(false);
            acts.put("open", WalStage.act(open, "", "delete from open where id <= 4"));
            acts.put("last", stage.act("create table last(id int)"));
            Notebook notebook = Notebook.on("public.deleted", "public.plain");
            WalTransactions answer =
                    Postgres.at(stage.database().url()).walTransactions().examine(notebook);
            // An open id anywhere in the cluster would keep readers from pruning, in the tests of others too.
            stage.database().run("rollback prepared 'three'");
            return new Staged(stage, acts, answer, notebook);
        }
    }

    private static void removeRows(WalStage stage, Map<String, Act> acts) throws Exception {
        acts.put("deleted", stage.act("delete from deleted where id <= 4"));
        acts.put(
                "merged", stage.act("merge into merged using (select 1 as one) s on id <= 3 when matched then delete"));
        acts.put("quoted", stage.act("delete from \"Odd \"\"Name\" where id = 1"));
        acts.put(
                "saved",
                stage.act(
                        "delete from saved where id = 1",
                        "savepoint a",
                        "delete from saved where id in (2, 3)",
                        "release a",
                        "savepoint b",
                        "delete from saved where id in (4, 5, 6)",
                        "rollback to b"));
        acts.put("cascade", stage.act("delete from parent where id <= 2"));
        acts.put("two-phase", stage.act("delete from prepared where id = 1", "prepare transaction 'one; rels: x'"));
        acts.put("two-phase undone", stage.act("delete from prepared where id = 2", "prepare transaction 'two'"));
        acts.put("two-phase pending", stage.act("delete from prepared where id = 3", "prepare transaction 'three'"));
        stage.database().run("commit prepared 'one; rels: x'", "rollback prepared 'two'");
        acts.put("partition", stage.act("delete from part where id <= 3"));
        acts.put("moved to another partition", stage.act("update part set id = id + 100 where id = 4"));
        acts.put("deleted before TRUNCATE", stage.act("delete from before_truncate where id <= 3"));
        acts.put("deleted before a rewrite", stage.act("delete from before_rewrite where id <= 3"));
    }

    private static void removeTables(WalStage stage, Map<String, Act> acts) throws Exception {
        acts.put("truncate plain", stage.act("truncate plain"));
        acts.put("truncate with key and toast", stage.act("truncate toasty"));
        acts.put("truncate six", stage.act("truncate six1 cascade"));
        acts.put("truncate partitions", stage.act("truncate part"));
        acts.put("truncate unlogged", stage.act("truncate unlogged"));
        acts.put(
                "truncate after delete, then insert",
                stage.act(
                        "delete from nopk where id <= 2",
                        "truncate nopk restart identity",
                        "insert into nopk values (1)"));
        acts.put("truncate what was deleted from", stage.act("truncate before_truncate"));
        acts.put("truncate twice", stage.act("truncate twice", "savepoint s", "truncate twice", "truncate twice"));
        acts.put("truncate again", stage.act("truncate twice"));
        acts.put(
                "truncate, rewrite and drop",
                stage.act("truncate mixed", "alter table typed alter id type bigint", "drop table dropped_plain"));
        acts.put("drop", stage.act("drop table dropped"));
        stage.act("truncate renewed");
        acts.put("drop what was truncated", stage.act("drop table renewed"));
        stage.act("alter table remade alter id type bigint");
        acts.put("drop what was rewritten, with its views", stage.act("drop table remade cascade"));
        acts.put("drop partitions", stage.act("drop table lost"));
        acts.put("drop schema", stage.act("drop schema gone cascade"));
        stage.database().run("create database doomed");
        acts.put("drop database", stage.alone("drop database doomed"));
    }

    private static void rewrite(WalStage stage, Map<String, Act> acts) throws Exception {
        acts.put("vacuum full", stage.alone("vacuum full before_rewrite"));
        acts.put("cluster", stage.act("cluster toasty using toasty_pkey"));
        acts.put("alter type", stage.act("alter table saved alter id type bigint"));
        acts.put("refresh", stage.act("refresh materialized view snapshot"));
        acts.put("set tablespace", stage.act("alter table moved set tablespace other"));
        acts.put("set unlogged", stage.act("alter table moved set unlogged"));
    }

    private static void undo(WalStage stage, Map<String, Act> acts) throws Exception {
        acts.put("delete undone", stage.undone("delete from back where id <= 4"));
        acts.put("truncate undone", stage.undone("truncate back, quiet"));
        acts.put("drop undone", stage.undone("drop table quiet cascade"));
        acts.put("rewrite undone", stage.undone("alter table merged alter id type bigint"));
        acts.put("truncate undone to a savepoint", stage.act("savepoint s", "truncate back", "rollback to s"));
    }

    private static void harmless(WalStage stage, Map<String, Act> acts) throws Exception {
        acts.put("create", stage.act("create table fresh(id int primary key, t text)"));
        acts.put("load", stage.act("insert into quiet select i, 'x' from generate_series(11, 20) i"));
        acts.put("update", stage.act("update quiet set t = 'y'"));
        acts.put("reindex", stage.act("reindex table quiet"));
        acts.put("drop index", stage.act("drop index quiet_index"));
        acts.put("create index", stage.act("create index again on quiet(t)"));
        acts.put("drop view and sequence", stage.act("drop view quiet_view", "drop sequence quiet_sequence"));
        acts.put("create materialized view", stage.act("create materialized view second as select * from quiet"));
        acts.put("add a column", stage.act("alter table quiet add column more int default 1"));
        acts.put("detach", stage.act("alter table part detach partition part2"));
        acts.put(
                "create, load and truncate",
                stage.act(
                        "create table brief(id int primary key, t text)",
                        "insert into brief values (1)",
                        "truncate brief"));
        acts.put("create and drop", stage.act("create table briefer(id int, t text)", "drop table briefer"));
        acts.put(
                "temporary",
                stage.act(
                        "create temp table mine(id int primary key, t text)",
                        "insert into mine values (1), (2)",
                        "delete from mine where id = 1",
                        "truncate mine",
                        "drop table mine"));
    }

    private Staged staged(int major) {
        return Optional.ofNullable(staged.get(major)).orElseThrow();
    }

    private ObservedTransaction observed(int major, String act) {
        Staged s = staged(major);
        return WalStage.find(s.answer(), s.act(act).xid())
                .orElseThrow(() -> new AssertionError(act + " is not in the answer"));
    }

    private static Stream<Arguments> onAll(String act, TransactionEnd end, String... effects) {
        return majors().stream().map(major -> Arguments.of(major, act, end, effects(major, effects)));
    }

    /** Where the log does not show pg_class, a dropped table has no name. */
    private static List<String> effects(int major, String... effects) {
        return Stream.of(effects)
                .map(e -> major < NAMES && e.endsWith(" DROPPED") && !e.startsWith("database ") ? "file DROPPED" : e)
                .sorted()
                .toList();
    }

    static Stream<Arguments> losses() {
        TransactionEnd yes = TransactionEnd.COMMITTED;
        TransactionEnd no = TransactionEnd.ABORTED;
        return Stream.of(
                        onAll("deleted", yes, "public.deleted ROWS_DELETED 4"),
                        onAll("merged", yes, "public.merged ROWS_DELETED 3"),
                        onAll("quoted", yes, "public.\"Odd \"\"Name\" ROWS_DELETED 1"),
                        onAll("saved", yes, "public.saved ROWS_DELETED 3"),
                        onAll("cascade", yes, "public.parent ROWS_DELETED 2", "public.child ROWS_DELETED 10"),
                        onAll("two-phase", yes, "public.prepared ROWS_DELETED 1"),
                        onAll("two-phase undone", no, "public.prepared ROWS_DELETED 1"),
                        onAll("two-phase pending", TransactionEnd.PREPARED, "public.prepared ROWS_DELETED 1"),
                        onAll("open", TransactionEnd.IN_PROGRESS, "public.open ROWS_DELETED 4"),
                        onAll("partition", yes, "public.part1 ROWS_DELETED 3"),
                        onAll("deleted before TRUNCATE", yes, "public.before_truncate ROWS_DELETED 3"),
                        onAll("deleted before a rewrite", yes, "public.before_rewrite ROWS_DELETED 3"),
                        onAll("truncate plain", yes, "public.plain TRUNCATED"),
                        onAll("truncate with key and toast", yes, "public.toasty TRUNCATED"),
                        onAll(
                                "truncate six",
                                yes,
                                "public.six1 TRUNCATED",
                                "public.six2 TRUNCATED",
                                "public.six3 TRUNCATED",
                                "public.six4 TRUNCATED",
                                "public.six5 TRUNCATED",
                                "public.six6 TRUNCATED"),
                        onAll("truncate partitions", yes, "public.part1 TRUNCATED", "public.part2 TRUNCATED"),
                        onAll("truncate unlogged", yes, "public.unlogged TRUNCATED"),
                        onAll(
                                "truncate after delete, then insert",
                                yes,
                                "public.nopk ROWS_DELETED 2",
                                "public.nopk TRUNCATED"),
                        onAll("truncate what was deleted from", yes, "public.before_truncate TRUNCATED"),
                        onAll("truncate twice", yes, "public.twice TRUNCATED"),
                        onAll("truncate again", yes, "public.twice TRUNCATED"),
                        onAll(
                                "truncate, rewrite and drop",
                                yes,
                                "public.mixed TRUNCATED",
                                "public.typed REWRITTEN",
                                "public.dropped_plain DROPPED"),
                        onAll("drop", yes, "public.dropped DROPPED"),
                        onAll("drop what was truncated", yes, "public.renewed DROPPED"),
                        onAll(
                                        "drop what was rewritten, with its views",
                                        yes,
                                        "public.remade DROPPED",
                                        "public.remade_copy DROPPED")
                                .filter(a -> (int) a.get()[0] >= NAMES),
                        onAll("drop partitions", yes, "public.lost1 DROPPED"),
                        onAll("drop schema", yes, "gone.a DROPPED", "gone.b DROPPED"),
                        onAll("vacuum full", yes, "public.before_rewrite REWRITTEN"),
                        onAll("cluster", yes, "public.toasty REWRITTEN"),
                        onAll("alter type", yes, "public.saved REWRITTEN"),
                        onAll("refresh", yes, "public.snapshot REWRITTEN"),
                        onAll("set tablespace", yes, "public.moved REWRITTEN"),
                        onAll("set unlogged", yes, "public.moved REWRITTEN"),
                        onAll("delete undone", no, "public.back ROWS_DELETED 4"),
                        onAll("truncate undone", no, "public.back TRUNCATED", "public.quiet TRUNCATED"),
                        onAll("rewrite undone", no, "public.merged ALTERED"))
                .flatMap(s -> s);
    }

    @ParameterizedTest(name = "{1} on {0}")
    @MethodSource("losses")
    void what_was_done_to_which_tables_is_told(int major, String act, TransactionEnd end, List<String> effects) {
        ObservedTransaction transaction = observed(major, act);

        assertThat(WalStage.effects(transaction)).isEqualTo(effects);
        assertThat(transaction.end()).isEqualTo(end);
    }

    @ParameterizedTest(name = "{1} on {0}")
    @MethodSource("losses")
    void when_and_where_is_told(int major, String act, TransactionEnd end, List<String> effects) {
        ObservedTransaction transaction = observed(major, act);
        Act done = staged(major).act(act);

        assertThat(transaction.evidence()).hasSize(1);
        assertThat(transaction.firstLsn()).isPresent();
        Moment within =
                Moment.between(done.before().minusMillis(1), done.after().plusMillis(1));
        if (end == TransactionEnd.COMMITTED || end == TransactionEnd.ABORTED) {
            assertThat(transaction.endLsn().orElseThrow())
                    .isGreaterThanOrEqualTo(transaction.firstLsn().orElseThrow());
            assertThat(transaction.ended().earliest())
                    .as("to the microsecond")
                    .isEqualTo(transaction.ended().latest());
        } else {
            assertThat(transaction.endLsn()).isEmpty();
            assertThat(transaction.ended()).isEqualTo(Moment.unknown());
        }
        if (end == TransactionEnd.COMMITTED && !act.startsWith("two-phase")) {
            assertThat(transaction.ended().overlaps(within)).isTrue();
        }
        assertThat(transaction.started().overlaps(within))
                .as("%s in %s", transaction.started(), within)
                .isTrue();
    }

    static Stream<Arguments> noLosses() {
        return Stream.of(
                        "moved to another partition",
                        "create",
                        "load",
                        "update",
                        "reindex",
                        "drop index",
                        "create index",
                        "drop view and sequence",
                        "create materialized view",
                        "add a column",
                        "detach",
                        "create, load and truncate",
                        "create and drop",
                        "temporary",
                        "truncate undone to a savepoint",
                        "last")
                .flatMap(act -> majors().stream().map(major -> Arguments.of(major, act)));
    }

    @ParameterizedTest(name = "{1} on {0}")
    @MethodSource("noLosses")
    void what_takes_nothing_away_is_not_accused(int major, String act) {
        Staged s = staged(major);

        assertThat(WalStage.find(s.answer(), s.act(act).xid())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("majors")
    void a_dropped_database_goes_by_its_oid(int major) {
        ObservedTransaction transaction = observed(major, "drop database");

        assertThat(WalStage.effects(transaction)).singleElement().asString().matches("database \\d+ DROPPED");
        assertThat(transaction.end()).isEqualTo(TransactionEnd.COMMITTED);
    }

    @ParameterizedTest
    @MethodSource("majors")
    void a_dropped_table_that_was_not_dropped_after_all_keeps_its_name(int major) {
        ObservedTransaction transaction = observed(major, "drop undone");

        assertThat(transaction.end()).isEqualTo(TransactionEnd.ABORTED);
        assertThat(WalStage.effects(transaction)).contains("public.quiet ALTERED", "public.snapshot ALTERED");
    }

    @ParameterizedTest
    @MethodSource("majors")
    void subtransactions_belong_to_their_transaction_unless_they_were_rolled_back(int major) {
        Staged s = staged(major);
        ObservedTransaction top = observed(major, "saved");
        long released = top.xid() + 1;
        long undone = top.xid() + 2;

        assertThat(top.subtransactions()).containsExactly(released);
        assertThat(WalStage.find(s.answer(), released)).isEmpty();
        ObservedTransaction sub = WalStage.find(s.answer(), undone).orElseThrow();
        assertThat(sub.end()).isEqualTo(TransactionEnd.ABORTED);
        assertThat(WalStage.effects(sub)).containsExactly("public.saved ROWS_DELETED 3");
        ObservedTransaction truncated = WalStage.find(
                        s.answer(), s.act("truncate undone to a savepoint").xid() + 1)
                .orElseThrow();
        assertThat(truncated.end()).isEqualTo(TransactionEnd.ABORTED);
        assertThat(WalStage.effects(truncated)).containsExactly("public.back TRUNCATED");
    }

    @ParameterizedTest
    @MethodSource("majors")
    void a_prepared_transaction_has_the_name_it_was_given(int major) {
        assertThat(observed(major, "two-phase").gid()).contains("one; rels: x");
        assertThat(observed(major, "two-phase undone").gid()).contains("two");
        assertThat(observed(major, "two-phase pending").gid()).contains("three");
        assertThat(observed(major, "deleted").gid()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("majors")
    void positions_follow_the_order_of_the_acts(int major) {
        List<Lsn> ends = new ArrayList<>();
        for (String act :
                List.of("deleted", "cascade", "truncate plain", "truncate six", "drop schema", "vacuum full")) {
            ObservedTransaction transaction = observed(major, act);
            ends.add(transaction.firstLsn().orElseThrow());
            ends.add(transaction.endLsn().orElseThrow());
        }

        assertThat(ends).isSorted().doesNotHaveDuplicates();
        assertThat(staged(major).answer().transactions())
                .extracting(ObservedTransaction::xid)
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("majors")
    void the_log_dates_ids(int major) {
        Staged s = staged(major);
        XidClock clock = XidClock.of(s.answer().anchors());

        assertThat(clock.contradictory()).isEmpty();
        assertThat(s.answer().anchors()).hasSizeGreaterThan(40);
        s.acts()
                .forEach((name, act) -> assertThat(
                                clock.assigned(act.xid()).overlaps(Moment.between(act.before(), act.after())))
                        .as(name)
                        .isTrue());
        Moment narrow = clock.assigned(s.act("truncate six").xid());
        assertThat(narrow.latest()).isPresent();
        assertThat(narrow.latest().get()).isBefore(s.act("drop schema").after());
    }

    @ParameterizedTest
    @MethodSource("majors")
    void a_log_that_reaches_back_to_its_beginning_is_read_completely(int major) {
        Staged s = staged(major);
        Coverage coverage = s.notebook().coverage();

        assertThat(coverage.extent()).as(coverage.detail() + s.notebook().gaps).isEqualTo(Coverage.Extent.COMPLETE);
        assertThat(coverage.detail()).startsWith("the write-ahead log from 0/1000000 to ");
        assertThat(s.answer().from()).contains(Lsn.parse("0/1000000"));
        assertThat(s.answer().to().orElseThrow())
                .isGreaterThan(observed(major, "delete undone").endLsn().orElseThrow());
    }

    @ParameterizedTest
    @MethodSource("majors")
    void names_that_are_nowhere_are_a_gap(int major) {
        List<String> missing =
                staged(major).notebook().gaps.stream().map(g -> g.missing()).toList();

        assertThat(missing.stream().anyMatch(m -> m.startsWith("the names of ")))
                .isEqualTo(major < NAMES);
    }

    @ParameterizedTest
    @MethodSource("majors")
    void evidence_reads_as_a_sentence_without_values(int major) {
        assertThat(staged(major).notebook().summaries())
                .anyMatch(s -> s.matches("transaction \\d+ committed; it deleted 4 rows of public.deleted"))
                .anyMatch(s -> s.endsWith("committed; it deleted 2 rows of public.nopk, and truncated public.nopk"))
                .anyMatch(s -> s.endsWith("was rolled back; it had deleted 4 rows of public.back"));
    }
}
