package io.github.rowsleuth.hypothesis;

import io.github.rowsleuth.probe.TableCounters;
import io.github.rowsleuth.probe.TableScope;
import java.util.Optional;

/**
 * What the counters of one table add up to. DELETE raises {@code n_tup_del} whether it commits or not, TRUNCATE leaves it
 * alone; only committed changes move {@code n_live_tup} and {@code n_mod_since_analyze}
 * (src/backend/utils/activity/pgstat_relation.c, AtEOXact_PgStat_Relations). The same place forgets a TRUNCATE when its
 * session changes the table once more before it hands in its counts, so that nothing in the counters shows it.
 *
 * @param counters the counters
 * @param table what the catalogs say of the same table
 * @param reach how far back they reach
 * @param onPages the rows that its pages hold, where all were read
 */
record CounterAccount(TableCounters counters, TableScope table, CounterReach reach, Optional<Long> onPages) {

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

    /** The rows in the table, by its pages, or else by what was counted. */
    long live() {
        return onPages.orElseGet(() -> settled() ? counters.inserted() - counters.deleted() : counters.live());
    }

    /** Everything that was counted committed; vacuum can then have misled n_live_tup, and the sums are still right. */
    private boolean settled() {
        return reach.complete()
                && !table.newFile()
                && !counters.analyzed()
                && counters.modifiedSinceAnalyze() == counters.inserted() + counters.updated() + counters.deleted();
    }

    /** The rows in the table, unless the counters only know what changed since they began. */
    Optional<Long> rows() {
        boolean known = onPages.isPresent()
                || reach.sawTheLoss()
                || counters.lastMaintenance().isPresent();
        return known ? Optional.of(live()) : Optional.empty();
    }

    /** Rows that were inserted, are not live, and that no counted delete removed. */
    long unaccounted() {
        return counters.inserted() - counters.deleted() - live();
    }

    /** By how much the estimates may be off. */
    long slack() {
        return counters.inserted() > EXACT_UP_TO && counters.lastMaintenance().isPresent()
                ? counters.inserted() / 20
                : 0;
    }

    boolean neverFilled() {
        return counters.inserted() == 0 && counters.deleted() == 0 && live() == 0;
    }

    /** TRUNCATE sets this count to 0; one that holds every row shows that no TRUNCATE left its mark in the counters. */
    private boolean unmarked() {
        return !table.newFile()
                || (counters.inserted() > 0
                        && counters.insertedSinceVacuum() == counters.inserted()
                        && counters.vacuumed().isEmpty());
    }

    /**
     * Neither vacuum nor analyze has seen the file, nor a rewrite that built an index on it. Version 13 has no sign of its
     * own for that, but for a file with rows.
     */
    boolean fileNeverSeen() {
        return table.estimatedRows() < 0 || (table.estimatedRows() == 0 && table.estimatedPages() == 0 && live() > 0);
    }

    /** Counters that do not reach back to every row can not miss them; an empty file that was filled anew still shows. */
    private boolean filledAnew() {
        return !reach.complete() && table.estimatedPages() == 0 && counters.insertedSinceVacuum() == live();
    }

    /** A new file, and rows gone that no delete accounts for. */
    boolean emptied() {
        boolean missing = unaccounted() > slack();
        boolean marked = !unmarked() && (missing || filledAnew());
        boolean pagesShow = table.newFile() && missing && onPages.isPresent() && counters.live() > live();
        return (marked || pagesShow) && (reach.sawTheLoss() || table.estimatedRows() < 0);
    }

    /** Whatever came in since the last vacuum of an empty file came in after it was emptied. */
    long insertedSinceEmptied() {
        if (table.estimatedRows() > 0 || table.estimatedPages() > 0) {
            return 0;
        }
        return onPages.map(n -> Math.min(n, counters.insertedSinceVacuum())).orElse(counters.insertedSinceVacuum());
    }

    /**
     * Until vacuum or analyze replaces them, {@code live} is inserts less deletes, and {@code modified} inserts, updates
     * and deletes, all committed: two equations that leave little open.
     */
    Committed deletes() {
        long all = counters.deleted();
        long modified = counters.modifiedSinceAnalyze();
        long least = Math.min(all, Math.max(0, modified - counters.inserted() - counters.updated()));
        if (reach.complete()) {
            return complete(least, all, modified - live());
        }
        long spare = modified - counters.live();
        boolean replaced = counters.lastMaintenance().isPresent() || spare < 0 || !unmarked();
        return new Committed(least, replaced ? all : Math.max(least, Math.min(all, spare)));
    }

    private Committed complete(long least, long all, long spare) {
        if (counters.analyzed() || spare < 0 || !unmarked()) {
            return new Committed(least, all);
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
        long gone = Math.max(0, counters.inserted() - live());
        return gone <= slack() ? committed.least() : Math.max(committed.least(), Math.min(gone, committed.most()));
    }

    /** Whether no deletion that was counted can have committed. */
    boolean noneRemoved() {
        return reach.sawTheLoss()
                && (deletes().most() == 0 || (reach.complete() && removed() == 0 && unaccounted() <= slack()));
    }

    /** Whether every row that was inserted is live, but for insertions that were rolled back. */
    boolean insertsAccountedFor(long rolledBack) {
        long missing = counters.inserted() - live() - rolledBack;
        return missing <= slack() || (unmarked() && deletes().most() == 0 && !counters.analyzed());
    }
}
