package io.github.rowsleuth.hypothesis;

import java.util.Optional;

/** Is every row accounted for? */
final class Completeness {

    private Completeness() {}

    static Optional<TableFate.Builder> decide(TableEvidence evidence) {
        if (!accountsForEveryRow(evidence)) {
            return Optional.empty();
        }
        boolean rewritten = evidence.scope().newFile();
        TableFate.Builder fate = evidence.fate()
                .fate(rewritten ? Fate.REWRITTEN : Fate.INTACT)
                .rowsBefore(evidence.rowsNow())
                .rowsBeforeBy(evidence.rowsNowBy())
                .addDecidedBy("every row that was inserted is live, and no delete was counted");
        if (rewritten) {
            fate.transaction(evidence.scope().catalogTransaction())
                    .addDecidedBy(
                            "it has a new file, and the rows are in it: VACUUM FULL, CLUSTER or an ALTER TABLE wrote"
                                    + " them anew");
        }
        return Optional.of(fate);
    }

    static boolean accountsForEveryRow(TableEvidence evidence) {
        return evidence.countersSawTheLoss()
                && evidence.account()
                        .filter(a -> a.noneRemoved() && insertsAccountedFor(a, evidence))
                        .isPresent()
                && evidence.pages().filter(p -> p.deleted() > 0).isEmpty()
                && !pagesLackRows(evidence);
    }

    /** Insertions that were rolled back are missing among the live rows, and no loss. */
    private static boolean insertsAccountedFor(CounterAccount account, TableEvidence evidence) {
        long missing = account.counters().inserted() - account.counters().live();
        long rolledBack = evidence.pages().map(p -> p.insertionsRolledBack()).orElse(0L);
        return missing - rolledBack <= account.slack()
                || (account.neverTruncated()
                        && account.deletes().most() == 0
                        && !account.counters().analyzed());
    }

    /** Counters that know of every change and pages that hold fewer rows than they say contradict each other. */
    static boolean pagesLackRows(TableEvidence evidence) {
        return evidence.account()
                .filter(a ->
                        a.reach().complete() && a.counters().lastMaintenance().isEmpty())
                .flatMap(a -> evidence.allPages()
                        .map(p -> p.live() + p.deletionsPending() < a.counters().live()))
                .orElse(false);
    }
}
