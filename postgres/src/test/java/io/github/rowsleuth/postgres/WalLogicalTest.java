package io.github.rowsleuth.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowsleuth.incident.TimeWindow;
import io.github.rowsleuth.postgres.WalStage.Act;
import io.github.rowsleuth.postgres.fixture.PostgresFixture;
import io.github.rowsleuth.transaction.TransactionEnd;
import io.github.rowsleuth.transaction.WalTransactions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** At {@code wal_level = logical} TRUNCATE has a record of its own, and a DELETE may carry the old row. */
class WalLogicalTest {

    static List<Integer> majors() {
        return WalStage.majors();
    }

    @ParameterizedTest
    @MethodSource("majors")
    void what_truncate_itself_says_counts(int major) throws Exception {
        Instant begin = Instant.now();
        WalStage stage = WalStage.on(PostgresFixture.shared(major));
        stage.database()
                .run(
                        "create table t(id int primary key, t text)",
                        "create table r(id int references t)",
                        "create table whole(id int, t text)",
                        "create table doomed(id int, t text)",
                        "alter table whole replica identity full",
                        "create table part(id int) partition by range(id)",
                        "create table part1 partition of part for values from (0) to (100)",
                        "insert into whole select generate_series(1, 9)");
        assertThat(stage.database().value("select current_setting('wal_level')"))
                .isEqualTo("logical");
        Act deleted = stage.act("delete from whole where id <= 2");
        Act cascade = stage.act("truncate t cascade");
        Act part = stage.act("truncate part");
        Act undone = stage.undone("lock table whole in access exclusive mode", "truncate t, r");
        Act dropped = stage.act("truncate t, r", "drop table doomed");
        stage.act("create table last(id int)");

        WalTransactions answer = Postgres.at(stage.database().url())
                .walTransactions()
                .examine(Notebook.on(new TimeWindow(Optional.of(begin), Optional.empty()), "public.t"));

        assertThat(effects(answer, deleted)).containsExactly("public.whole ROWS_DELETED 2");
        assertThat(effects(answer, cascade)).containsExactly("public.r TRUNCATED", "public.t TRUNCATED");
        assertThat(effects(answer, part)).containsExactly("public.part TRUNCATED", "public.part1 TRUNCATED");
        assertThat(effects(answer, undone)).contains("public.t TRUNCATED");
        assertThat(WalStage.find(answer, undone.xid()).orElseThrow().end()).isEqualTo(TransactionEnd.ABORTED);
        assertThat(effects(answer, dropped)).contains("public.t TRUNCATED");
    }

    private static List<String> effects(WalTransactions answer, Act act) {
        return WalStage.effects(WalStage.find(answer, act.xid()).orElseThrow());
    }
}
