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

    private final TableScope table;
    private final TableCounters counters;
    private final boolean complete;
    private final List<TableScope> everyone;
    private final boolean named;

    TableVerdict(TableScope table, TableCounters counters, boolean complete, List<TableScope> everyone, boolean named) {
        this.table = table;
        this.counters = counters;
        this.complete = complete;
        this.everyone = everyone;
        this.named = named;
    }

    TableFate decide(TableFate.Builder fate) {
        fate.rowsNow(counters.live()).deletesCounted(counters.deleted());
        if (table.newFile() && unaccounted() > slack() && (complete || fileNeverSeen())) {
            return truncated(fate);
        }
        if (!complete) {
            return fate.fate(Fate.UNKNOWN)
                    .addAmbiguities("its counters do not reach back to its beginning")
                    .build();
        }
        if (counters.inserted() == 0 && counters.deleted() == 0 && counters.live() == 0) {
            return neverFilled(fate);
        }
        return byDeletes(fate);
    }

    /** Rows that were inserted, are not live, and that no counted delete removed. */
    private long unaccounted() {
        long net = counters.inserted() - counters.deleted();
        return complete ? net - counters.live() : counters.insertedSinceVacuum() == counters.live() ? 1 : 0;
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
        if (complete) {
            fate.rowsBefore(counters.inserted() - counters.deleted() - since);
        }
        fate.fate(Fate.TRUNCATED)
                .insertedSince(since)
                .transaction(table.catalogTransaction())
                .moment(truncatedWhen())
                .addDecidedBy("it has a new file"
                        + table.catalogTransaction()
                                .map(t -> ", made in transaction " + t)
                                .orElse(""));
        if (complete) {
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
        if (older == 0) {
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
        fate.fate(Fate.DELETED)
                .rowsBefore(counters.live() + gone)
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
