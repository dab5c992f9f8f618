package io.github.rowsleuth.postgres.guard;

import io.github.rowsleuth.prevention.RefusedException;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** One execution of a plan, step by step. Until the commit, whatever happens leaves every row where it was. */
final class Execution {

    private final GuardSettings settings;
    private final OperationPlan plan;
    private final OperationJournal journal;

    Execution(GuardSettings settings, OperationPlan plan) {
        this.settings = settings;
        this.plan = plan;
        this.journal = new OperationJournal(settings.journal()
                .orElseThrow(() ->
                        new GuardException(Layer.JOURNAL, "expected a journal, found none: call journallingTo(…)")));
    }

    OperationOutcome run(GuardSession session) throws SQLException {
        at(Step.REDEEMED);
        plan.refuseExpired(settings.clock().instant());
        DisposableDatabase proven = new Environment(settings).proven(session);
        if (!proven.equals(plan.database())) {
            throw new GuardException(
                    Layer.ENVIRONMENT, "expected the database of the plan, " + plan.database() + ", found " + proven);
        }
        at(Step.PROVEN);
        BackupLayer.place(settings);
        note("INTENDS " + plan.request() + ": " + plan.effects());
        at(Step.INTENDED);
        try {
            return delete(session);
        } catch (SQLException | RuntimeException e) {
            if (!(e instanceof OutcomeUnknownException)) {
                noteLast("ROLLED BACK, nothing was deleted", e);
            }
            throw e;
        }
    }

    private OperationOutcome delete(GuardSession session) throws SQLException {
        Doomed counted = Doomed.of(plan.request(), session);
        lock(counted, session);
        at(Step.LOCKED);
        // Counted before the lock, they could have changed until it was there.
        Doomed doomed = again(counted, session);
        refuseDrift(doomed.effects());
        doomed.triggers(settings.knownTriggers());
        at(Step.RECOUNTED);
        BackupLayer backups = new BackupLayer(settings, session);
        OperationBackup backup = backups.write(plan, doomed);
        at(Step.WRITTEN);
        backups.prove(backup, doomed);
        at(Step.RESTORED);
        note("BACKED UP to " + backup.folder() + ", restored and compared");
        at(Step.BACKED_UP);
        Map<TableRef, Long> before = counts(doomed, session);
        long affected = session.update("DELETE FROM " + doomed.target().name() + " x USING "
                + doomed.target().doomed() + " d WHERE x.tableoid = d.part AND x.ctid = d.place");
        at(Step.DELETED);
        refuseOthers(affected, before, counts(doomed, session));
        at(Step.COUNTED);
        return commit(session, backup);
    }

    private static void lock(Doomed doomed, GuardSession session) throws SQLException {
        String tables = doomed.tables().stream().map(t -> t.name().toString()).collect(Collectors.joining(", "));
        session.update("LOCK TABLE " + tables + " IN SHARE ROW EXCLUSIVE MODE");
    }

    private Doomed again(Doomed counted, GuardSession session) throws SQLException {
        for (TableRef table : counted.tables()) {
            session.update("DROP TABLE " + table.doomed());
        }
        Doomed doomed = Doomed.of(plan.request(), session);
        if (!doomed.tables().equals(counted.tables())) {
            throw new GuardException(
                    Layer.DRY_RUN, "expected the foreign keys of the plan, found that they changed: make a new plan");
        }
        return doomed;
    }

    private void refuseDrift(List<PlannedEffect> found) {
        if (!found.equals(plan.effects())) {
            throw new GuardException(
                    Layer.DRY_RUN,
                    "expected the rows of the plan, " + plan.effects() + ", found others since: " + found
                            + "; make a new plan");
        }
    }

    private static Map<TableRef, Long> counts(Doomed doomed, GuardSession session) throws SQLException {
        Map<TableRef, Long> counts = new LinkedHashMap<>();
        for (TableRef table : doomed.tables()) {
            counts.put(table, session.row("SELECT count(*) FROM " + table.name(), row -> row.getLong(1)));
        }
        return counts;
    }

    private void refuseOthers(long affected, Map<TableRef, Long> before, Map<TableRef, Long> after) {
        long planned = plan.effects().get(0).rows();
        if (affected != planned) {
            throw new GuardException(
                    Layer.JOURNAL, "expected " + planned + " rows to be deleted, found " + affected + ": rolled back");
        }
        before.forEach((table, rows) -> {
            long expected = plan.effects().stream()
                    .filter(e -> e.table().equals(table.name()) && e.deletes())
                    .mapToLong(PlannedEffect::rows)
                    .sum();
            long gone = rows - Optional.ofNullable(after.get(table)).orElse(rows);
            if (gone != expected) {
                throw new GuardException(
                        Layer.JOURNAL,
                        "expected " + table.name() + " to have " + expected + " rows less, found " + gone
                                + ": rolled back");
            }
        });
    }

    private OperationOutcome commit(GuardSession session, OperationBackup backup) throws SQLException {
        long xid = session.row("select pg_current_xact_id()::text::bigint", row -> row.getLong(1));
        note("COMMITS transaction " + xid + ": " + plan.effects());
        at(Step.COMMITTING);
        try {
            session.commit();
        } catch (SQLException e) {
            throw uncommitted(e, xid, backup);
        }
        settings.observer().accept(Step.COMMITTED);
        boolean journalled = noteCommitted(xid);
        settings.observer().accept(Step.NOTED);
        return new OperationOutcome(plan.effects(), xid, backup.folder(), journalled);
    }

    private boolean noteCommitted(long xid) {
        try {
            note("COMMITTED transaction " + xid);
            return true;
        } catch (GuardException e) {
            return false;
        }
    }

    /** What the server itself refuses is rolled back; where the connection broke, nobody knows. */
    private RuntimeException uncommitted(SQLException error, long xid, OperationBackup backup) {
        String state = Optional.ofNullable(error.getSQLState()).orElse("08");
        if (!state.startsWith("08") && !state.startsWith("57P")) {
            return new GuardException(
                    Layer.JOURNAL,
                    "expected a commit, found that the server refused it (state " + state + "): rolled back",
                    error);
        }
        String steps = "the connection broke during the commit (state " + state + "). Do not run it again. Ask a new"
                + " connection: select pg_xact_status('" + xid
                + "'::xid8). If it says committed, the rows are gone, and in "
                + backup.folder() + "; if aborted, nothing was deleted";
        noteLast("UNKNOWN, " + steps, error);
        return new OutcomeUnknownException(steps, error);
    }

    /** What can not be noted any more must not hide what went wrong. */
    private void noteLast(String what, Exception reason) {
        try {
            note(what);
        } catch (GuardException e) {
            reason.addSuppressed(e);
        }
    }

    private void note(String what) {
        journal.note(settings.clock().instant(), plan, what);
    }

    private void at(Step step) {
        settings.observer().accept(step);
        if (Thread.currentThread().isInterrupted()) {
            throw new RefusedException("interrupted after the step " + step + ": rolled back, nothing was deleted");
        }
    }
}
