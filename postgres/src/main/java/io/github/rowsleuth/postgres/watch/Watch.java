package io.github.rowsleuth.postgres.watch;

import io.github.rowsleuth.probe.Gap;
import io.github.rowsleuth.transaction.TransactionEnd;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A time in which every deletion in a database is seen. It ends with {@link #close()}, which fails on what was not
 * expected, or with {@link #end()}, which only tells.
 *
 * <p>Safe for use by several threads. Rows of transactions that began before it, and deletions that they had already made,
 * belong to what was before.
 */
public final class Watch implements AutoCloseable {

    private static final BlindSpot NOBODY_KNOWN = new BlindSpot(
            new Gap(
                    "watch.wal",
                    "nothing was installed in the database",
                    "who deleted, by which statement and which rows is not known, nor whether a truncated table had any",
                    "watch with triggers"),
            false);

    private static final BlindSpot SCHEMA_GONE = new BlindSpot(
            new Gap(
                    "watch.triggers",
                    "somebody dropped the schema rowsleuth_watch during the watch",
                    "deletions were not seen",
                    "let what cleans the database leave that schema alone"),
            true);

    private static final BlindSpot LOG_EMPTIED = new BlindSpot(
            new Gap(
                    "watch.triggers",
                    "somebody emptied the table rowsleuth_watch.log during the watch",
                    "deletions before that are forgotten",
                    "let what cleans the database leave the schema rowsleuth_watch alone"),
            true);

    private final WatchedDatabase database;
    private final WatchSession session;
    private final Optional<TriggerLog> triggers;
    private final Optional<LogReader> log;
    private final boolean notesBirths;
    private Catalog before = Catalog.UNREAD;
    private Expectation expectation;
    private boolean ended;

    private Watch(WatchedDatabase database, WatchSession session, Expectation expectation) {
        this.database = database;
        this.session = session;
        this.expectation = expectation;
        this.notesBirths = expectation.needsBirths();
        this.triggers =
                database.mode() == WatchMode.NO_FOOTPRINT ? Optional.empty() : Optional.of(new TriggerLog(session));
        this.log = database.mode() == WatchMode.TRIGGERS ? Optional.empty() : Optional.of(logReader(session));
    }

    private static LogReader logReader(WatchSession session) {
        return session.major() >= 15 ? new WalReader(session) : new SlotReader(session);
    }

    static Watch open(WatchedDatabase database, String name, Expectation expectation) {
        try {
            WatchSession session = WatchSession.open(database.source(), name);
            try {
                Turn.take(session);
                Watch watch = new Watch(database, session, expectation);
                watch.begin();
                return watch;
            } catch (SQLException | RuntimeException e) {
                session.close();
                throw e;
            }
        } catch (SQLException e) {
            throw Refusals.ofWatch(e);
        }
    }

    private void begin() throws SQLException {
        if (triggers.isPresent()) {
            installation().ensure();
        }
        if (log.isPresent()) {
            log.get().begin();
        }
        if (triggers.isPresent()) {
            triggers.get().begin();
        }
        before = Catalog.read(session, database.catalog().known());
        database.catalog().remember(before);
    }

    private Installation installation() {
        return new Installation(session, database.rowsShown(), notesBirths);
    }

    /**
     * Expects something else from now on; what was seen already is judged by it too.
     *
     * @param other the new expectation
     * @throws IllegalStateException if it allows rows that were born meanwhile and the watch did not begin with such an
     *     expectation, because then nobody noted births
     */
    public synchronized void expect(Expectation other) {
        if (other.needsBirths() && !notesBirths) {
            throw new IllegalStateException("expected an expectation that does not ask which rows were born meanwhile,"
                    + " because births were not noted: begin the watch with it");
        }
        expectation = other;
    }

    /** {@return what it expects} */
    public synchronized Expectation expectation() {
        return expectation;
    }

    /**
     * {@return what was seen until now; the watch goes on}
     *
     * @throws WatchException if the database can not be read any more
     * @throws IllegalStateException if the watch has ended
     */
    public synchronized Deletions soFar() {
        if (ended) {
            throw new IllegalStateException("the watch has ended: keep what end() gave");
        }
        try {
            return seen();
        } catch (SQLException e) {
            throw Refusals.ofWatch(e);
        }
    }

    /**
     * Ends the watch without judging.
     *
     * @return everything that was seen
     * @throws WatchException if the database can not be read any more; the watch has ended all the same
     * @throws IllegalStateException if the watch has ended
     */
    public synchronized Deletions end() {
        try {
            return soFar();
        } finally {
            if (!ended) {
                ended = true;
                session.close();
            }
        }
    }

    /**
     * Ends the watch and fails on what was not expected. Does nothing if it has ended.
     *
     * @throws io.github.rowsleuth.UnexpectedDeletionError if something was deleted that was not expected, if something was
     *     not deleted that was expected, or if nobody can tell
     * @throws WatchException if the database can not be read any more
     */
    @Override
    public synchronized void close() {
        if (!ended) {
            end().violations(expectation).throwIfPresent();
        }
    }

    private Deletions seen() throws SQLException {
        settle();
        if (log.isPresent()) {
            log.get().seal();
        }
        Catalog after = Catalog.read(session, before);
        database.catalog().remember(after);
        Optional<Testimony> logged = log.isPresent() ? Optional.of(log.get().read(before, after)) : Optional.empty();
        Hearing hearing = new Hearing(before, after);
        if (triggers.isPresent()) {
            hear(hearing, triggers.get(), logged, after);
        } else {
            logged.ifPresent(hearing::alone);
            hearing.blind(List.of(NOBODY_KNOWN));
        }
        hearing.catalogs();
        return hearing.deletions(session);
    }

    private void settle() throws SQLException {
        if (triggers.isEmpty() || triggers.get().unsettled() > 0) {
            new OpenTransactions(session).await(database.settling());
        }
    }

    private void hear(Hearing hearing, TriggerLog witness, Optional<Testimony> logged, Catalog after)
            throws SQLException {
        long unsettled = witness.unsettled();
        if (unsettled == TriggerLog.GONE) {
            hearing.blind(List.of(SCHEMA_GONE));
            logged.ifPresent(hearing::alone);
            return;
        }
        TriggerLog.Contents contents = witness.read();
        hearing.triggers(contents);
        logged.ifPresent(l ->
                hearing.add(new CrossCheck(l.sightings(), contents.sightings(), before, after).bypassed().stream()));
        if (unsettled > 0) {
            hearing.add(unsettled(unsettled, logged, after));
        }
        hearing.blind(installation().blindSpots(log.isEmpty()));
        if (contents.tampered()) {
            hearing.blind(List.of(LOG_EMPTIED));
        }
    }

    /** The log tells tables and ends of what did not commit; without it, there is only the number. */
    private Stream<Sighting> unsettled(long rows, Optional<Testimony> logged, Catalog after) throws SQLException {
        List<Sighting> known = logged.map(Testimony::sightings).orElse(List.of()).stream()
                .filter(s -> s.end() != TransactionEnd.COMMITTED)
                .toList();
        return known.isEmpty() ? Stream.of(new OpenTransactions(session).holding(rows, after)) : known.stream();
    }
}
