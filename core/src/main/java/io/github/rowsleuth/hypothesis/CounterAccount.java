package io.github.rowsleuth.hypothesis;

import io.github.rowsleuth.probe.TableCounters;
import io.github.rowsleuth.probe.TableScope;
import java.util.Optional;

/**
 * What the counters of one table add up to. DELETE raises {@code n_tup_del} whether it commits or not, TRUNCATE leaves it
 * alone; only committed changes move {@code n_live_tup} and {@code n_mod_since_analyze}
 * (src/backend/utils/activity/pgstat_relation.c, AtEOXact_PgStat_Relations).
 *
 * @param counters the counters
 * @param table what the catalogs say of the same table
 * @param reach how far back they reach
 */
record CounterAccount(TableCounters counters, TableScope table, CounterReach reach) {

    /** Above this many rows, analyze estimates {@code n_live_tup} from a sample. */
    private static final long EXACT_UP_TO = 30_000;

    /**
     * How many deletes committed, as far as the counters tell.
     *
     * @param least so many at least
     * @param most so many at most
     */
    record Committed(long least, long most) {

        boolean exact() {
            return least == most;
        }
    }

    /** Rows that were inserted, are not live, and that no counted delete removed. */
    long unaccounted() {
        return counters.inserted() - counters.deleted() - counters.live();
    }

    /** By how much the estimates may be off. */
    long slack() {
        return counters.inserted() > EXACT_UP_TO && counters.lastMaintenance().isPresent()
                ? counters.inserted() / 20
                : 0;
    }

    boolean neverFilled() {
        return counters.inserted() == 0 && counters.deleted() == 0 && counters.live() == 0;
    }

    /** TRUNCATE sets this count to 0; one that holds every row shows that the table was never truncated since. */
    boolean neverTruncated() {
        return !table.newFile()
                || (counters.inserted() > 0
                        && counters.insertedSinceVacuum() == counters.inserted()
                        && counters.vacuumed().isEmpty());
    }

    /** Neither vacuum nor analyze has seen the file. Version 13 has no sign of its own for that. */
    boolean fileNeverSeen() {
        return table.estimatedRows() < 0;
    }

    /** Counters that do not reach back to every row can not miss them; an empty file that was filled anew still shows. */
    private boolean filledAnew() {
        return !reach.complete() && table.estimatedPages() == 0 && counters.insertedSinceVacuum() == counters.live();
    }

    /** A new file, and rows gone that no delete accounts for. */
    boolean emptied() {
        return !neverTruncated()
                && (unaccounted() > slack() || filledAnew())
                && (reach.sawTheLoss() || fileNeverSeen());
    }

    /** Whatever came in since the last vacuum of an empty file came in after it was emptied. */
    long insertedSinceEmptied() {
        return table.estimatedRows() <= 0 && table.estimatedPages() == 0 ? counters.insertedSinceVacuum() : 0;
    }

    /**
     * Until vacuum or analyze replaces them, {@code live} is inserts less deletes, and {@code modified} inserts, updates and
     * deletes, all committed: two equations that leave little open.
     */
    Committed deletes() {
        long all = counters.deleted();
        long modified = counters.modifiedSinceAnalyze();
        long noise = counters.inserted() + counters.updated();
        long least = Math.min(all, Math.max(0, modified - noise));
        long spare = modified - counters.live();
        boolean replaced = reach.complete()
                ? counters.analyzed()
                : counters.lastMaintenance().isPresent();
        if (replaced || spare < 0 || !neverTruncated()) {
            return new Committed(least, all);
        }
        if (!reach.complete()) {
            return new Committed(least, Math.max(least, Math.min(all, spare)));
        }
        long most = Math.min(all, spare / 2);
        return new Committed(Math.min(most, Math.max(0, (spare - counters.updated() + 1) / 2)), most);
    }

    /** The deletes that committed, as exactly as the counters tell. */
    long removed() {
        Committed committed = deletes();
        if (committed.exact() || !reach.complete()) {
            return committed.least();
        }
        long gone = Math.max(0, counters.inserted() - counters.live());
        return gone <= slack() ? committed.least() : Math.max(committed.least(), Math.min(gone, committed.most()));
    }

    /** Whether no deletion that was counted can have committed. */
    boolean noneRemoved() {
        return reach.sawTheLoss()
                && (deletes().most() == 0 || (reach.complete() && removed() == 0 && unaccounted() <= slack()));
    }

    /** The rows in the table, where the counters know more than what changed since they began. */
    Optional<Long> live() {
        boolean known = reach.sawTheLoss() || counters.lastMaintenance().isPresent();
        return known ? Optional.of(counters.live()) : Optional.empty();
    }
}
