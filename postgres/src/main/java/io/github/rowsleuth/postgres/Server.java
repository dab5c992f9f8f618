package io.github.rowsleuth.postgres;

import io.github.rowsleuth.probe.DatabaseIdentity;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Which cluster and database this is, how old, and what its last checkpoint says.
 *
 * @param identity what the answer holds of it
 * @param role the examining role, as it stands in SQL
 * @param control what {@code pg_control} holds, where the role may see it
 */
record Server(DatabaseIdentity identity, String role, Optional<Control> control) {

    static final String CONTROL_LOCATION = "pg_control_system(), pg_control_checkpoint()";

    private static final Query IDENTITY =
            new Query("""
            select split_part(current_setting('server_version'), ' ', 1) as version,
                   current_database()::text as database,
                   pg_is_in_recovery() as in_recovery,
                   pg_postmaster_start_time() as started,
                   pg_snapshot_xmax(pg_current_snapshot())::text::bigint as next,
                   current_setting('wal_level') <> 'minimal' as lists_running,
                   d.oid::bigint as oid, d.xmin::text::bigint as written,
                   case when current_setting('track_commit_timestamp')::boolean and not pg_is_in_recovery()
                             and d.xmin::text::bigint > 2
                        then pg_xact_commit_timestamp(d.xmin) end as committed,
                   current_setting('data_checksums')::boolean as checksums, current_user::text as role, quote_ident(current_user) as quoted,
                   (select s.reset_val from pg_settings s where s.name = 'search_path') as search_path,
                   has_function_privilege('pg_catalog.pg_stat_file(text, boolean)', 'execute') as sees_files
              from pg_database d
             where d.datname = current_database()""", "pg_database", "SELECT ON pg_catalog.pg_database, pg_catalog.pg_settings");

    private static final Query CONTROL = new Query(
            """
            select s.system_identifier, c.timeline_id, c.checkpoint_time, c.next_xid,
                   c.oldest_active_xid::text::bigint as oldest_active
              from pg_control_system() s, pg_control_checkpoint() c""",
            CONTROL_LOCATION,
            "EXECUTE ON FUNCTION pg_catalog.pg_control_system(), pg_catalog.pg_control_checkpoint()");

    // Asked only of roles that may: the permission is checked even where the function is not called.
    private static final Query CREATED =
            new Query("""
            select (pg_stat_file('base/' || d.oid || '/PG_VERSION', true)).modification as created
              from pg_database d
             where d.datname = current_database()""", "pg_stat_file()", "EXECUTE ON FUNCTION pg_catalog.pg_stat_file(text, boolean)");

    private static final Query OTHERS = new Query("""
            select d.datname::text as name from pg_database d
             where d.datallowconn and not d.datistemplate and d.datname <> current_database()
             order by d.datname::text collate "C\"""", "pg_database", "SELECT ON pg_catalog.pg_database");

    /**
     * What {@code pg_control} holds.
     *
     * @param systemIdentifier made by {@code initdb}
     * @param timeline 1 until the first recovery to a point in time, or promotion
     * @param checkpoint the last checkpoint
     * @param listsRunning whether a checkpoint of a running server lists the oldest running transaction; if not, a 0
     *     there means nothing
     */
    record Control(long systemIdentifier, long timeline, TransactionClock.Checkpoint checkpoint, boolean listsRunning) {

        Instant clusterCreated() {
            return Instant.ofEpochSecond(systemIdentifier >>> 32);
        }
    }

    private record Basics(
            DatabaseIdentity.Builder identity,
            Optional<Long> written,
            String role,
            boolean listsRunning,
            boolean files) {}

    static Server read(Session session) throws SQLException, ProbeUnavailableException, InterruptedException {
        Basics basics =
                session.rows(IDENTITY, row -> basics(session.major(), row)).get(0);
        Optional<Control> control = session.rowsOrGap(
                        CONTROL,
                        "the age of the cluster and the time of its last checkpoint are unknown",
                        row -> control(row, basics.listsRunning()))
                .map(rows -> rows.get(0));
        Optional<Instant> created = basics.files() ? created(session) : Optional.empty();
        List<String> others = session.rows(OTHERS, row -> row.text("name"));
        DatabaseIdentity identity = basics.identity()
                .databaseCreated(created)
                .databaseCreatedBefore(basics.written().flatMap(t -> endOf(control, t)))
                .otherDatabases(others)
                .timeline(control.map(Control::timeline))
                .systemIdentifier(control.map(c -> Long.toUnsignedString(c.systemIdentifier())))
                .clusterCreated(control.map(Control::clusterCreated))
                .build();
        return new Server(identity, basics.role(), control);
    }

    private static Basics basics(int major, Row row) throws SQLException {
        Optional<Long> written = TransactionClock.withEpoch(row.number("written"), row.number("next"));
        DatabaseIdentity.Builder identity = DatabaseIdentity.builder()
                .database(row.text("database"))
                .major(major)
                .version(row.text("version"))
                .inRecovery(row.flag("in_recovery"))
                .serverStarted(row.instant("started"))
                .databaseOid(row.number("oid"))
                .databaseTransaction(written)
                .databaseCommitted(row.instant("committed"))
                .dataChecksums(row.flag("checksums"))
                .searchPath(SearchPath.of(row.optionalText("search_path").orElse(""), row.text("role")))
                .nextTransaction(row.number("next"));
        return new Basics(identity, written, row.text("quoted"), row.flag("lists_running"), row.flag("sees_files"));
    }

    private static Control control(Row row, boolean listsRunning) throws SQLException {
        Instant time = row.instant("checkpoint_time").orElse(Instant.MAX);
        return new Control(
                row.number("system_identifier"),
                row.number("timeline_id"),
                TransactionClock.Checkpoint.of(time, row.text("next_xid"), row.number("oldest_active")),
                listsRunning);
    }

    private static Optional<Instant> created(Session session)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        return session.rowsOrGap(CREATED, "the age of the database is unknown", row -> row.instant("created")).stream()
                .flatMap(List::stream)
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** An instant at which the transaction had surely ended, if the last checkpoint tells. */
    Optional<Instant> endOf(long transaction) {
        return endOf(control, transaction);
    }

    private static Optional<Instant> endOf(Optional<Control> control, long transaction) {
        return control.filter(Control::listsRunning).flatMap(c -> c.checkpoint().endOf(transaction));
    }
}
