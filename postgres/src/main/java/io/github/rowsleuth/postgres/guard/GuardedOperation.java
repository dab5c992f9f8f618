package io.github.rowsleuth.postgres.guard;

import io.github.rowsleuth.incident.TableName;
import java.io.Console;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * A deletion with five {@linkplain Layer layers} of guard around it. Plan, confirm, execute; there is no way around.
 *
 * <pre>{@code
 * GuardedOperation operation = GuardedOperation.delete("public.orders", "created < ?", LocalDate.of(2020, 1, 1))
 *         .in(dataSource)
 *         .onlyIn(new DisposableDatabase("7331…", "shop_test", "6b0f…"))
 *         .backingUpTo(Path.of("/backup"), Path.of("/var/lib/postgresql"))
 *         .journallingTo(Path.of("/var/log/shop/deletions.log"));
 * OperationPlan plan = operation.plan();                  // counts, and changes nothing
 * OperationToken token = operation.confirmAtConsole(plan);  // shop_test/public.orders/42
 * OperationOutcome outcome = operation.execute(token);
 * }</pre>
 *
 * <ol>
 *   <li><b>Environment</b>: the server is on the list, carries its marker, is no standby and has no pooler before it; the
 *       role is no superuser. The name of a host or a variable can only deny.
 *   <li><b>Confirmation</b>: at a terminal, never in a build.
 *   <li><b>Dry run</b>: rows, foreign keys, triggers and row-level security are counted by the plan, which holds for 15
 *       minutes and these very rows.
 *   <li><b>Backup</b>: every row is written to another file system, read back, and compared.
 *   <li><b>Journal</b>: intent and counts are on the disk first; if anything else than planned was deleted, it is rolled
 *       back.
 * </ol>
 *
 * <p>Only rows are deleted: TRUNCATE and DROP have no guarded form. At most 100,000 rows and a tenth of a table, unless
 * {@link #atMost} says otherwise.
 *
 * <p>Planning scans the table, which prunes dead rows off its pages: never plan over a table whose lost rows are still to be
 * recovered.
 *
 * <p>The role needs SELECT and DELETE on the tables, and TEMPORARY on the database. Immutable.
 */
public final class GuardedOperation {

    private final DeletionRequest request;
    private final GuardSettings settings;

    GuardedOperation(DeletionRequest request, GuardSettings settings) {
        this.request = request;
        this.settings = settings;
    }

    /**
     * {@return a deletion of these rows; nothing connects yet}
     *
     * @param table the table with its schema, as it would stand in SQL
     * @param condition what would stand behind WHERE, with question marks for values; functions and types with their schema
     * @param values the values, in order; never null
     * @throws IllegalArgumentException if the table has no schema, or the condition is missing, holds for every row, or is
     *     more than a condition
     */
    public static GuardedOperation delete(String table, String condition, Object... values) {
        return new GuardedOperation(
                new DeletionRequest(TableName.parse(table), condition, List.of(values)),
                ImmutableGuardSettings.builder().build());
    }

    private ImmutableGuardSettings.Builder more() {
        return ImmutableGuardSettings.builder().from(settings);
    }

    private GuardedOperation with(ImmutableGuardSettings.Builder other) {
        return new GuardedOperation(request, other.build());
    }

    /**
     * {@return this, in the database of that data source}
     *
     * @param source gives connections of the PostgreSQL driver, without a pooler at the server's end
     */
    public GuardedOperation in(DataSource source) {
        return with(more().source(source));
    }

    /**
     * {@return this, allowed in that database as well}
     *
     * @param database one that may be harmed
     */
    public GuardedOperation onlyIn(DisposableDatabase database) {
        return with(more().addDisposable(database));
    }

    /**
     * {@return this, with its backup there}
     *
     * @param folder an existing folder; each operation makes a new one in it, which only its owner can read
     * @param databaseFiles a path on the file system that holds the files of the database, or its nearest likeness on this
     *     machine: the backup must lie on another
     */
    public GuardedOperation backingUpTo(Path folder, Path databaseFiles) {
        return with(more().backups(folder).databaseFiles(databaseFiles));
    }

    /**
     * {@return this, with its journal there}
     *
     * @param file appended to; made if there is none
     */
    public GuardedOperation journallingTo(Path file) {
        return with(more().journal(file));
    }

    /**
     * {@return this, with other limits}
     *
     * @param rows the most rows that may be hit in any table, 100,000 unless set
     * @param share the largest part of a table that may be hit, above 0 and at most 1, 0.1 unless set
     * @throws IllegalArgumentException if a limit makes no sense
     */
    public GuardedOperation atMost(long rows, double share) {
        if (rows < 1 || !(share > 0 && share <= 1)) {
            throw new IllegalArgumentException(
                    "expected at least one row and a share above 0 up to 1, found " + rows + " and " + share);
        }
        return with(more().mostRows(rows).largestShare(share));
    }

    /**
     * {@return this, and that trigger may fire: somebody has read what it does}
     *
     * @param name the name of the trigger
     */
    public GuardedOperation knowingTrigger(String name) {
        return with(more().addKnownTriggers(name));
    }

    /** The same, for a test without a terminal and with one disk. */
    GuardedOperation with(Terminal terminal, Devices devices) {
        return with(more().terminal(terminal).devices(devices));
    }

    /** The same, watched step by step by a test. */
    GuardedOperation observedBy(Consumer<Step> observer) {
        return with(more().observer(observer));
    }

    /**
     * {@return the dry run: what would be deleted, counted; nothing is changed}
     *
     * @throws GuardException if the database does not prove to be disposable, or what would happen can not be counted, is
     *     nothing, or is too much
     */
    public OperationPlan plan() {
        try (GuardSession session = open()) {
            DisposableDatabase database = new Environment(settings).proven(session);
            Instant now = settings.clock().instant();
            Doomed doomed = Doomed.of(request, session);
            List<PlannedEffect> effects = doomed.effects();
            effects.forEach(this::refuseTooMuch);
            if (effects.get(0).rows() == 0) {
                throw new GuardException(Layer.DRY_RUN, "expected rows to delete, found none: nothing is to be done");
            }
            return new OperationPlan(request, database, effects, doomed.triggers(settings.knownTriggers()), now);
        } catch (SQLException e) {
            throw failed(Layer.DRY_RUN, "expected to count the rows", e);
        }
    }

    private void refuseTooMuch(PlannedEffect effect) {
        if (effect.rows() > settings.mostRows() || effect.rows() > settings.largestShare() * effect.of()) {
            throw new GuardException(
                    Layer.DRY_RUN,
                    "expected at most " + settings.mostRows() + " rows and " + settings.largestShare()
                            + " of a table, found " + effect + "; look at the condition, or call atMost(…)");
        }
    }

    /**
     * {@return the right to execute the plan, once, if a person at a terminal has typed what it asks for}
     *
     * @param plan a plan of this operation, as it was shown
     * @param typed what the person has typed, with every blank
     * @throws GuardException if it is something else, for the third time or on a plan that is no longer valid, or if nobody
     *     sits at a terminal
     */
    public OperationToken confirm(OperationPlan plan, String typed) {
        refuseMachines();
        refuseForeign(plan);
        plan.refuseExpired(settings.clock().instant());
        if (!plan.confirmedBy(typed)) {
            throw new GuardException(
                    Layer.CONFIRMATION, "expected exactly " + plan.confirmation() + ", found something else");
        }
        return new OperationToken(plan);
    }

    /**
     * Shows the plan at the terminal, and asks up to three times.
     *
     * @param plan a plan of this operation
     * @return the right to execute it, once
     * @throws GuardException if nobody sits at a terminal, or nobody has typed what was asked for
     */
    public OperationToken confirmAtConsole(OperationPlan plan) {
        refuseMachines();
        Console console = Optional.ofNullable(System.console()).orElseThrow(GuardedOperation::nobody);
        console.printf("%s%n", plan);
        while (true) {
            Optional<String> typed = Optional.ofNullable(console.readLine("> "));
            try {
                return confirm(plan, typed.orElseThrow(GuardedOperation::nobody));
            } catch (GuardException e) {
                if (typed.isEmpty() || !plan.mayTryAgain()) {
                    throw e;
                }
                console.printf("%s%n", e.getMessage());
            }
        }
    }

    private void refuseMachines() {
        if (!settings.terminal().interactive() || settings.terminal().automated()) {
            throw nobody();
        }
    }

    private static GuardException nobody() {
        return new GuardException(
                Layer.CONFIRMATION,
                "expected a person at a terminal, found a pipe, a build, or the end of the input; run it by hand");
    }

    private void refuseForeign(OperationPlan plan) {
        if (!plan.request().equals(request)) {
            throw new GuardException(Layer.CONFIRMATION, "expected a plan of this operation, found one of another");
        }
    }

    /**
     * Deletes what the plan says, or nothing.
     *
     * @param token from {@link #confirm}; used up by this call, whatever comes of it
     * @return what was deleted, committed
     * @throws GuardException if a layer does not hold; nothing was deleted
     * @throws io.github.rowsleuth.prevention.RefusedException if the thread was interrupted; nothing was deleted
     * @throws OutcomeUnknownException if the connection broke during the commit
     */
    public OperationOutcome execute(OperationToken token) {
        OperationPlan plan = token.redeem();
        refuseForeign(plan);
        Execution execution = new Execution(settings, plan);
        try (GuardSession session = open()) {
            return execution.run(session);
        } catch (SQLException e) {
            throw failed(Layer.JOURNAL, "expected to delete the rows of the plan", e);
        }
    }

    private GuardSession open() throws SQLException {
        return GuardSession.open(settings.source()
                .orElseThrow(() ->
                        new GuardException(Layer.ENVIRONMENT, "expected a database, found none: call in(dataSource)")));
    }

    private static GuardException failed(Layer layer, String expected, SQLException e) {
        String hidden =
                "42501".equals(e.getSQLState()) ? "; the role may not, or row-level security hides rows from it" : "";
        return new GuardException(
                layer,
                expected + ", found that the server refused (state " + e.getSQLState() + hidden
                        + "); nothing was deleted",
                e);
    }

    /** {@return the statement without values} */
    @Override
    public String toString() {
        return "GuardedOperation[" + request + "]";
    }
}
