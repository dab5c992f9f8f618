package io.github.rowsleuth.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.rowsleuth.postgres.fixture.PostgresFixture;
import io.github.rowsleuth.probe.Gap;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import io.github.rowsleuth.transaction.WalTransactions;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may read the log, with which version of the extension, wherever it lies. */
class WalAccessTest {

    private static final String FUNCTION = "pg_get_wal_records_info(pg_lsn, pg_lsn)";
    private static final int BLOCKS = 16;

    static List<Integer> majors() {
        return WalStage.majors();
    }

    static List<Integer> majorsWithoutExtension() {
        return PostgresFixture.majors().stream()
                .filter(major -> !WalStage.majors().contains(major))
                .toList();
    }

    static List<Integer> majorsWithTwoVersions() {
        return majors().stream().filter(major -> major >= BLOCKS).toList();
    }

    private static String role(WalStage stage, String suffix, String... grants) throws SQLException {
        String role = stage.database().name() + suffix;
        stage.database().run("create role " + role + " login");
        for (String grant : grants) {
            stage.database().run(grant.replace("{role}", role));
        }
        return role;
    }

    private static Postgres as(WalStage stage, String role) {
        return Postgres.at(stage.database().bareUrl(), role, "");
    }

    private static ProbeUnavailableException refusal(Postgres postgres) {
        return catchThrowableOfType(
                ProbeUnavailableException.class,
                () -> postgres.walTransactions().examine(Notebook.on("public.t")));
    }

    @ParameterizedTest(allowZeroInvocations = true) // where only newer majors are tested
    @MethodSource("majorsWithoutExtension")
    void an_older_server_has_no_way_to_show_its_log(int major) {
        Database database = Database.on(major);

        ProbeUnavailableException refusal = refusal(Postgres.at(database.url()));

        assertThat(refusal)
                .hasMessage(
                        "PostgreSQL " + major + " can not show its write-ahead log by SQL: pg_walinspect came with 15");
        assertThat(refusal.remedy()).contains("pg_waldump", "dead rows on the pages", "commit timestamps");
    }

    @ParameterizedTest
    @MethodSource("majors")
    void an_extension_that_is_not_there_is_asked_for_and_never_made(int major) throws Exception {
        WalStage stage = WalStage.on(major);
        stage.database().run("drop extension pg_walinspect");

        ProbeUnavailableException refusal = refusal(Postgres.at(stage.database().url()));

        assertThat(refusal).hasMessageContaining("not installed in this database");
        assertThat(refusal.remedy()).startsWith("CREATE EXTENSION pg_walinspect;");
        assertThat(stage.database().value("select count(*) from pg_extension where extname = 'pg_walinspect'"))
                .isEqualTo("0");
    }

    @ParameterizedTest
    @MethodSource("majors")
    void each_role_reads_what_it_was_granted_and_no_more(int major) throws Exception {
        WalStage stage = WalStage.on(major);
        stage.act("create table t(id int)", "insert into t values (1)");
        long xid = stage.act("delete from t").xid();
        String plain = role(stage, "_plain");
        String monitor = role(stage, "_monitor", "grant pg_monitor to {role}");
        String granted = role(stage, "_granted", "grant execute on function " + FUNCTION + " to {role}");
        String reader = role(stage, "_reader", "grant pg_read_server_files to {role}");

        for (String role : List.of(plain, monitor)) {
            ProbeUnavailableException refusal = refusal(as(stage, role));
            assertThat(refusal).hasMessage("the role " + role + " may not read pg_get_wal_records_info()");
            assertThat(refusal.remedy()).isEqualTo("GRANT EXECUTE ON FUNCTION public." + FUNCTION + " TO " + role);
        }
        for (String role : List.of(granted, reader)) {
            WalTransactions answer = as(stage, role).walTransactions().examine(Notebook.on("public.t"));
            assertThat(WalStage.effects(WalStage.find(answer, xid).orElseThrow()))
                    .containsExactly("public.t ROWS_DELETED 1");
        }
    }

