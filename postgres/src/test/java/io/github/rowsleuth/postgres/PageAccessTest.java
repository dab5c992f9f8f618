package io.github.rowsleuth.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.rowsleuth.postgres.fixture.PostgresFixture;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import io.github.rowsleuth.transaction.DeadRows;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PageAccessTest {
    private static final String OLDEST = "1.8";

    static List<Integer> majors() {
        return PostgresFixture.majors();
    }

    private static Database damaged(int major) throws Exception {
        return Database.on(major)
                .run(
                        "create table orders(id int)",
                        "insert into orders select generate_series(1, 10)",
                        "delete from orders where id <= 4");
    }

    private static String role(Database database, String suffix) throws Exception {
        // A name that needs quotes.
        String role = database.name() + "-" + suffix;
        database.run("create role \"" + role + "\" login");
        return role;
    }

    private static Postgres as(Database database, String role) {
        return Postgres.at(database.bareUrl(), role, "");
    }

    private static DeadRows examine(Postgres postgres) throws Exception {
        return postgres.deadRows().examine(Notebook.on("orders"));
    }

    private static ProbeUnavailableException refusal(Postgres postgres) {
        return catchThrowableOfType(ProbeUnavailableException.class, () -> examine(postgres));
    }

    private static void deletedRowsAreSeen(DeadRows rows) {
        assertThat(rows.pages().get(0).deleted()).isEqualTo(4);
        assertThat(rows.pages().get(0).live()).isEqualTo(6);
    }

    @ParameterizedTest
    @MethodSource("majors")
    void a_superuser_is_told_to_create_the_extension_and_then_reads(int major) throws Exception {
        Database database = damaged(major);
        Postgres superuser = Postgres.at(database.url());

        ProbeUnavailableException refusal = refusal(superuser);

        assertThat(refusal)
                .hasMessage("the extension pageinspect, which reads raw pages, is not installed in this database");
        assertThat(refusal.remedy()).isEqualTo("CREATE EXTENSION pageinspect");
        database.run(refusal.remedy());
        deletedRowsAreSeen(examine(superuser));
    }

    @ParameterizedTest
    @MethodSource("majors")
    void any_other_role_reads_once_a_superuser_has_run_the_remedy(int major) throws Exception {
        Database database = damaged(major);
        String first = role(database, "first");
        String second = role(database, "second");

        ProbeUnavailableException refusal = refusal(as(database, first));

        assertThat(refusal).hasMessage("the role " + first + " may not read raw pages");
        assertThat(refusal.remedy()).startsWith("a superuser runs: CREATE SCHEMA");
        database.run(refusal.remedy().substring("a superuser runs: ".length()));
        Notebook notebook = Notebook.on("orders");
        deletedRowsAreSeen(as(database, first).deadRows().examine(notebook));
        assertThat(notebook.coverage().detail()).endsWith("by rowsleuth.raw_page()");

        ProbeUnavailableException other = refusal(as(database, second));
        assertThat(other.remedy()).startsWith("a superuser runs: GRANT USAGE ON SCHEMA rowsleuth");
        database.run(other.remedy().substring("a superuser runs: ".length()));
        deletedRowsAreSeen(examine(as(database, second)));
    }

    @ParameterizedTest
    @MethodSource("majors")
    void what_is_lent_reads_no_system_catalog(int major) throws Exception {
        Database database = damaged(major);
        String role = role(database, "auditor");
        database.run(refusal(as(database, role)).remedy().substring("a superuser runs: ".length()));

        assertThat(asked(database, role, "select rowsleuth.raw_page('pg_authid', 0) is null"))
                .isEqualTo("t");
        assertThat(asked(database, role, "select length(rowsleuth.raw_page('orders', 0))"))
                .isEqualTo("8192");
    }

    private static String asked(Database database, String role, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.bareUrl(), role, "");
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }

    @ParameterizedTest
    @MethodSource("majors")
    void a_function_that_a_superuser_does_not_vouch_for_is_not_called(int major) throws Exception {
        Database database = damaged(major);
        String role = role(database, "auditor");
        String trap =
                "create function rowsleuth.raw_page(relation regclass, block bigint) returns bytea language plpgsql"
                        + " security definer set search_path = pg_catalog, pg_temp as $$ begin raise 'called'; end $$";
        database.run("create schema rowsleuth", trap, "grant usage on schema rowsleuth to public");
        database.run("alter function rowsleuth.raw_page(regclass, bigint) owner to \"" + role + '"');

        ProbeUnavailableException refusal = refusal(as(database, role));

        assertThat(refusal).hasMessageContaining("not as a superuser's function with a fixed search_path");
        database.run(
                "alter function rowsleuth.raw_page(regclass, bigint) owner to "
                        + PostgresFixture.shared(major).superuser(),
                "alter function rowsleuth.raw_page(regclass, bigint) reset search_path");
        assertThat(refusal(as(database, role))).hasMessageContaining("with a fixed search_path");
    }

    /** Whoever may create functions where the extension lies must not get a superuser to run them. */
    @ParameterizedTest
    @MethodSource("majors")
    void functions_beside_the_extension_are_not_called_in_its_place(int major) throws Exception {
        String schema = "\"an \"\"odd; schema\"";
        Database database =
                damaged(major).run("create schema " + schema, "create extension pageinspect schema " + schema);
        String block = database.value("select count(*) from pg_proc where proname = 'get_raw_page'"
                                + " and pronargs = 3 and proargtypes[2] = 'int8'::regtype")
                        .equals("1")
                ? "int"
                : "bigint";
        for (String decoy : List.of(
                "get_raw_page(text, text, " + block + ") returns bytea",
                "format(text, name, name) returns text",
                "current_setting(unknown_setting varchar) returns text",
                "generate_series(bigint, int) returns setof bigint")) {
            database.run(
                    "create function " + schema + "." + decoy + " language plpgsql as $$ begin raise 'called'; end $$");
        }

        deletedRowsAreSeen(examine(Postgres.at(database.url())));
    }

    /** The functions of a cluster that was upgraded without ALTER EXTENSION take other types. */
    @ParameterizedTest
    @MethodSource("majors")
    void an_extension_of_an_old_version_will_do(int major) throws Exception {
        Database database = damaged(major).run("create extension pageinspect version '" + OLDEST + "'");
        String role = role(database, "auditor");

        deletedRowsAreSeen(examine(Postgres.at(database.url())));

        database.run(refusal(as(database, role)).remedy().substring("a superuser runs: ".length()));
        deletedRowsAreSeen(examine(as(database, role)));
    }
}
