package io.github.rowsleuth.examples.matrix;

import io.github.rowsleuth.examples.matrix.Decoys.Truth;
import io.github.rowsleuth.hypothesis.Cause;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What runs without a person. */
final class JobVariants {

    private JobVariants() {}

    /** The crontab comes last: its minute has to pass while rows are not looked at. */
    static List<Variant> all() {
        return List.of(
                Variant.of(Cause.AUTOMATED_JOB, "a step of a deployment", JobVariants::deployment)
                        .by("scripts/clear-cache.js")
                        .but(Cell.NO_REPOSITORY, Expected.unexplained("one table was truncated, no log shows by whom")),
                Variant.of(Cause.AUTOMATED_JOB, "a job in the tables of pg_cron", JobVariants::databaseJob)
                        .by("pg_cron job nightly")
                        .but(
                                Cell.NO_SUPERUSER,
                                Expected.unexplained("the role may not read the jobs, and nothing else knows of them")),
                Variant.of(Cause.AUTOMATED_JOB, "a crontab that was due", JobVariants::crontab)
                        .by("tools/expire_carts.py")
                        .but(Cell.NO_REPOSITORY, Expected.unexplained("a plain deletion, no log shows by whom")));
    }

    private static void deployment(Stage stage) throws Exception {
        stage.table("cache_entries", 90)
                .table("articles", 12)
                .decoys(Decoys.around(Truth.TRUNCATED, "articles", "cache_entries"))
                .file(
                        "package.json",
                        "{ \"scripts\": { \"start\": \"node server.js\", \"cache:clear\": \"node scripts/clear-cache.js\" } }\n")
                .file("scripts/clear-cache.js", """
                        const { Pool } = require('pg');
                        const pool = new Pool();
                        async function main() {
                          await pool.query('TRUNCATE cache_entries');
                        }
                        main();
                        """)
                .file(".github/workflows/deploy.yml", """
                        on:
                          push:
                            branches: [main]
                        jobs:
                          deploy:
                            runs-on: ubuntu-latest
                            steps:
                              - uses: actions/checkout@v4
                              - run: npm ci
                              - run: npm run cache:clear
                              - run: ./deploy.sh
                        """)
                .committed("Clear the cache with every deployment", Duration.ofDays(33))
                .missing("cache_entries")
                .then("", "truncate cache_entries");
    }

    private static void databaseJob(Stage stage) throws Exception {
        stage.run(
                        "create schema cron",
                        "create table cron.job(jobid bigint primary key, schedule text not null, command text not null,"
                                + " nodename text not null default 'localhost', nodeport int not null default 5432,"
                                + " database text not null default current_database(),"
                                + " username text not null default current_user,"
                                + " active boolean not null default true, jobname text)",
                        "create table cron.job_run_details(jobid bigint, runid bigint primary key, job_pid int,"
                                + " database text, username text, command text, status text, return_message text,"
                                + " start_time timestamptz, end_time timestamptz)",
                        "insert into cron.job(jobid, schedule, command, jobname)"
                                + " values (1, '* * * * *', 'delete from sessions where kind = ''stage''', 'nightly'),"
                                + " (2, '0 4 * * 0', 'delete from members', 'weekly')")
                .table("sessions", 20)
                .table("members", 6)
                .decoys(Decoys.around(Truth.DELETED, "members", "sessions"))
                .file("README.md", "# Club\n")
                .committed("Begin", Duration.ofDays(100))
                .missing("sessions")
                .then(
                        "",
                        "insert into cron.job_run_details(jobid, runid, command, status, return_message, start_time, end_time)"
                                + " select 1, 7, command, 'running', null, clock_timestamp(), null"
                                + " from cron.job where jobid = 1",
                        "delete from sessions where kind = 'stage'",
                        "update cron.job_run_details set status = 'succeeded', return_message = 'DELETE 20',"
                                + " end_time = clock_timestamp() where runid = 7");
    }

    private static void crontab(Stage stage) throws Exception {
        stage.table("carts", 31)
                .table("goods", 5)
                .decoys(Decoys.around(Truth.DELETED, "goods", "carts"))
                .file("deploy/crontab", "* * * * * app cd /srv && python tools/expire_carts.py\n")
                .file("tools/expire_carts.py", """
                        import psycopg2

                        def main():
                            with psycopg2.connect(DSN) as connection:
                                connection.cursor().execute("DELETE FROM carts")

                        if __name__ == "__main__":
                            main()
                        """)
                .committed("Let carts expire", Duration.ofDays(12))
                .missing("carts")
                .then(() -> awaitMinuteAfter(stage.lastSeen()))
                .then("", "delete from carts");
    }

    /** Most of it has passed already with the other incidents. */
    private static void awaitMinuteAfter(Instant seen) {
        Instant due = seen.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
        while (Instant.now().isBefore(due)) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }
}
