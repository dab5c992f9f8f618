package io.github.rowsleuth.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowsleuth.postgres.fixture.PostgresFixture;
import io.github.rowsleuth.postgres.fixture.PostgresServer;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which records cleared deleted rows from the pages, and who wrote them. */
class WalLossesTest {

    private static final int NAMED = 17;

    static List<Integer> majors() {
        return WalStage.majors();
    }

    private static void full(Database database, String table) throws Exception {
        database.run(
                "create table " + table + "(id int primary key, t text) with (autovacuum_enabled = off)",
                "insert into " + table + " select i, repeat('x', 200) from generate_series(1, 300) i");
    }

    @ParameterizedTest
    @MethodSource("majors")
    void whoever_cleared_deleted_rows_from_the_pages_is_named(int major) throws Exception {
        // A server of its own: a prepared transaction, in whatever database, keeps readers from pruning.
        try (PostgresServer server = PostgresFixture.start(major, WalStage.QUIET)) {
            examineCleared(WalStage.on(server), major);
        }
    }

    private static void examineCleared(WalStage stage, int major) throws Exception {
        Database database = stage.database();
        for (String table : List.of("read", "written", "vacuumed", "kept", "other")) {
            full(database, table);
            stage.act("delete from " + table + " where id % 2 = 0");
        }
        database.run("select count(*) from read", "select count(*) from other");
        stage.act("update written set t = 'y' where id % 2 = 1");
        database.run("vacuum vacuumed");
        Notebook notebook = Notebook.on("public.read", "public.written", "public.vacuumed", "public.kept");

        Postgres.at(database.url()).walTransactions().examine(notebook);

        List<String> losses = notebook.summaries().stream()
                .filter(s -> s.startsWith("after rows of "))
                .toList();
        String reader = major < NAMED ? "a mere reader or by VACUUM (PRUNE)" : "a mere reader (PRUNE_ON_ACCESS)";
        assertThat(losses)
                .anyMatch(s -> s.startsWith("after rows of public.read had been deleted, ") && s.endsWith(reader))
                .anyMatch(s -> s.startsWith("after rows of public.written had been deleted, ")
                        && s.contains(" by a transaction that wrote to it ("))
                .anyMatch(s -> s.startsWith("after rows of public.vacuumed had been deleted, ")
                        && s.matches(".* by VACUUM \\((VACUUM|PRUNE_VACUUM_(SCAN|CLEANUP))\\)"))
                .noneMatch(s -> s.contains("public.kept"))
                .noneMatch(s -> s.contains("public.other"));
        assertThat(losses).allMatch(s -> s.matches(".* deleted, [1-9]\\d* pages? w.*"));
    }

    @ParameterizedTest
    @MethodSource("majors")
    void what_was_cleared_before_the_deletion_is_nobodys_fault(int major) throws Exception {
        WalStage stage = WalStage.on(major);
        full(stage.database(), "early");
        stage.act("update early set t = 'y'");
        stage.database().run("select count(*) from early", "vacuum early");
        stage.act("delete from early where id = 1");
        Notebook notebook = Notebook.on("public.early");

        Postgres.at(stage.database().url()).walTransactions().examine(notebook);

        assertThat(notebook.summaries()).noneMatch(s -> s.startsWith("after rows of "));
    }

    @ParameterizedTest
    @MethodSource("majors")
    void deletions_in_other_databases_are_counted_in_one_sentence(int major) throws Exception {
        WalStage stage = WalStage.on(major);
        WalStage other = WalStage.on(major);
        other.database().run("create table t(id int)", "insert into t select generate_series(1, 5)");
        long xid = other.act("delete from t").xid();
        Notebook notebook = Notebook.on("public.t");

        var answer = Postgres.at(stage.database().url()).walTransactions().examine(notebook);

        assertThat(WalStage.find(answer, xid)).isEmpty();
        assertThat(notebook.summaries())
                .filteredOn(s -> s.endsWith(" rows were deleted in other databases of the cluster"))
                .hasSize(1);
    }
}
