package io.github.rowsleuth.preservation;

import static io.github.rowsleuth.transaction.Observed.committed;
import static io.github.rowsleuth.transaction.Observed.deleted;
import static io.github.rowsleuth.transaction.Observed.effect;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.hypothesis.CaseFile;
import io.github.rowsleuth.hypothesis.Reasoning;
import io.github.rowsleuth.hypothesis.Server;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.probe.Autovacuum;
import io.github.rowsleuth.server.PreparedTransaction;
import io.github.rowsleuth.server.ReplicationSlot;
import io.github.rowsleuth.server.RunningVacuum;
import io.github.rowsleuth.server.ServerActivity;
import io.github.rowsleuth.server.ServerSession;
import io.github.rowsleuth.server.WriteAheadLog;
import io.github.rowsleuth.transaction.Lsn;
import io.github.rowsleuth.transaction.ObservedTransaction;
import io.github.rowsleuth.transaction.TableEffect;
import io.github.rowsleuth.transaction.TransactionEnd;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PreservationPlanTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final EvidenceId SEEN = new EvidenceId("postgres.activity#1");
    private static final long MEGABYTE = 1 << 20;

    private static final ObservedTransaction DELETE = committed(731)
            .addEffects(deleted("s.t", 4))
            .ended(Moment.at(NOON))
            .firstLsn(Lsn.parse("0/4002000"))
            .endLsn(Lsn.parse("0/4002720"))
            .build();

    /** Four of ten rows deleted by transaction 731, still on their page. */
    private static Server deletion() {
        return new Server()
                .table("s.t", 10, 4, 6)
                .pages("s.t", 6, 4)
                .onPages(committed(731).addEffects(deleted("s.t", 4)).build())
                .inLog(DELETE);
    }

    private static Autovacuum autovacuum(long threshold) {
        return new Autovacuum(true, threshold, 0.2, Optional.empty(), Optional.of(1_000L), 0.2, Duration.ofMinutes(1));
    }

    private static ServerSession.Builder session(int pid) {
        return ServerSession.builder()
                .pid(pid)
                .backendType("client backend")
                .database("app")
                .state("idle in transaction")
                .addEvidence(SEEN);
    }

    private static ServerActivity activity(ServerSession.Builder... sessions) {
        return new ServerActivity(
                java.util.Arrays.stream(sessions)
                        .map(ServerSession.Builder::build)
                        .toList(),
                List.of(),
                List.of(),
                List.of());
    }

    private static WriteAheadLog.Builder log() {
        return WriteAheadLog.builder()
                .level("replica")
                .now(Lsn.parse("0/5000000"))
                .oldest(Lsn.parse("0/1000000"))
                .redo(Lsn.parse("0/4000028"))
                .segmentSize(16 * MEGABYTE)
                .maxSize(1024 * MEGABYTE)
                .keepSize(0)
                .checkpointSeconds(300)
                .archiver(new WriteAheadLog.Archiver(
                        "off", 0, Optional.empty(), Optional.empty(), 0, Optional.empty(), Optional.empty()));
    }

    private static List<Proposal> plan(Server server, String... lost) {
        CaseFile file = server.file(lost.length == 0 ? new String[] {"s.t"} : lost);
        return PreservationPlan.of(file, Reasoning.over(file)).proposals();
    }

    private static Proposal about(List<Proposal> plan, String words) {
        return plan.stream()
                .filter(p ->
                        p.action().contains(words) || p.commands().toString().contains(words))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing about " + words + " in "
                        + plan.stream().map(Proposal::action).toList()));
    }

    @Test
    void where_nothing_is_lost_nothing_is_proposed() {
        assertThat(plan(new Server().table("s.t", 10, 0, 10))).isEmpty();
    }

    @Test
    void who_protects_the_rows_is_named_and_nobody_else() {
        ServerActivity activity = new ServerActivity(
                List.of(
                        session(11).oldestSeen(700L).build(),
                        session(12).oldestSeen(740L).build(),
                        session(13).database("other").oldestSeen(700L).build(),
                        session(14).transaction(731L).build()),
                List.of(new PreparedTransaction("g1", 720, NOON, "ada", "app", new EvidenceId("postgres.activity#2"))),
                List.of(
                        ReplicationSlot.builder()
                                .name("standby1")
                                .logical(false)
                                .active(true)
                                .oldestSeen(725L)
                                .build(),
                        ReplicationSlot.builder()
                                .name("empty")
                                .logical(false)
                                .active(false)
                                .build()),
                List.of());

        Proposal first = plan(deletion().answer("activity", activity)).get(0);

        assertThat(first.kind()).isEqualTo(Proposal.Kind.AVOID);
        assertThat(first.action())
                .isEqualTo(
                        "Do not end the session with process id 11 (idle in transaction), the session with process id 14"
                                + " (idle in transaction), the prepared transaction 'g1', the replication slot standby1");
        assertThat(first.reason()).startsWith("they protect rows deleted by transaction 731 and later ones");
        assertThat(first.evidence()).contains(SEEN, new EvidenceId("postgres.activity#2"));
        assertThat(first.commands()).isEmpty();
    }

    @Test
    void harmful_reads_are_named_with_the_tables() {
        assertThat(about(plan(deletion()), "EXPLAIN").action())
                .isEqualTo("Do not restart the server and do not run CHECKPOINT or a base backup; do not SELECT, count,"
                        + " EXPLAIN, COPY, dump or VACUUM s.t");
    }

    @Test
    void autovacuum_that_is_due_leaves_a_minute() {
        Server due = deletion().counters("s.t", c -> c.dead(4).autovacuum(autovacuum(2)));

        Proposal off = about(plan(due), "Keep autovacuum away");

        assertThat(off.expiry().within()).contains(Duration.ofMinutes(1));
        assertThat(off.expiry().text())
                .isEqualTo("autovacuum is due for s.t: its deleted rows will go within about a minute");
        assertThat(off.commands())
                .containsExactly(
                        "ALTER TABLE \"s\".\"t\" SET (autovacuum_enabled = off, toast.autovacuum_enabled = off)");
        assertThat(off.undo())
                .containsExactly("ALTER TABLE \"s\".\"t\" RESET (autovacuum_enabled, toast.autovacuum_enabled)");
        assertThat(off.price()).contains("overwrites the transaction that pg_class remembers (500 for s.t)");
        assertThat(off.privilege()).isEqualTo("the owner of the table");
    }

    @Test
    void autovacuum_that_is_not_due_says_how_much_is_missing() {
        Server later = deletion().counters("s.t", c -> c.dead(4).autovacuum(autovacuum(50)));

        assertThat(about(plan(later), "Keep autovacuum away").expiry())
                .satisfies(e -> assertThat(e.within()).isEmpty())
                .asString()
                .startsWith("autovacuum comes to s.t after about 48 more dead or inserted rows");
    }

    @Test
    void many_inserts_call_autovacuum_too() {
        Server due = deletion()
                .counters("s.t", c -> c.dead(4).insertedSinceVacuum(2_000).autovacuum(autovacuum(50)));

        assertThat(about(plan(due), "Keep autovacuum away").expiry().within()).contains(Duration.ofMinutes(1));
    }

    @Test
    void autovacuum_that_is_off_already_is_left_alone() {
        Autovacuum off = new Autovacuum(false, 50, 0.2, Optional.empty(), Optional.empty(), 0.2, Duration.ofMinutes(1));

        assertThat(plan(deletion().counters("s.t", c -> c.autovacuum(off))))
                .noneMatch(p -> p.action().startsWith("Keep autovacuum away"))
                .anyMatch(p -> p.action().startsWith("Copy the pages of s.t"));
    }

    @Test
    void a_vacuum_at_work_leaves_no_time() {
        ServerActivity vacuuming = new ServerActivity(
                List.of(),
                List.of(),
                List.of(),
                List.of(new RunningVacuum(7, Optional.of(TableName.parse("s.t")), "scanning heap", true, SEEN)));

        assertThat(about(plan(deletion().answer("activity", vacuuming)), "Copy the pages")
                        .expiry()
                        .within())
                .contains(Duration.ZERO);
    }

    @Test
    void while_somebody_protects_the_rows_autovacuum_can_come() {
        Server due = deletion()
                .counters("s.t", c -> c.dead(4).autovacuum(autovacuum(2)))
                .answer("activity", activity(session(11).oldestSeen(700L)));

        assertThat(about(plan(due), "Keep autovacuum away").expiry().text()).startsWith("as long as the sessions");
    }

    @Test
    void rows_that_left_their_pages_are_not_held_there() {
        Server vacuumed = new Server().table("s.t", 10, 4, 6).pages("s.t", 6, 0).inLog(DELETE);

        assertThat(plan(vacuumed))
                .noneMatch(p -> p.action().contains("autovacuum") || p.action().startsWith("Copy the pages"))
                .anyMatch(p -> p.action().startsWith("Hold the write-ahead log"));
    }

    @Test
    void the_log_is_held_by_a_slot_whose_price_and_undo_are_said() {
        Proposal slot = about(plan(deletion().answer("log", log().build())), "physical replication slot");

        assertThat(slot.commands())
                .containsExactly("SELECT pg_create_physical_replication_slot('rowsleuth_hold', true)");
        assertThat(slot.undo()).containsExactly("SELECT pg_drop_replication_slot('rowsleuth_hold')");
        assertThat(slot.price()).contains("a full disk stops the server");
        assertThat(slot.privilege()).startsWith("REPLICATION");
        assertThat(slot.expiry().within()).contains(Duration.ofMinutes(5));
        assertThat(slot.expiry().text())
                .isEqualTo(
                        "the log of the incident, from 0/4002000 on, goes with the next checkpoint, in at most 300 s or"
                                + " after 1024 MB of log");
    }

    @Test
    void log_from_before_the_last_checkpoint_is_out_of_reach_of_a_slot() {
        Proposal slot = about(
                plan(deletion().answer("log", log().redo(Lsn.parse("0/4800000")).build())),
                "physical replication slot");

        assertThat(slot.price()).contains("the incident begins before that, at 0/4002000: copy the older files");
        assertThat(slot.expiry().text()).contains("it may be gone already");
    }

    @Test
    void what_keeps_the_log_already_is_named() {
        ServerActivity held = new ServerActivity(
                List.of(),
                List.of(),
                List.of(ReplicationSlot.builder()
                        .name("standby1")
                        .logical(false)
                        .active(true)
                        .restart(Lsn.parse("0/3000000"))
                        .build()),
                List.of());

        assertThat(about(plan(deletion().answer("log", log().build()).answer("activity", held)), "physical")
                        .expiry())
                .asString()
                .isEqualTo("as long as the replication slot standby1 is there");
        assertThat(about(
                                plan(deletion()
                                        .answer(
                                                "log",
                                                log().keepSize(100 * MEGABYTE).build())),
                                "physical")
                        .expiry())
                .asString()
                .startsWith("until another 84 MB of log are written");
    }

    @Test
    void an_earlier_setting_is_what_undo_returns_to() {
        Proposal size = about(
                plan(deletion().answer("log", log().keepSize(100 * MEGABYTE).build())), "Or hold it by size");

        assertThat(size.commands())
                .containsExactly("ALTER SYSTEM SET wal_keep_size = '2048MB'", "SELECT pg_reload_conf()");
        assertThat(size.undo()).containsExactly("ALTER SYSTEM SET wal_keep_size = '100MB'", "SELECT pg_reload_conf()");
    }

    @Test
    void cleanup_can_be_deferred_up_to_15_only() {
        assertThat(plan(deletion().identity(i -> i.major(15))))
                .anyMatch(p -> p.commands().contains("ALTER SYSTEM SET vacuum_defer_cleanup_age = 1000000"));
        assertThat(plan(deletion()))
                .noneMatch(p -> p.commands().toString().contains("vacuum_defer_cleanup_age"))
                .anyMatch(p -> p.action().contains("hot-standby feedback")
                        && p.action().contains("not above 731"));
    }

    @Test
    void after_a_truncate_only_the_volume_and_the_log_hold_the_rows() {
        Server truncated = new Server()
                .newFile("s.t", 10, 0, 0, 742)
                .inLog(committed(742)
                        .addEffects(effect(TableEffect.Kind.TRUNCATED, "s.t"))
                        .build());
        List<Proposal> plan = plan(truncated);

        assertThat(plan.get(0).action())
                .isEqualTo("Do not restart the server and do not run CHECKPOINT or a base backup");
        assertThat(plan.get(1).action()).startsWith("Stop writing to the volume");
        assertThat(plan).noneMatch(p -> p.action().contains("autovacuum"));
    }

    @Test
    void rows_that_wait_for_a_commit_come_first_and_can_be_had_back() {
        PreparedTransaction prepared = new PreparedTransaction("o'hara", 731, NOON, "ada", "app", SEEN);
        Server waiting = new Server()
                .table("s.t", 10, 0, 10)
                .onPages(committed(731)
                        .end(TransactionEnd.PREPARED)
                        .addEffects(deleted("s.t", 4))
                        .build())
                .answer("activity", new ServerActivity(List.of(), List.of(prepared), List.of(), List.of()));

        Proposal first = plan(waiting).get(0);

        assertThat(first.kind()).isEqualTo(Proposal.Kind.DECIDE);
        assertThat(first.commands()).containsExactly("ROLLBACK PREPARED 'o''hara'");
        assertThat(first.action()).contains("'o'hara'", "ada, in the database app");
        assertThat(first.undo()).isEmpty();
    }

    @Test
    void a_deletion_that_still_runs_can_be_ended_and_its_session_is_no_protector() {
        Server running = new Server()
                .table("s.t", 10, 0, 10)
                .onPages(committed(731)
                        .end(TransactionEnd.IN_PROGRESS)
                        .addEffects(deleted("s.t", 4))
                        .build())
                .answer("activity", activity(session(42).transaction(731L)));

        assertThat(plan(running)).hasSize(1);
        assertThat(plan(running).get(0).commands()).containsExactly("SELECT pg_terminate_backend(42)");
    }

    @Test
    void a_standby_is_paused_and_neither_promoted_nor_altered() {
        List<Proposal> plan = plan(deletion().identity(i -> i.inRecovery(true)));

        assertThat(plan.get(0).action()).startsWith("Do not promote this standby");
        assertThat(about(plan, "Pause the replay of this standby").undo())
                .containsExactly("SELECT pg_wal_replay_resume()");
        assertThat(plan).flatExtracting(Proposal::commands).noneMatch(c -> c.startsWith("ALTER") || c.contains("slot"));
    }

    @Test
    void hostile_names_stay_names() {
        String hostile = "s.\"a\"\"; drop table x; --'\"";
        Server server = new Server().table(hostile, 10, 4, 6).pages(hostile, 6, 4);

        List<Proposal> plan = plan(server, hostile);

        assertThat(about(plan, "Keep autovacuum away").commands())
                .containsExactly("ALTER TABLE \"s\".\"a\"\"; drop table x; --'\" SET (autovacuum_enabled = off,"
                        + " toast.autovacuum_enabled = off)");
        assertThat(about(plan, "Copy the pages").commands().get(0))
                .contains("get_raw_page('\"s\".\"a\"\"; drop table x; --''\"', 'main', b::int)")
                .endsWith("TO 's.a___drop_table_x__--_.pages'");
    }

    @Test
    void every_proposal_says_its_price_its_privilege_and_its_end() {
        assertThat(plan(deletion().identity(i -> i.major(15)).answer("log", log().build())))
                .hasSizeGreaterThan(8)
                .allSatisfy(p -> {
                    assertThat(p.price()).isNotBlank();
                    assertThat(p.privilege()).isNotBlank();
                    assertThat(p.expiry().text()).isNotBlank();
                    assertThat(p.reason()).isNotBlank();
                });
    }
}
