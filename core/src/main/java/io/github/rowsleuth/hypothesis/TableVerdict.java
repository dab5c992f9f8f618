package io.github.rowsleuth.hypothesis;

import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.probe.TableCounters;
import io.github.rowsleuth.probe.TableScope;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The fate of one table by its own traces. The rules are the truth table of losses: DELETE raises {@code n_tup_del}
 * whether it commits or not, TRUNCATE leaves it alone and gives the table a new file, and only committed changes move
 * {@code n_live_tup} (src/backend/utils/activity/pgstat_relation.c, AtEOXact_PgStat_Relations).
 */
final class TableVerdict {

    /** Above this many rows, analyze estimates {@code n_live_tup} from a sample. */
    private static final long EXACT_UP_TO = 30_000;

    /** How far back the counters reach. */
    enum Reach {
        /** To the beginning of the database: they account for every row. */
        BEGINNING,
        /** To before the loss: they saw it, but not every row that there was. */
        WINDOW,
        /** Not even that, or nobody knows when the loss was. */
        TOO_SHORT
    }

    private final TableScope table;
    private final TableCounters counters;
    private final Reach reach;
    private final List<TableScope> everyone;
    private final boolean named;

    TableVerdict(TableScope table, TableCounters counters, Reach reach, List<TableScope> everyone, boolean named) {
        this.table = table;
        this.counters = counters;
        this.reach = reach;
        this.everyone = everyone;
        this.named = named;
    }

    TableFate decide(TableFate.Builder fate) {
        fate.rowsNow(counters.live()).deletesCounted(counters.deleted());
        if (emptied()) {
            return truncated(fate);
        }
        if (reach == Reach.TOO_SHORT) {
            return fate.fate(Fate.UNKNOWN)
                    .addAmbiguities("its counters begin later than the loss may have happened")
                    .build();
        }
        if (counters.inserted() == 0 && counters.deleted() == 0 && counters.live() == 0) {
            return neverFilled(fate);
        }
        return byDeletes(fate);
    }

    private boolean complete() {
        return reach == Reach.BEGINNING;
    }

    /** Rows that were inserted, are not live, and that no counted delete removed. */
    private long unaccounted() {
        return counters.inserted() - counters.deleted() - counters.live();
    }

    /** Counters that do not reach back to every row can not miss them; an empty file that was filled anew still shows. */
    private boolean filledAnew() {
        return !complete() && table.estimatedPages() == 0 && counters.insertedSinceVacuum() == counters.live();
    }

    private boolean emptied() {
        return table.newFile()
                && (unaccounted() > slack() || filledAnew())
                && (reach != Reach.TOO_SHORT || fileNeverSeen());
    }

    private long slack() {
        return counters.inserted() > EXACT_UP_TO && counters.lastMaintenance().isPresent()
                ? counters.inserted() / 20
                : 0;
    }

    /** Neither vacuum nor analyze has seen the file. Version 13 has no sign of its own for that. */
    private boolean fileNeverSeen() {
        return table.estimatedRows() < 0;
    }

    /** Whatever came in since the last vacuum of an empty file came in after it was emptied. */
    private long insertedSince() {
        return table.estimatedRows() <= 0 && table.estimatedPages() == 0 ? counters.insertedSinceVacuum() : 0;
    }

    private TableFate truncated(TableFate.Builder fate) {
        long since = insertedSince();
        long before = counters.inserted() - counters.deleted() - since;
        if (before > 0) {
            fate.rowsBefore(before);
        }
        if (!complete()) {
            fate.addAmbiguities("rows from before its counters began come on top");
        }
        fate.fate(Fate.TRUNCATED)
                .insertedSince(since)
                .transaction(table.catalogTransaction())
                .moment(truncatedWhen())
                .addDecidedBy("it has a new file"
                        + table.catalogTransaction()
                                .map(t -> ", made in transaction " + t)
                                .orElse(""));
        if (unaccounted() > 0) {
            fate.addDecidedBy("its counters hold " + counters.deleted() + " deletes, which leave " + unaccounted()
                    + " missing rows unexplained");
        }
        if (fileNeverSeen()) {
            fate.addDecidedBy("neither vacuum nor analyze has seen the new file, which a rewrite would have filled");
        } else {
            fate.addAmbiguities("rows whose insertion was rolled back, and a rewrite of the table, leave the same");
        }
        return fate.build();
    }

    /** Vacuum and analyze fill reltuples; where it is unset, their last run was before the new file. */
    private Moment truncatedWhen() {
        Optional<Instant> before = fileNeverSeen() ? counters.lastMaintenance() : Optional.empty();
        return table.catalogCommitted()
                .map(Moment::at)
                .orElseGet(() -> new Moment(before, Optional.empty())
                        .narrowedBy(new Moment(Optional.empty(), table.catalogCommittedBefore())));
    }

    private TableFate neverFilled(TableFate.Builder fate) {
        long older = table.creationTransaction()
                .map(mine -> everyone.stream()
                        .filter(t ->
                                t.creationTransaction().filter(x -> x < mine).isPresent())
                        .count())
                .orElse(0L);
        if (!named) {
            return fate.fate(Fate.INTACT).addDecidedBy("it never held a row").build();
        }
        if (older == 0 || table.estimatedPages() > 0) {
            return fate.fate(Fate.UNKNOWN)
                    .addDecidedBy("it never held a row since it was created")
                    .addAmbiguities("it never held rows, or the whole database is new")
                    .build();
        }
        return fate.fate(Fate.RECREATED)
                .transaction(table.creationTransaction())
                .addDecidedBy("it was created in transaction "
                        + table.creationTransaction().orElse(0L) + ", after " + older
                        + " other tables, and never held a row since")
                .addAmbiguities("it never held rows, or was filled and truncated in the transaction that created it")
                .build();
    }

    private TableFate byDeletes(TableFate.Builder fate) {
        long gone = Math.max(0, counters.inserted() - counters.live());
        long rolledBack = counters.deleted() - gone;
        if (counters.deleted() == 0 || gone == 0) {
            return counters.deleted() == 0 ? intact(fate) : rolledBack(fate);
        }
        if (complete()) {
            fate.rowsBefore(counters.live() + gone);
        }
        fate.fate(Fate.DELETED)
                .addDecidedBy("its counters hold " + counters.deleted() + " deletes and " + gone + " rows fewer");
        if (rolledBack > 0) {
            fate.addDecidedBy(rolledBack + " of the deletes were rolled back");
        }
        fate.addAmbiguities("counters do not say when, or in how many statements");
        return fate.build();
    }

    private TableFate intact(TableFate.Builder fate) {
        if (unaccounted() > slack()) {
            return fate.fate(Fate.UNKNOWN)
                    .addDecidedBy(unaccounted()
                            + " rows are missing that no delete accounts for, and the file is the old one")
                    .addAmbiguities("an insertion that was rolled back, or an estimate that is off")
                    .build();
        }
        return fate.fate(Fate.INTACT)
                .rowsBefore(counters.live())
                .addDecidedBy("every row that was inserted is live, and no delete was counted")
                .build();
    }

    private TableFate rolledBack(TableFate.Builder fate) {
        return fate.fate(Fate.ROLLED_BACK)
                .rowsBefore(counters.live())
                .addDecidedBy(counters.deleted() + " deletes were counted, and every row is live")
                .build();
    }
}