    @ParameterizedTest
    @MethodSource("majorsWithTwoVersions")
    void names_of_dropped_tables_need_a_second_grant(int major) throws Exception {
        WalStage stage = WalStage.on(major);
        stage.act("create table t(id int)");
        long xid = stage.act("drop table t").xid();
        String blocks = "pg_get_wal_block_info(pg_lsn, pg_lsn, boolean)";
        String role = role(stage, "_granted", "grant execute on function " + FUNCTION + " to {role}");
        Notebook without = Notebook.on("public.t");
        WalTransactions nameless = as(stage, role).walTransactions().examine(without);
        stage.database().run("grant execute on function " + blocks + " to " + role);
        WalTransactions named = as(stage, role).walTransactions().examine(Notebook.on("public.t"));

        assertThat(without.gaps)
                .extracting(Gap::remedy)
                .contains("GRANT EXECUTE ON FUNCTION public." + blocks + " TO " + role);
        assertThat(WalStage.effects(WalStage.find(nameless, xid).orElseThrow())).containsExactly("file DROPPED");
        assertThat(WalStage.effects(WalStage.find(named, xid).orElseThrow())).containsExactly("public.t DROPPED");
    }

    @ParameterizedTest
    @MethodSource("majorsWithTwoVersions")
    void the_functions_of_an_upgraded_cluster_do(int major) throws Exception {
        WalStage stage = WalStage.on(major);
        stage.database().run("drop extension pg_walinspect", "create extension pg_walinspect version '1.0'");
        stage.act("create table t(id int)", "insert into t values (1)");
        long xid = stage.act("delete from t").xid();
        long drop = stage.act("drop table t").xid();
        Notebook notebook = Notebook.on("public.t");

        WalTransactions answer =
                Postgres.at(stage.database().url()).walTransactions().examine(notebook);

        assertThat(WalStage.effects(WalStage.find(answer, xid).orElseThrow())).containsExactly("file ROWS_DELETED 1");
        assertThat(WalStage.effects(WalStage.find(answer, drop).orElseThrow())).containsExactly("file DROPPED");
        assertThat(notebook.gaps).extracting(Gap::remedy).anyMatch(r -> r.contains("ALTER EXTENSION pg_walinspect"));
    }

    @ParameterizedTest
    @MethodSource("majors")
    void dead_rows_of_pg_class_name_a_dropped_table_to_a_superuser(int major) throws Exception {
        WalStage stage = WalStage.on(major);
        stage.database()
                .run(
                        "drop extension pg_walinspect",
                        "create extension pg_walinspect version '1.0'",
                        "create extension pageinspect",
                        "create table t(id int primary key, t text)");
        long xid = stage.act("drop table t").xid();

        WalTransactions answer =
                Postgres.at(stage.database().url()).walTransactions().examine(Notebook.on("public.t"));

        assertThat(WalStage.effects(WalStage.find(answer, xid).orElseThrow())).containsExactly("public.t DROPPED");
    }

    @ParameterizedTest
    @MethodSource("majors")
    void the_extension_may_lie_in_any_schema(int major) throws Exception {
        WalStage stage = WalStage.on(major);
        stage.database()
                .run(
                        "drop extension pg_walinspect",
                        "create schema \"Odd \"\"schema\"",
                        "create extension pg_walinspect schema \"Odd \"\"schema\"",
                        // What an attacker would put in the way.
                        "create function public.pg_get_wal_records_info(pg_lsn, pg_lsn) returns int"
                                + " language sql as 'select 1 / 0'");
        String role =
                role(stage, "_granted", "grant execute on function \"Odd \"\"schema\"." + FUNCTION + " to {role}");
        ProbeUnavailableException refusal = refusal(as(stage, role));
        stage.database().run("grant usage on schema \"Odd \"\"schema\" to " + role);
        stage.act("create table t(id int)", "insert into t values (1)");
        long xid = stage.act("delete from t").xid();
        WalTransactions answer = as(stage, role).walTransactions().examine(Notebook.on("public.t"));

        assertThat(refusal.remedy()).isEqualTo("GRANT USAGE ON SCHEMA \"Odd \"\"schema\" TO " + role);
        assertThat(WalStage.effects(WalStage.find(answer, xid).orElseThrow()))
                .containsExactly("public.t ROWS_DELETED 1");
    }
}
