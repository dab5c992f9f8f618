package io.github.rowsleuth.postgres.watch;

import io.github.rowsleuth.probe.Gap;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The schema {@code rowsleuth_watch} with its triggers: put there once, found again by the next watch, and removed. */
final class Installation {

    private static final String LAYOUT = "rowsleuth watch 1";
    private static final String SAMPLE = "(SELECT json_agg(row_to_json(o)) FROM (SELECT * FROM old_rows LIMIT 5) o)";

    private static final String PRESENT =
            "select coalesce(obj_description(to_regnamespace('rowsleuth_watch')::oid, 'pg_namespace'), '')";

    private static final String UNWATCHED = """
            select schema, name, relation, ours from rowsleuth_watch.tables
             where not watched or (? and not births) order by 1, 2""";

    private static final String EVENTS = """
            CREATE EVENT TRIGGER rowsleuth_drop ON sql_drop EXECUTE FUNCTION rowsleuth_watch.on_drop();
            CREATE EVENT TRIGGER rowsleuth_ddl ON ddl_command_end
                WHEN TAG IN ('CREATE TABLE', 'CREATE TABLE AS', 'SELECT INTO', 'ALTER TABLE', 'CREATE SCHEMA',
                             'CREATE EXTENSION')
                EXECUTE FUNCTION rowsleuth_watch.on_ddl();
            ALTER EVENT TRIGGER rowsleuth_drop ENABLE ALWAYS;
            ALTER EVENT TRIGGER rowsleuth_ddl ENABLE ALWAYS""";

    private static final String EVENTS_AWAKE = "select count(*) = 2 from pg_event_trigger"
            + " where evtname in ('rowsleuth_drop', 'rowsleuth_ddl') and evtenabled = 'A'";

    private static final String SUBSCRIPTIONS = """
            select subname from pg_subscription
             where subenabled and subdbid = (select oid from pg_database where datname = current_database())
             order by 1""";

    // What DROP EVENT TRIGGER itself would note is dropped with the schema.
    private static final String REMOVAL = """
            DROP EVENT TRIGGER IF EXISTS rowsleuth_ddl;
            DROP EVENT TRIGGER IF EXISTS rowsleuth_drop;
            DROP SCHEMA IF EXISTS rowsleuth_watch CASCADE""";

    private record Unwatched(String schema, String name, long relation, boolean ours) {}

    private final WatchSession session;
    private final boolean showsRows;
    private final boolean notesBirths;

    Installation(WatchSession session, boolean showsRows, boolean notesBirths) {
        this.session = session;
        this.showsRows = showsRows;
        this.notesBirths = notesBirths;
    }

    /** Completes what is there already, from the last watch or from one that crashed. */
    void ensure() throws SQLException {
        String layout = LAYOUT + (showsRows ? ", rows shown" : ", rows hidden");
        if (!session.text(PRESENT).equals(layout)) {
            session.inTransaction(() -> {
                session.execute(REMOVAL);
                session.execute(script().replace("/*sample*/ NULL", showsRows ? SAMPLE : "NULL"));
                session.execute("COMMENT ON SCHEMA rowsleuth_watch IS '" + layout + "'");
                attach(unwatched(notesBirths));
                watchCommands();
                return true;
            });
            return;
        }
        List<Unwatched> unwatched = unwatched(notesBirths);
        if (unwatched.stream().anyMatch(Unwatched::ours)) {
            session.inTransaction(() -> {
                attach(unwatched);
                return true;
            });
        }
    }

    private void attach(List<Unwatched> tables) throws SQLException {
        session.text("select set_config('rowsleuth_watch.busy', 'yes', true)");
        for (Unwatched table : tables) {
            if (table.ours()) {
                session.text("select rowsleuth_watch.attach(?::bigint::oid, ?)", table.relation(), notesBirths);
            }
        }
        session.text("select set_config('rowsleuth_watch.busy', 'no', true)");
    }

    private List<Unwatched> unwatched(boolean births) throws SQLException {
        return session.rows(
                UNWATCHED,
                row -> new Unwatched(row.getString(1), row.getString(2), row.getLong(3), row.getBoolean(4)),
                births);
    }

    // Only a superuser may; without it, the catalogs before and after tell what was dropped, and not by whom.
    private void watchCommands() throws SQLException {
        session.execute("SAVEPOINT events");
        try {
            session.execute(EVENTS);
        } catch (SQLException e) {
            if (!"42501".equals(e.getSQLState())) {
                throw e;
            }
            session.execute("ROLLBACK TO SAVEPOINT events");
        }
    }

    /** What the triggers can not see, now that the watch ends, and that nobody else sees for them. */
    List<BlindSpot> blindSpots(boolean alone) throws SQLException {
        List<BlindSpot> spots = new ArrayList<>();
        if (alone) {
            session.rows(SUBSCRIPTIONS, row -> row.getString(1)).forEach(name -> spots.add(replicated(name)));
        }
        for (Unwatched table : unwatched(false)) {
            spots.add(new BlindSpot(
                    new Gap(
                            "watch.triggers",
                            "the table " + table.schema() + "." + table.name() + " has no trigger of the watch",
                            "deletions in it were not seen",
                            table.ours()
                                    ? "it was created during the watch, or somebody removed the trigger: watch as a superuser,"
                                            + " and leave the triggers named rowsleuth_… alone"
                                    : "watch as the owner of the table, or as a superuser"),
                    true));
        }
        if (!session.flag(EVENTS_AWAKE)) {
            spots.add(new BlindSpot(
                    new Gap(
                            "watch.triggers",
                            "there are no event triggers",
                            "who dropped something is not known, nor what happened to tables created and dropped during"
                                    + " the watch",
                            "watch as a superuser: only superusers may create event triggers"),
                    false));
        }
        return spots;
    }

    private static BlindSpot replicated(String subscription) {
        return new BlindSpot(
                new Gap(
                        "watch.triggers",
                        "the subscription " + subscription + " brings changes from another server",
                        "deletions that it brings fire no statement trigger, and were not seen",
                        "watch in strict mode, which finds them in the write-ahead log"),
                true);
    }

    static void remove(WatchSession session) throws SQLException {
        session.inTransaction(() -> {
            session.execute(REMOVAL);
            return true;
        });
    }

    private static String script() {
        try (InputStream script =
                Objects.requireNonNull(Installation.class.getResourceAsStream("install.sql"), "install.sql")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
