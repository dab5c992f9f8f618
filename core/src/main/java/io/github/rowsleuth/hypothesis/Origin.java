package io.github.rowsleuth.hypothesis;

import io.github.rowsleuth.probe.CodeStatement;
import io.github.rowsleuth.probe.CommitRef;
import io.github.rowsleuth.probe.DatabaseAct;
import io.github.rowsleuth.probe.DueJob;
import io.github.rowsleuth.probe.Migration;
import io.github.rowsleuth.probe.ObservedStatement;
import io.github.rowsleuth.probe.ScriptAutomation;
import io.github.rowsleuth.server.CountedStatement;
import io.github.rowsleuth.server.ScheduledJob;
import io.github.rowsleuth.server.StoredItem;
import java.util.List;
import java.util.Optional;

/** What a suspect was made from: the answers that joins are looked for in. */
sealed interface Origin {

    /** Statements that a log saw. */
    record Seen(List<ObservedStatement> statements) implements Origin {}

    /** A statement that the statistics counted. */
    record Counted(CountedStatement statement) implements Origin {}

    /**
     * A script, or one direction of a migration.
     *
     * @param statements those that running it can run
     * @param changes the commits that changed it, and those that armed it
     * @param automation whether anything runs it, where that was asked
     * @param jobs the jobs on a schedule that lead to it
     * @param runs what migrates in this direction by itself
     * @param test whether it is code of tests
     * @param applied the migration, where a version table of the database tells where it stands
     */
    record Code(
            List<CodeStatement> statements,
            List<CommitRef> changes,
            Optional<ScriptAutomation> automation,
            List<DueJob> jobs,
            List<DatabaseAct> runs,
            boolean test,
            Optional<Migration> applied)
            implements Origin {}

    /** What an application, a deployment or a test does by itself. */
    record Started(DatabaseAct act) implements Origin {}

    /** A job of {@code pg_cron}. */
    record Scheduled(ScheduledJob job) implements Origin {}

    /** A trigger, rule or routine. */
    record Stored(StoredItem item) implements Origin {}
}
