package io.github.rowsleuth.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowsleuth.postgres.WalStage.Act;
import io.github.rowsleuth.postgres.fixture.PostgresFixture;
import io.github.rowsleuth.postgres.fixture.PostgresServer;
import io.github.rowsleuth.probe.Coverage;
import io.github.rowsleuth.server.Tombstones;
import io.github.rowsleuth.server.WriteAheadLog;
import io.github.rowsleuth.transaction.Lsn;
import io.github.rowsleuth.transaction.ObservedTransaction;
import io.github.rowsleuth.transaction.TransactionEnd;
import io.github.rowsleuth.transaction.WalTransactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One server that crashes, becomes a standby, and is promoted; and what its log tells each time. */
class WalServerStatesTest {

    static List<Integer> majors() {
        List<Integer> all = WalStage.majors();
        return all.size() < 2 ? all : List.of(all.get(0), all.get(all.size() - 1));
    }

    private static WalTransactions read(WalStage stage) throws Exception {
        return Postgres.at(stage.database().url()).walTransactions().examine(Notebook.on("public.t"));
    }

    private static ObservedTransaction find(WalTransactions answer, Act act) {
        return WalStage.find(answer, act.xid()).orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("majors")
    void a_server_that_crashed_and_one_that_only_follows_and_one_that_was_promoted(int major) throws Exception {
        try (PostgresServer server = PostgresFixture.start(major, WalStage.QUIET)) {
            WalStage stage = WalStage.on(server);
            stage.database().run("create table t(id int)", "insert into t select generate_series(1, 20)");
            Act before = stage.act("delete from t where id = 1");
            Act torn = tornByACrash(stage);
            Act after = stage.act("delete from t where id = 2");
            WalTransactions crashed = read(stage);
            assertThat(find(crashed, before).end()).isEqualTo(TransactionEnd.COMMITTED);
            assertThat(find(crashed, torn).end()).as("a crash writes no end").isEqualTo(TransactionEnd.ABORTED);
            assertThat(find(crashed, torn).endLsn()).isEmpty();
            assertThat(find(crashed, after).end()).isEqualTo(TransactionEnd.COMMITTED);

            leftOverFilesAreNoTombstones(stage);
            stage.act("truncate t");
            becomeStandby(stage);
            standbyTellsTheSame(stage, crashed);

            assertThat(stage.database().value("select pg_promote()")).isEqualTo("t");
            Act promoted = stage.act("insert into t values (1)", "delete from t");
            WalTransactions both = read(stage);
            assertThat(find(both, before).end()).as("of the timeline before").isEqualTo(TransactionEnd.COMMITTED);
            assertThat(WalStage.effects(find(both, promoted))).containsExactly("public.t ROWS_DELETED 1");
        }
    }

    private static Act tornByACrash(WalStage stage) throws Exception {
        Connection open = stage.database().connect();
        open.setAutoCommit(false);
        Act torn = WalStage.act(open, "", "delete from t where id = 10", "create table torn(id int)");
        stage.act("create table flushes(id int)"); // A commit takes everything before it to the disk.
        stage.database().server().crash();
        try {
            open.close();
        } catch (SQLException e) {
            // It went down with the server.
        }
        return torn;
    }

    /** They stay, while a tombstone goes with the next checkpoint; times are only told to the second. */
    private static void leftOverFilesAreNoTombstones(WalStage stage) throws Exception {
        Postgres postgres = Postgres.at(stage.database().url());
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        Notebook notebook = Notebook.on("public.t");
        Tombstones tombstones = postgres.tombstones().examine(notebook);
        while (!tombstones.all().isEmpty() && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(100);
            stage.database().run("checkpoint");
            notebook = Notebook.on("public.t");
            tombstones = postgres.tombstones().examine(notebook);
        }
        assertThat(tombstones.all()).isEmpty();
        assertThat(notebook.coverage().detail()).contains(", besides 1 that are older than the last checkpoint");
    }

    /** A standby without a primary replays what it has, and waits for more. */
    private static void becomeStandby(WalStage stage) throws Exception {
        stage.database()
                .run("copy (select 1 where false) to '"
                        + stage.database().value("select current_setting('data_directory')") + "/standby.signal'");
        stage.database().server().restart();
        assertThat(stage.database().value("select pg_is_in_recovery()")).isEqualTo("t");
    }

    private static void standbyTellsTheSame(WalStage stage, WalTransactions before) throws Exception {
        Postgres postgres = Postgres.at(stage.database().url());
        WalTransactions answer = read(stage);
        assertThat(answer.transactions())
                .extracting(ObservedTransaction::xid)
                .containsAll(before.transactions().stream()
                        .map(ObservedTransaction::xid)
                        .toList());
        Notebook notebook = Notebook.on("public.t");
        WriteAheadLog state = postgres.writeAheadLog().examine(notebook);
        Lsn replayed = Lsn.parse(stage.database().value("select pg_last_wal_replay_lsn()"));
        assertThat(state.now()).isEqualTo(replayed);
        assertThat(answer.to().orElseThrow()).isLessThanOrEqualTo(replayed);
        assertThat(notebook.coverage().extent()).isEqualTo(Coverage.Extent.COMPLETE);
        assertThat(notebook.summaries()).anyMatch(s -> s.startsWith("the write-ahead log is replayed up to "));
        Tombstones tombstones = postgres.tombstones().examine(Notebook.on("public.t"));
        assertThat(tombstones.all()).as("recovery removes files at once").isEmpty();
    }
}
