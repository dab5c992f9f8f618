package io.github.rowsleuth.hypothesis;

import io.github.rowsleuth.transaction.TablePages;
import java.util.List;
import java.util.Optional;

/** What is left when no question was answered: that nobody knows, and why. */
final class Doubt {

    private Doubt() {}

    static TableFate.Builder about(TableEvidence evidence) {
        TableFate.Builder fate = evidence.fate().fate(Fate.UNKNOWN);
        evidence.account()
                .ifPresentOrElse(a -> counters(fate, a, evidence), () -> fate.addAmbiguities("it has no counters"));
        if (!evidence.countersSawTheLoss()) {
            evidence.allPages().ifPresent(p -> fate.addAllDecidedBy(onPages(p)));
            fate.addAllDecidedBy(Rollback.signs(evidence));
        }
        if (evidence.world().restored()) {
            fate.addAmbiguities(
                    "rows that were written after the point to which the cluster was restored are not in it");
        }
        return fate;
    }

    /** Why its counters decide nothing. */
    static String reachOf(TableEvidence evidence) {
        return evidence.account()
                .map(CounterAccount::reach)
                .map(CounterReach::reason)
                .orElse("it has no counters");
    }

    private static void counters(TableFate.Builder fate, CounterAccount account, TableEvidence evidence) {
        if (!account.reach().sawTheLoss()) {
            fate.addAmbiguities("its counters begin later than the loss may have happened");
            fate.addAmbiguities(account.reach().reason());
        } else if (Completeness.hidesTruncation(evidence)) {
            fate.rowsNow(Optional.empty())
                    .rowsNowBy(Optional.empty())
                    .addDecidedBy("it has a new file that neither vacuum nor analyze has seen")
                    .addAmbiguities("an ALTER TABLE that wrote its rows anew")
                    .addAmbiguities("a TRUNCATE that its session followed up at once, which the counters then forget");
        } else if (Completeness.pagesLackRows(evidence)) {
            fate.addDecidedBy("its counters hold " + account.counters().live() + " live rows, and its pages only "
                            + evidence.rowsNow().orElse(0L))
                    .addAmbiguities("damage to its file, or a tool that writes past the server");
        } else if (account.deletes().most() > 0) {
            fate.addDecidedBy("its counters hold " + account.counters().deleted() + " deletes")
                    .addAmbiguities("they committed, or were rolled back");
        } else {
            fate.addDecidedBy(account.unaccounted()
                            + " rows are missing that no delete accounts for, and the file is the old one")
                    .addAmbiguities("an insertion that was rolled back, or an estimate that is off");
        }
    }

    private static List<String> onPages(TablePages pages) {
        String trace = pages.pruned() > 0
                ? pages.pruned() + " rows that were pruned, by DELETE or by UPDATE"
                : "no trace of a deletion, which vacuum would have taken away";
        return List.of("its pages hold " + pages.live() + " live rows and " + trace);
    }
}
