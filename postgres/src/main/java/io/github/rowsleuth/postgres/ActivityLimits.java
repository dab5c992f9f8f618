package io.github.rowsleuth.postgres;

import io.github.rowsleuth.probe.Examination;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import java.sql.SQLException;
import java.util.List;

/**
 * What decides how much of the activity can be seen.
 *
 * @param role the examining role, as it stands in SQL
 * @param database the examined database
 * @param longestText from how many bytes on the server cuts the text of a statement
 * @param autovacuum whether autovacuum is on
 */
record ActivityLimits(String role, String database, int longestText, boolean autovacuum) {

    private static final Query SETTINGS = new Query("""
            select quote_ident(current_user) as role, current_database()::text as database,
                   (select setting::int from pg_settings where name = 'track_activity_query_size') as longest,
                   current_setting('autovacuum')::boolean as autovacuum""", "pg_settings", "SELECT ON pg_catalog.pg_settings");

    static ActivityLimits read(Session session) throws SQLException, ProbeUnavailableException, InterruptedException {
        return session.rows(
                        SETTINGS,
                        row -> new ActivityLimits(
                                row.text("role"),
                                row.text("database"),
                                (int) row.number("longest"),
                                row.flag("autovacuum")))
                .get(0);
    }

    /** {@return whether nothing was hidden} */
    boolean sayWhatIsHidden(Examination examination, List<ActiveSession> active, List<Holders.Vacuum> vacuums) {
        long hidden = active.stream().filter(ActiveSession::hides).count();
        long hiddenVacuums = vacuums.stream().filter(Holders.Vacuum::hidden).count();
        if (hidden > 0 || hiddenVacuums > 0) {
            examination.gap(
                    "state and statement of " + hidden + " sessions of other roles are hidden"
                            + (hiddenVacuums > 0 ? ", and what " + hiddenVacuums + " vacuums work on" : ""),
                    "one of them may be deleting right now, or have deleted in a transaction that is still open; which of"
                            + " them keep deleted rows is visible all the same",
                    "GRANT pg_read_all_stats TO " + role);
        }
        return sayWhatIsCut(examination, active) && hidden == 0 && hiddenVacuums == 0;
    }

    private boolean sayWhatIsCut(Examination examination, List<ActiveSession> active) {
        // The server keeps one byte for the end, and cuts before a character that does not fit.
        long cut = active.stream().filter(a -> a.textBytes() > longestText - 5).count();
        if (cut > 0) {
            examination.gap(
                    "the texts of " + cut + " statements are cut at " + longestText + " bytes",
                    "what destroys in the rest of them is not seen",
                    "look for them in the log; for the next time ALTER SYSTEM SET track_activity_query_size = '16kB', which"
                            + " needs a restart: not now");
        }
        long untold = active.stream()
                .filter(a -> a.session().state().filter("disabled"::equals).isPresent())
                .count();
        if (untold > 0) {
            examination.gap(
                    "track_activities = off in " + untold + " sessions",
                    "what they do is not shown to anybody",
                    "look into the log and at the locks that they hold; for the next time ALTER SYSTEM SET track_activities"
                            + " = on");
        }
        return cut == 0 && untold == 0;
    }
}
