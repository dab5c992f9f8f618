package io.github.rowsleuth.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.incident.TimeWindow;
import io.github.rowsleuth.postgres.fixture.PostgresFixture;
import io.github.rowsleuth.probe.Coverage;
import io.github.rowsleuth.probe.Gap;
import io.github.rowsleuth.server.ScheduledJob;
import io.github.rowsleuth.server.StoredCode;
import io.github.rowsleuth.sql.DestructiveStatement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The extension is not there to be tested with; its tables have the shape that it documents, and its policies. */
class CronJobsOnEveryMajorTest {
    private static final TimeWindow WINDOW =
            TimeWindow.between(Instant.parse("2026-10-07T18:00:00Z"), Instant.parse("2026-10-08T10:37:00Z"));
    private static final String HOSTILE = "it's \"new\"; \nDROP TABLE x \u202e";

    static List<Integer> majors() {
        return PostgresFixture.majors();
    }

    private static Database scheduled(int major) throws Exception {
        Database database = Database.on(major);
        return database.run(
                "create table orders(id int, mail text)",
                "create schema cron",
                "create table cron.job(jobid bigint primary key, schedule text not null, command text not null,"
                        + " nodename text not null default 'localhost', nodeport int not null default 5432,"
                        + " database text not null default current_database(), username text not null default current_user,"
                        + " active boolean not null default true, jobname text)",
                "create table cron.job_run_details(jobid bigint, runid bigint primary key, job_pid int, database text,"
                        + " username text, command text, status text, return_message text, start_time timestamptz,"
                        + " end_time timestamptz)",
                "create function purge() returns void language sql as 'delete from orders'",
                "insert into cron.job(jobid, schedule, command, jobname, database, active) values"
                        + " (1, '0 3 * * *', 'delete from orders where mail = ''canary''', 'nightly', current_database(), true),"
                        + " (2, '*/5 * * * *', 'select purge()', " + literal(HOSTILE) + ", current_database(), true),"
                        + " (3, '@daily', 'truncate orders', null, 'elsewhere', true),"
                        + " (4, '@daily', 'vacuum', null, current_database(), false)",
                "insert into cron.job_run_details values"
                        + " (1, 10, 1, current_database(), 'postgres', 'c', 'succeeded', 'DELETE 42',"
                        + "  '2026-10-08 03:00:00.1+00', '2026-10-08 03:00:01+00'),"
                        + " (2, 11, 1, current_database(), 'postgres', 'c', 'failed',"
                        + "  'ERROR:  Key (mail)=(canary) is still referenced', '2026-10-08 03:05:00+00', null),"
                        + " (1, 12, 1, current_database(), 'postgres', 'c', 'succeeded', 'DELETE 7',"
                        + "  '2026-10-09 03:00:00+00', '2026-10-09 03:00:01+00'),"
                        + " (1, 9, 1, current_database(), 'postgres', 'c', 'succeeded', 'DELETE 1',"
                        + "  '2026-10-06 03:00:00+00', '2026-10-06 03:00:01+00')",
                "alter table cron.job enable row level security",
                "create policy cron_job_policy on cron.job using (username = current_user)",
                "alter table cron.job_run_details enable row level security",
                "create policy cron_job_run_details_policy on cron.job_run_details using (username = current_user)");
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private static List<String> statements(ScheduledJob job) {
        return job.destructive().stream().map(DestructiveStatement::toString).toList();
    }

    @ParameterizedTest
    @MethodSource("majors")
    void jobs_and_their_runs_up_to_the_loss_are_told_without_values(int major) throws Exception {
        Database database = scheduled(major);
        Notebook notebook = Notebook.on(WINDOW, "orders");

        StoredCode code = Postgres.at(database.url()).storedCode().examine(notebook);

        assertThat(code.jobs()).extracting(ScheduledJob::id).containsExactly(1L, 2L, 3L, 4L);
        ScheduledJob nightly = code.jobs().get(0);
        assertThat(nightly.name()).hasValue("nightly");
        assertThat(nightly.schedule()).isEqualTo("0 3 * * *");
        assertThat(nightly.role()).isEqualTo("postgres");
        assertThat(nightly.command().text()).isEqualTo("delete from orders where mail = ?");
        assertThat(statements(nightly)).containsExactly("DELETE orders");
        assertThat(nightly.runs())
                .as("the newest first, none that began when the rows were gone")
                .extracting(r -> r.started().orElseThrow() + " " + r.status() + " " + r.message())
                .containsExactly(
                        "2026-10-08T03:00:00.100Z succeeded Optional[DELETE 42]",
                        "2026-10-06T03:00:00Z succeeded Optional[DELETE 1]");
        ScheduledJob calling = code.jobs().get(1);
        assertThat(calling.name()).hasValue(HOSTILE);
        assertThat(statements(calling)).as("by the routine it calls").containsExactly("DELETE orders");
        assertThat(calling.runs())
                .extracting(ScheduledJob.Run::message)
                .as("an error may hold values")
                .containsExactly(Optional.empty());
        assertThat(code.jobs().get(2).database()).isEqualTo("elsewhere");
        assertThat(code.jobs().get(2).evidence()).isEmpty();
        assertThat(code.jobs().get(3).active()).isFalse();
        assertThat(code.jobs().get(3).destructive()).isEmpty();
        evidenceSaysIt(nightly, notebook);
        assertThat(notebook.gaps).isEmpty();
        assertThat(notebook.coverage().extent()).isEqualTo(Coverage.Extent.COMPLETE);
        assertThat(code + "" + notebook.evidence).doesNotContain("canary");
    }

    private static void evidenceSaysIt(ScheduledJob nightly, Notebook notebook) {
        assertThat(nightly.evidence()).hasSize(3);
        assertThat(notebook.summaries())
                .contains(
                        "the pg_cron job 1 'nightly' of role postgres (0 3 * * *) runs DELETE orders",
                        "the pg_cron job 1 'nightly' was run as role postgres: succeeded, DELETE 42");
        assertThat(notebook.evidence)
                .filteredOn(e -> e.observation().summary().endsWith(": succeeded, DELETE 42"))
                .singleElement()
                .satisfies(e -> {
                    assertThat(e.moment())
                            .isEqualTo(Moment.between(
                                    Instant.parse("2026-10-08T03:00:00.100Z"), Instant.parse("2026-10-08T03:00:01Z")));
                    assertThat(e.observation().tables()).containsExactly(TableName.parse("orders"));
                    assertThat(e.provenance().location()).isEqualTo("cron.job_run_details");
                });
    }

    @ParameterizedTest
    @MethodSource("majors")
    void who_may_not_see_the_jobs_is_told_what_opens_them(int major) throws Exception {
        Database database = scheduled(major);
        String role = database.name() + "_plain";
        database.run("create role " + role + " login in role pg_monitor");
        Postgres postgres = Postgres.at(database.bareUrl(), role, "");

        assertThat(refused(postgres, "orders"))
                .isEqualTo("GRANT USAGE ON SCHEMA cron TO " + role + ", and GRANT SELECT ON cron.job TO " + role);
        database.run("grant usage on schema cron to " + role, "grant select on all tables in schema cron to " + role);
        assertThat(refused(postgres, "orders")).isEqualTo("ALTER ROLE " + role + " BYPASSRLS");
        database.run("alter role " + role + " bypassrls");
        assertThat(postgres.storedCode().examine(Notebook.on("orders")).jobs()).hasSize(4);
        assertThat(refused(postgres, "cron.job")).isEqualTo("read it when its pages are safe");
    }

    private static String refused(Postgres postgres, String table) throws Exception {
        Notebook notebook = Notebook.on(table);
        assertThat(postgres.storedCode().examine(notebook).jobs()).isEmpty();
        assertThat(notebook.coverage().extent()).isEqualTo(Coverage.Extent.PARTIAL);
        assertThat(notebook.gaps).hasSize(1);
        return notebook.gaps.get(0).remedy();
    }

    @ParameterizedTest
    @ValueSource(ints = 15)
    void an_older_shape_is_read_and_a_trap_is_not(int major) throws Exception {
        Database database = scheduled(major);
        database.run("alter table cron.job drop column jobname", "drop table cron.job_run_details");
        assertThat(Postgres.at(database.url())
                        .storedCode()
                        .examine(Notebook.on("orders"))
                        .jobs())
                .extracting(ScheduledJob::name)
                .containsExactly(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

        database.run(
                "alter table cron.job rename to real",
                "create function cron.spring() returns text language plpgsql as"
                        + " 'begin raise exception ''sprung''; end'",
                "create view cron.job as select jobid, schedule, cron.spring() as command, database, username, active"
                        + " from cron.real");
        Notebook notebook = Notebook.on("orders");
        assertThat(Postgres.at(database.url()).storedCode().examine(notebook).jobs())
                .isEmpty();
        assertThat(notebook.gaps).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = 15)
    void jobs_that_are_kept_in_another_database_and_more_runs_than_are_read_are_gaps(int major) throws Exception {
        Database database = Database.on(major);
        try (var connection = database.server().connect("postgres");
                var statement = connection.createStatement()) {
            statement.execute("set application_name = 'pg_cron scheduler'");
            Notebook notebook = Notebook.on("orders");
            Postgres.at(database.url()).storedCode().examine(notebook);
            assertThat(notebook.gaps)
                    .extracting(Gap::missing)
                    .containsExactly("pg_cron keeps its jobs in another database");
        }

        Database busy = scheduled(major)
                .run("insert into cron.job_run_details select 1, i, 1, 'd', 'u', 'c', 'succeeded', 'DELETE 0',"
                        + " timestamptz '2026-10-08 04:00+00', null from generate_series(100, 1200) i");
        Notebook notebook = Notebook.on(WINDOW, "orders");
        StoredCode code = Postgres.at(busy.url()).storedCode().examine(notebook);
        assertThat(code.jobs().get(0).runs()).hasSize(20);
        assertThat(notebook.gaps)
                .extracting(Gap::missing)
                .containsExactly("only the newest 1000 runs of pg_cron jobs are read");
    }
}
