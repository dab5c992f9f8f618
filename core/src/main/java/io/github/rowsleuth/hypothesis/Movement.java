package io.github.rowsleuth.hypothesis;

import io.github.rowsleuth.transaction.TablePages;
import java.util.Optional;

/**
 * Did its rows only move to another partition? An UPDATE of the partition key deletes a row here and inserts it there, and
 * the counters call it that; its old version on the page tells the truth.
 */
final class Movement {

    private Movement() {}

    static Optional<TableFate.Builder> decide(TableEvidence evidence) {
        if (!possible(evidence)) {
            return Optional.empty();
        }
        CounterAccount account = evidence.account().orElseThrow();
        long gone = account.removed();
        return evidence.allPages()
                .filter(p -> allMoved(p, gone, account.counters().updated()))
                .map(p -> evidence.fate()
                        .fate(Fate.INTACT)
                        .addDecidedBy("its counters hold " + gone + " deletes, and its pages no deleted row but "
                                + p.superseded() + " old versions: the rows moved to another partition"));
    }

    /** Whether what the counters call deletes can have been moves. */
    static boolean possible(TableEvidence evidence) {
        return evidence.scope().partitionOf().isPresent()
                && evidence.account().filter(a -> a.removed() > 0).isPresent();
    }

    private static boolean allMoved(TablePages pages, long gone, long updated) {
        return pages.deleted() == 0 && pages.pruned() == 0 && pages.superseded() - updated >= gone;
    }
}
