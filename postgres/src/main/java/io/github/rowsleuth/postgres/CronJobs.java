package io.github.rowsleuth.postgres;

import io.github.rowsleuth.evidence.Excerpt;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.probe.Examination;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import io.github.rowsleuth.server.ScheduledJob;
import io.github.rowsleuth.server.ScheduledJob.Run;
import io.github.rowsleuth.sql.DestructiveStatement;
import io.github.rowsleuth.sql.DestructiveStatements;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The jobs of {@code pg_cron}, and their newest runs. */
final class CronJobs {

    private static final int MOST_JOBS = 1_000;
    private static final int MOST_RUNS = 1_000;
    private static final int MOST_RUNS_OF_A_JOB = 20;

    private static final TableName JOBS = TableName.of("cron", "job");
    private static final TableName RUNS = TableName.of("cron", "job_run_details");

    // An error may repeat the values of a row; a command tag does not.
    private static final Pattern HARMLESS = Pattern.compile("[A-Z]+( [A-Z]+)*( [0-9]+)*|[0-9]+ rows?|[A-Za-z ]{1,80}");

    private static final String JOB_LIST = """
            select j.jobid, j.schedule, left(j.command, 100000) as command, j.database, j.username, j.active,
                   {jobname} as jobname
              from cron.job j
             order by j.jobid
             limit {most}""".replace("{most}", Integer.toString(MOST_JOBS));

    private static final String JOB_PRIVILEGE = "SELECT ON cron.job";
    private static final Query NAMED_JOBS =
            new Query(JOB_LIST.replace("{jobname}", "j.jobname::text"), "cron.job", JOB_PRIVILEGE);
    private static final Query UNNAMED_JOBS =
            new Query(JOB_LIST.replace("{jobname}", "null::text"), "cron.job", JOB_PRIVILEGE);

    // By its primary key, from the newest on. What began when the rows were gone did not remove them.
    private static final Query RUN_LIST = new Query(
            """
            select d.jobid, d.status, left(d.return_message, 200) as message, d.start_time, d.end_time
              from cron.job_run_details d
             where d.start_time is null or d.start_time <= ?::timestamptz
             order by d.runid desc
             limit {most}""".replace("{most}", Integer.toString(MOST_RUNS)),
            "cron.job_run_details",
            "SELECT ON cron.job_run_details");

    /**
     * What could be read of it.
     *
     * @param jobs the jobs, by id
     * @param complete whether nothing was hidden or left out
     */
    record Found(List<ScheduledJob> jobs, boolean complete) {}

    private record JobRun(long job, Run run) {}

    private CronJobs() {}

    static Found read(Session session, Routines routines)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        CronSetup setup = CronSetup.read(session);
        boolean all = setup.sayWhatIsElsewhere(session.examination());
        if (setup.jobs().isEmpty()) {
            return new Found(List.of(), all);
        }
        all &= setup.mayRead(session.examination(), JOBS, setup.jobs().get());
        if (!all) {
            return new Found(List.of(), false);
        }
        Optional<List<ScheduledJob>> jobs = session.rowsOrGap(
                setup.jobs().get().columns().contains("jobname") ? NAMED_JOBS : UNNAMED_JOBS,
                "what pg_cron runs is unknown",
                row -> job(row, routines));
        boolean runsRead = setup.runs().isPresent()
                && setup.mayRead(session.examination(), RUNS, setup.runs().get());
        Optional<Map<Long, List<Run>>> runs = runsRead ? runs(session) : Optional.empty();
        List<ScheduledJob> found = jobs.orElse(List.of()).stream()
                .map(job -> ScheduledJob.builder()
                        .from(job)
                        .runs(runs.map(r -> r.getOrDefault(job.id(), List.of())).orElse(List.of()).stream()
                                .limit(MOST_RUNS_OF_A_JOB)
                                .toList())
                        .build())
                .toList();
        return new Found(found, jobs.isPresent() && runs.isPresent() && found.size() < MOST_JOBS);
    }

    private static ScheduledJob job(Row row, Routines routines) throws SQLException {
        String command = row.optionalText("command").orElse("");
        List<DestructiveStatement> own = DestructiveStatements.in(command);
        return ScheduledJob.builder()
                .id(row.number("jobid"))
                .name(row.optionalText("jobname"))
                .schedule(row.optionalText("schedule").orElse(""))
                .database(row.optionalText("database").orElse(""))
                .role(row.optionalText("username").orElse(""))
                .active(row.flag("active"))
                .destructive(routines.reach(own, RoutineSource.calls(command)))
                .command(Excerpt.ofSql(command))
                .build();
    }

    private static Optional<Map<Long, List<Run>>> runs(Session session)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        Examination examination = session.examination();
        String until = examination
                .incident()
                .window()
                .notAfter()
                .map(Instant::toString)
                .orElse("infinity");
        Optional<List<JobRun>> runs =
                session.rowsOrGap(RUN_LIST, "when pg_cron ran its jobs is unknown", CronJobs::run, until);
        runs.filter(r -> r.size() == MOST_RUNS)
                .ifPresent(r -> examination.gap(
                        "only the newest " + MOST_RUNS + " runs of pg_cron jobs are read",
                        "older runs are not seen",
                        "say with lostBetween(…) when the rows were gone, to look at the runs before that"));
        return runs.map(all -> all.stream()
                .collect(Collectors.groupingBy(JobRun::job, Collectors.mapping(JobRun::run, Collectors.toList()))));
    }

    private static JobRun run(Row row) throws SQLException {
        return new JobRun(
                row.number("jobid"),
                new Run(
                        row.instant("start_time"),
                        row.instant("end_time"),
                        row.optionalText("status").orElse("unknown"),
                        row.optionalText("message")
                                .map(String::strip)
                                .filter(m -> HARMLESS.matcher(m).matches())));
    }
}
