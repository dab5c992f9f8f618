package io.github.rowsleuth.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowsleuth.incident.TimeWindow;
import io.github.rowsleuth.postgres.WalStage.Act;
import io.github.rowsleuth.postgres.fixture.PostgresFixture;
import io.github.rowsleuth.postgres.fixture.PostgresServer;
import io.github.rowsleuth.postgres.wal.TransactionAssembly;
import io.github.rowsleuth.probe.Coverage;
import io.github.rowsleuth.probe.Gap;
import io.github.rowsleuth.transaction.Lsn;
import io.github.rowsleuth.transaction.ObservedTransaction;
import io.github.rowsleuth.transaction.WalTransactions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * How far back and forth the log is read. On servers that log as little as they can, and remove what they can: locks are
 * not logged there, and the first files are gone.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WalBoundsTest {

    private static final Map<String, String> SPARING = Map.of(
            "wal_level", "minimal",
            "max_wal_senders", "0",
            "autovacuum", "off",
            "checkpoint_timeout", "1h",
            "min_wal_size", "32MB",
            "max_wal_size", "1GB");

    private static final long SEGMENT = 16L << 20;

    private record Staged(WalStage stage, Map<String, Act> acts, long removedUpTo) {

        Act act(String name) {
            return Optional.ofNullable(acts.get(name)).orElseThrow();
        }

        Postgres postgres() {
            return Postgres.at(stage.database().url());
        }
    }

    private final Map<Integer, Staged> staged = new TreeMap<>();

    /** The oldest and the newest version of the extension. */
    static List<Integer> majors() {
        List<Integer> all = WalStage.majors();
        return all.size() < 2 ? all : List.of(all.get(0), all.get(all.size() - 1));
    }

    @BeforeAll
    void stage() throws Exception {
        for (int major : majors()) {
            PostgresServer server = PostgresFixture.start(major, SPARING);
            WalStage stage = WalStage.on(server);
            Map<String, Act> acts = new TreeMap<>();
            acts.put("removed", stage.act("create table early(id int)"));
            stage.database().run("insert into early select generate_series(1, 9)");
            acts.put("forgotten", stage.act("delete from early where id = 1"));
            // The server keeps some files for later use, under later names; what is older goes.
            files(stage, 4);
            stage.database().run("checkpoint");
            stage.database()
                    .run(
                            "create table t(id int primary key, t text)",
                            "create table u(id int primary key, t text)",
                            "create table v(id int)",
                            "insert into t select generate_series(1, 9)");
            acts.put("early", stage.act("delete from t where id = 1"));
            acts.put("truncated", stage.act("truncate t"));
            acts.put("dropped", stage.act("drop table u"));
            acts.put("rewritten", stage.alone("vacuum full t"));
            files(stage, 8);
            acts.put("late", stage.act("delete from early where id = 2"));
            staged.put(major, new Staged(stage, acts, 2 * SEGMENT));
        }
    }

    /** Fills the log with files that hold next to nothing. */
    private static void files(WalStage stage, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            stage.database()
                    .run("create table filler" + i + "(id int)", "drop table filler" + i, "select pg_switch_wal()");
        }
    }

    @AfterAll
    void close() {
        staged.values().forEach(s -> s.stage().database().server().close());
    }

    private Staged staged(int major) {
        return Optional.ofNullable(staged.get(major)).orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("majors")
    void what_the_server_removed_is_a_gap_and_the_rest_is_told(int major) throws Exception {
        Staged s = staged(major);
        Notebook notebook = Notebook.on("public.t");

        WalTransactions answer = s.postgres().walTransactions().examine(notebook);

        assertThat(answer.from().orElseThrow()).isGreaterThan(new Lsn(s.removedUpTo()));
        assertThat(WalStage.find(answer, s.act("forgotten").xid())).isEmpty();
        assertThat(WalStage.find(answer, s.act("early").xid())).isPresent();
        assertThat(WalStage.find(answer, s.act("late").xid())).isPresent();
        assertThat(notebook.coverage().extent()).isEqualTo(Coverage.Extent.PARTIAL);
        assertThat(notebook.gaps)
                .extracting(Gap::missing)
                .anyMatch(m -> m.startsWith(
                        "the write-ahead log begins at " + answer.from().orElseThrow()));
    }

    @ParameterizedTest
    @MethodSource("majors")
    void truncate_drop_and_rewrites_are_told_without_locks_in_the_log(int major) throws Exception {
        Staged s = staged(major);

        WalTransactions answer = s.postgres().walTransactions().examine(Notebook.on("public.t"));

        assertThat(effects(s, answer, "truncated")).containsExactly("public.t TRUNCATED");
        assertThat(effects(s, answer, "rewritten")).containsExactly("public.t REWRITTEN");
        assertThat(effects(s, answer, "dropped")).containsExactly(major == 15 ? "file DROPPED" : "public.u DROPPED");
    }

    private static List<String> effects(Staged s, WalTransactions answer, String act) {
        return WalStage.effects(WalStage.find(answer, s.act(act).xid()).orElseThrow());
    }

    @ParameterizedTest
    @MethodSource("majors")
    void reading_begins_where_the_time_of_the_incident_does(int major) throws Exception {
        Staged s = staged(major);
        // So far in the future that even the margin for wrong clocks lies after all files.
        Instant soon = Instant.now().plus(Duration.ofMinutes(2));
        Notebook all = Notebook.on("public.t");
        Notebook end = Notebook.on(new TimeWindow(Optional.of(soon), Optional.empty()), "public.t");

        Lsn oldest = s.postgres().walTransactions().examine(all).from().orElseThrow();
        WalTransactions answer = s.postgres().walTransactions().examine(end);

        assertThat(answer.transactions()).as("all ended before").isEmpty();
        assertThat(answer.from().orElseThrow().position())
                .as("the last file, and the one before")
                .isGreaterThan(oldest.position() + 6 * SEGMENT)
                .isEqualTo((answer.to().orElseThrow().position() / SEGMENT - 1) * SEGMENT);
    }

    @ParameterizedTest
    @MethodSource("majors")
    void a_transaction_that_ended_before_the_incident_is_dropped(int major) throws Exception {
        Staged s = staged(major);
        Notebook notebook =
                Notebook.on(new TimeWindow(Optional.of(s.act("late").before()), Optional.empty()), "public.t");

        WalTransactions answer = s.postgres().walTransactions().examine(notebook);

        assertThat(answer.transactions())
                .extracting(ObservedTransaction::xid)
                .containsExactly(s.act("late").xid());
    }

    @ParameterizedTest
    @MethodSource("majors")
    void a_role_that_may_not_list_the_files_finds_the_same_beginning(int major) throws Exception {
        Staged s = staged(major);
        String role = s.stage().database().name() + "_granted";
        s.stage()
                .database()
                .run(
                        "create role " + role + " login",
                        "grant execute on function pg_get_wal_records_info(pg_lsn, pg_lsn) to " + role);
        WalTransactions listed = s.postgres().walTransactions().examine(Notebook.on("public.t"));
        WalTransactions groped = Postgres.at(s.stage().database().bareUrl(), role, "")
                .walTransactions()
                .examine(Notebook.on("public.t"));

        assertThat(groped.from()).isEqualTo(listed.from());
        assertThat(groped.transactions()).hasSameSizeAs(listed.transactions());
    }

    @ParameterizedTest
    @MethodSource("majors")
    void at_the_deadline_it_says_how_far_it_came(int major) throws Exception {
        Staged s = staged(major);
        Sessions sessions =
                new Sessions(ConnectionSettings.parse(s.stage().database().url()), Limits.DEFAULT);
        Notebook notebook = Notebook.on("public.t");
        Lsn upto = sessions.examine(notebook, session -> {
            LogReader reader = LogReader.open(session, false);
            LogPosition position = LogPosition.read(session);
            TransactionAssembly assembly = new TransactionAssembly(position.database(), file -> false);
            LogReading reading =
                    new LogReading(session, reader, assembly, SEGMENT, position.redo(), position.end(), Instant.EPOCH);
            reading.read();
            assertThat(reading.complete()).isFalse();
            return reading.upto();
        });

        assertThat(notebook.gaps)
                .extracting(Gap::missing)
                .singleElement()
                .asString()
                .startsWith("the write-ahead log was read up to " + upto + " only, of ");
    }

    @ParameterizedTest
    @MethodSource("majors")
    void little_time_is_no_exception(int major) throws Exception {
        Notebook notebook = Notebook.on(Duration.ofSeconds(4), "public.t");

        WalTransactions answer = staged(major).postgres().walTransactions().examine(notebook);

        assertThat(answer.to().orElseThrow()).isGreaterThan(answer.from().orElseThrow());
        assertThat(notebook.coverage().detail())
                .startsWith("the write-ahead log from " + answer.from().get() + " to "
                        + answer.to().get() + ": ");
    }

    @ParameterizedTest
    @MethodSource("majors")
    void a_file_that_goes_while_it_is_read_is_a_gap(int major) throws Exception {
        Staged s = staged(major);
        Sessions sessions =
                new Sessions(ConnectionSettings.parse(s.stage().database().url()), Limits.DEFAULT);
        Notebook notebook = Notebook.on("public.t");
        Lsn removed = new Lsn(SEGMENT);
        TransactionAssembly assembly = sessions.examine(notebook, session -> {
            LogReader reader = LogReader.open(session, false);
            LogPosition position = LogPosition.read(session);
            TransactionAssembly read = new TransactionAssembly(position.database(), file -> false);
            LogReading reading = new LogReading(
                    session,
                    reader,
                    read,
                    SEGMENT,
                    removed,
                    position.end(),
                    Instant.now().plusSeconds(20));
            reading.read();
            assertThat(reading.complete()).isFalse();
            assertThat(reading.upto()).isEqualTo(position.end());
            return read;
        });

        assertThat(assembly.ended()).anyMatch(t -> t.xid() == s.act("late").xid());
        assertThat(notebook.gaps)
                .extracting(Gap::missing)
                .singleElement()
                .asString()
                .startsWith("the write-ahead log could not be read from " + removed + " to ");
    }
}
