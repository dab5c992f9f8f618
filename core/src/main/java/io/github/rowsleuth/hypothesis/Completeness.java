package io.github.rowsleuth.hypothesis;

import io.github.rowsleuth.transaction.TableEffect;
import io.github.rowsleuth.transaction.TablePages;
import io.github.rowsleuth.transaction.TransactionEnd;
import java.time.Instant;
import java.util.Optional;

/** Is every row accounted for? */
final class Completeness {

    private Completeness() {}

    static Optional<TableFate.Builder> decide(TableEvidence evidence) {
        boolean counted = accountsForEveryRow(evidence);
        if (!counted && !logShowsNoRemoval(evidence)) {
            return Optional.empty();
        }
        boolean rewritten = evidence.scope().newFile();
        TableFate.Builder fate = evidence.fate()
                .fate(rewritten ? Fate.REWRITTEN : Fate.INTACT)
                .rowsBefore(evidence.rowsNow())
                .rowsBeforeBy(evidence.rowsNowBy())
                .addDecidedBy(
                        counted
                                ? "every row that was inserted is live, and no delete was counted"
                                : "the write-ahead log reaches back to before the loss, and shows nothing that took a row of"
                                        + " it away");
        if (mayBeAnother(evidence)) {
            long created = evidence.scope().creationTransaction().orElse(0L);
            fate.addAmbiguities("dropped, and created anew from an older copy: transaction " + created
                    + " created it, after " + evidence.world().olderThan(created)
                    + " other tables, and nothing shows that the rows were seen later");
        }
        if (!counted && evidence.named() && evidence.world().restored()) {
            fate.addAmbiguities(
                    "rows that were written after the point to which the cluster was restored are not in it");
        }
        if (rewritten) {
            fate.transaction(evidence.scope().catalogTransaction())
                    .addDecidedBy(
                            "it has a new file, and the rows are in it: VACUUM FULL, CLUSTER or an ALTER TABLE wrote"
                                    + " them anew");
        }
        return Optional.of(fate);
    }

    /** A table that was loaded from an older backup accounts for each of its rows, and so does the one that was there before. */
    private static boolean mayBeAnother(TableEvidence evidence) {
        World world = evidence.world();
        return evidence.named()
                && !world.wouldShowDrop()
                && world.mayBeYoungerThanTheRows(evidence.scope())
                && world.rowsSeen().filter(seen -> maintainedBy(seen, evidence)).isEmpty();
    }

    private static boolean maintainedBy(Instant seen, TableEvidence evidence) {
        return evidence.account().stream()
                .flatMap(a -> a.counters().maintenance())
                .anyMatch(m -> !m.isAfter(seen));
    }

    /** Whether anything shows that nothing was removed. */
    static boolean nothingRemoved(TableEvidence evidence) {
        return accountsForEveryRow(evidence) || logShowsNoRemoval(evidence);
    }

    /** Changes of unlogged tables are not in the log. */
    private static boolean logShowsNoRemoval(TableEvidence evidence) {
        return evidence.world().logIsWhole()
                && evidence.scope().logged()
                && evidence.touches().stream()
                        .filter(t -> t.end() == TransactionEnd.COMMITTED || t.end() == TransactionEnd.UNKNOWN)
                        .noneMatch(Touch::removesRows)
                && evidence.pages().filter(p -> p.deleted() > 0).isEmpty()
                && !pagesLackRows(evidence);
    }

    static boolean accountsForEveryRow(TableEvidence evidence) {
        return evidence.countersSawTheLoss()
                && evidence.account()
                        .filter(a -> a.noneRemoved()
                                && a.insertsAccountedFor(evidence.pages()
                                        .map(TablePages::insertionsRolledBack)
                                        .orElse(0L)))
                        .isPresent()
                && evidence.pages().filter(p -> p.deleted() > 0).isEmpty()
                && !pagesLackRows(evidence)
                && !hidesTruncation(evidence);
    }

    /**
     * A new file that nothing but its rows has seen: an ALTER TABLE wrote it, or a TRUNCATE that the counters forgot. Its
     * pages tell, and so does the log.
     */
    static boolean hidesTruncation(TableEvidence evidence) {
        return evidence.scope().newFile()
                && evidence.account()
                        .filter(a -> a.fileNeverSeen() && a.live() > 0)
                        .isPresent()
                && evidence.allPages().isEmpty()
                && evidence.committed(TableEffect.Kind.REWRITTEN).isEmpty();
    }

    /** Counters that know of every change and pages that hold fewer rows than they say contradict each other. */
    static boolean pagesLackRows(TableEvidence evidence) {
        return evidence.account()
                .filter(a ->
                        a.reach().complete() && a.counters().lastMaintenance().isEmpty())
                .flatMap(a ->
                        evidence.allPages().map(p -> p.live() < a.counters().live()))
                .orElse(false);
    }
}
