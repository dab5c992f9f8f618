package io.github.rowsleuth.postgres.watch;

import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * A PostgreSQL database, 13 or newer, in which every deletion is to be seen, by whatever connection it is made.
 *
 * <pre>{@code
 * WatchedDatabase database = WatchedDatabase.of(dataSource);
 * try (Watch watch = database.watch(noDeletions().allowing("public.sessions", 10))) {
 *     nightlyJob.run();
 * }                                    // fails, and names what was deleted, by which statement, and by whom
 * }</pre>
 *
 * <p><b>What it leaves.</b> Unless {@link WatchMode#NO_FOOTPRINT}: a schema {@code rowsleuth_watch}, two triggers on every
 * table, two event triggers. The next watch finds and completes them, also after a crash; {@link #remove()} takes them
 * away. This is for databases that belong to tests. In production, compare an {@link Inventory} with an earlier one instead.
 *
 * <p><b>What it needs.</b> A role that owns the tables, or a superuser: then event triggers also tell who dropped
 * something. One connection for as long as a watch is open, and no pooler in transaction mode between.
 *
 * <p>Immutable, and safe for use by several threads; but only one watch can be open in a database at a time.
 */
public final class WatchedDatabase {

    private static final Duration SETTLING = Duration.ofSeconds(2);

    private final DataSource source;
    private final WatchMode mode;
    private final boolean rowsShown;
    private final Duration settling;
    /** The catalogs as the last watch found them: mostly they are still so. */
    private final Catalog.Last catalog;

    private WatchedDatabase(
            DataSource source, WatchMode mode, boolean rowsShown, Duration settling, Catalog.Last catalog) {
        this.source = source;
        this.mode = mode;
        this.rowsShown = rowsShown;
        this.settling = settling;
        this.catalog = catalog;
    }

    /**
     * {@return the database that the data source leads to, watched by triggers; nothing connects yet}
     *
     * @param source gives connections of the PostgreSQL driver, pooled or not
     */
    public static WatchedDatabase of(DataSource source) {
        return new WatchedDatabase(source, WatchMode.TRIGGERS, false, SETTLING, new Catalog.Last());
    }

    /**
     * {@return the same database, watched in that way}
     *
     * @param other the way
     */
    public WatchedDatabase in(WatchMode other) {
        return new WatchedDatabase(source, other, rowsShown, settling, catalog);
    }

    /** {@return the same database, of which up to five deleted rows of a statement are shown with their values} */
    public WatchedDatabase showingRows() {
        return new WatchedDatabase(source, mode, true, settling, catalog);
    }

    /**
     * {@return the same database, with another patience for transactions that are still open when a watch ends; 2 seconds
     *     unless set}
     *
     * @param patience how long to wait for them before what they deleted is reported as not yet committed
     * @throws IllegalArgumentException if it is negative
     */
    public WatchedDatabase settlingWithin(Duration patience) {
        if (patience.isNegative()) {
            throw new IllegalArgumentException("expected a duration of 0 or more, found " + patience);
        }
        return new WatchedDatabase(source, mode, rowsShown, patience, catalog);
    }

    /**
     * {@return a watch that expects no deletions, open now}
     *
     * @throws WatchException as for {@link #watch(Expectation)}
     */
    public Watch watch() {
        return watch(Expectation.noDeletions());
    }

    /**
     * {@return a watch with that expectation, open now}
     *
     * @param expectation what {@link Watch#close()} holds against what was seen
     * @throws WatchException if the database can not be reached, another watch is open in it, or the role may not do what
     *     the mode needs
     */
    public Watch watch(Expectation expectation) {
        return watch("rowsleuth watch", expectation);
    }

    /**
     * {@return a watch with that expectation, open now}
     *
     * @param name the {@code application_name} of its session, by which a second watch tells who is already there
     * @param expectation what {@link Watch#close()} holds against what was seen
     * @throws WatchException as for {@link #watch(Expectation)}
     */
    public Watch watch(String name, Expectation expectation) {
        return Watch.open(this, name, expectation);
    }

    /**
     * Takes away the schema and all triggers of the watch; does nothing where there are none. Waits up to 5 seconds for the
     * lock on each table.
     *
     * @throws WatchException if the database can not be reached, or the role may not
     */
    public void remove() {
        try (WatchSession session = WatchSession.open(source, "rowsleuth watch, removing")) {
            Installation.remove(session);
        } catch (SQLException e) {
            throw Refusals.ofWatch(e);
        }
    }

    DataSource source() {
        return source;
    }

    WatchMode mode() {
        return mode;
    }

    boolean rowsShown() {
        return rowsShown;
    }

    Duration settling() {
        return settling;
    }

    Catalog.Last catalog() {
        return catalog;
    }

    /** {@return how it is watched} */
    @Override
    public String toString() {
        return "WatchedDatabase[" + mode + "]";
    }
}
