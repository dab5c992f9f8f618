package io.github.rowsleuth.postgres;

import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.probe.Examination;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where {@code pg_cron} keeps its jobs, and who may read them. Its tables are recognised by name, kind and columns, whoever
 * owns them: reading a plain table with columns of built-in types runs nobody's code.
 *
 * @param role the examining role, as it stands in SQL
 * @param database the examined database
 * @param home the database of the setting {@code cron.database_name}, where the role may see it
 * @param running whether its scheduler runs
 * @param jobs the table of jobs
 * @param runs the table of runs
 */
record CronSetup(
        String role,
        String database,
        Optional<String> home,
        boolean running,
        Optional<Table> jobs,
        Optional<Table> runs) {

    private static final Set<String> OF_JOBS = Set.of("jobid", "schedule", "command", "database", "username", "active");
    private static final Set<String> OF_RUNS =
            Set.of("jobid", "runid", "status", "return_message", "start_time", "end_time");

    private static final Query TABLES = new Query(
            """
            select quote_ident(current_user) as role, current_database()::text as database,
                   (select s.setting from pg_settings s where s.name = 'cron.database_name') as home,
                   exists (select from pg_stat_activity a where a.application_name = 'pg_cron scheduler') as running,
                   coalesce(t.name, '') as name, coalesce(t.columns, '') as columns,
                   coalesce(t.readable, false) as readable, coalesce(t.usable, false) as usable,
                   coalesce(t.hidden, false) as hidden
              from (values (1)) one
              left join (
                   select c.relname::text as name, has_table_privilege(c.oid, 'select') as readable,
                          has_schema_privilege(n.oid, 'usage') as usable,
                          c.relrowsecurity and row_security_active(c.oid) as hidden,
                          (select string_agg(a.attname, ' ') from pg_attribute a
                            where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                              and a.atttypid in ('int8'::regtype, 'int4'::regtype, 'text'::regtype, 'name'::regtype,
                                                 'bool'::regtype, 'timestamptz'::regtype)) as columns
                     from pg_class c
                     join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'cron'
                    where c.relname in ('job', 'job_run_details') and c.relkind = 'r') t on true\
            """,
            "pg_class, pg_settings",
            "SELECT ON pg_catalog.pg_class, pg_catalog.pg_namespace, pg_catalog.pg_attribute, pg_catalog.pg_settings,"
                    + " pg_catalog.pg_stat_activity");

    /**
     * A table of it.
     *
     * @param name its name
     * @param columns its columns of built-in types
     * @param readable whether the role has been granted SELECT
     * @param usable whether the role may use the schema
     * @param hidden whether row-level security hides jobs of other roles
     */
    record Table(String name, Set<String> columns, boolean readable, boolean usable, boolean hidden) {}

    private record Line(String role, String database, Optional<String> home, boolean running, Table table) {}

    static CronSetup read(Session session) throws SQLException, ProbeUnavailableException, InterruptedException {
        List<Line> lines = session.rows(TABLES, CronSetup::line);
        Line any = lines.get(0);
        return new CronSetup(
                any.role(),
                any.database(),
                any.home(),
                any.running(),
                table(lines, "job", OF_JOBS),
                table(lines, "job_run_details", OF_RUNS));
    }

    private static Line line(Row row) throws SQLException {
        return new Line(
                row.text("role"),
                row.text("database"),
                row.optionalText("home"),
                row.flag("running"),
                new Table(
                        row.text("name"),
                        Set.of(row.text("columns").split(" ", -1)),
                        row.flag("readable"),
                        row.flag("usable"),
                        row.flag("hidden")));
    }

    private static Optional<Table> table(List<Line> lines, String name, Set<String> columns) {
        return lines.stream()
                .map(Line::table)
                .filter(t -> t.name().equals(name) && t.columns().containsAll(columns))
                .findFirst();
    }

    /** {@return whether no job of this database can be listed elsewhere} */
    boolean sayWhatIsElsewhere(Examination examination) {
        boolean elsewhere = jobs.isEmpty()
                && (running || home.filter(h -> !h.equals(database)).isPresent());
        if (elsewhere) {
            examination.gap(
                    "pg_cron keeps its jobs in "
                            + home.map(h -> "the database " + h).orElse("another database"),
                    "what it runs in the database " + database + " is not seen",
                    "examine the storedCode() of that database too");
        }
        return !elsewhere;
    }

    /** {@return whether all of its rows can be read; why not is said} */
    boolean mayRead(Examination examination, TableName name, Table table) {
        if (examination.incident().names(name)) {
            examination.gap(
                    name + " is a table of the incident",
                    "it is not read, because reading removes deleted rows from its pages",
                    "read it when its pages are safe");
            return false;
        }
        if (!table.readable() || !table.usable()) {
            examination.gap(
                    "the role " + role + " may not read " + name,
                    "what pg_cron runs, and when it did, is unknown",
                    "GRANT USAGE ON SCHEMA cron TO " + role + ", and GRANT SELECT ON " + name + " TO " + role);
            return false;
        }
        if (table.hidden()) {
            examination.gap(
                    "row-level security hides the rows of other roles in " + name,
                    "what pg_cron runs for other roles, and when it did, is unknown",
                    "ALTER ROLE " + role + " BYPASSRLS");
            return false;
        }
        return true;
    }
}
