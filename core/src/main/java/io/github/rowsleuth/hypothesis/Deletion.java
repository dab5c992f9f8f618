package io.github.rowsleuth.hypothesis;

import io.github.rowsleuth.transaction.DeadRows;
import io.github.rowsleuth.transaction.RemovingTransaction;
import io.github.rowsleuth.transaction.TableEffect;
import io.github.rowsleuth.transaction.TablePages;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Were rows removed by DELETE? Its pages say so as long as the rows lie there, the log as long as it is kept. */
final class Deletion {

    /** More transactions than these are summed up. */
    private static final int MOST_TOLD = 3;

    private final TableEvidence evidence;
    private final List<Touch> shown;
    private final long onPages;
    private final long inLog;
    private final long counted;

    private Deletion(TableEvidence evidence) {
        this.evidence = evidence;
        this.shown = evidence.committed(TableEffect.Kind.ROWS_DELETED);
        this.onPages = evidence.pages().map(TablePages::deleted).orElse(0L);
        this.inLog = TableEvidence.rowsDeletedBy(shown);
        this.counted = evidence.account()
                .filter(a -> !rolledBackOnPages(a))
                .map(CounterAccount::removed)
                .orElse(0L);
    }

    static Optional<TableFate.Builder> decide(TableEvidence evidence) {
        Deletion question = new Deletion(evidence);
        return question.most() > 0 ? Optional.of(question.deleted()) : Optional.empty();
    }

    /** Every delete that was counted lies on the pages, and failed: what is missing was never committed. */
    private boolean rolledBackOnPages(CounterAccount account) {
        return !account.deletes().exact()
                && evidence.allPages()
                        .filter(p -> p.deleted() == 0
                                && p.pruned() == 0
                                && p.deletionsRolledBack() >= account.counters().deleted())
                        .isPresent();
    }

    private long most() {
        return Math.max(counted, Math.max(onPages, inLog));
    }

    private TableFate.Builder deleted() {
        TableFate.Builder fate = evidence.fate().fate(Fate.DELETED);
        sources(fate);
        rows(fate);
        transactions(fate);
        leftOnPages(fate);
        doubts(fate);
        return fate;
    }

    private void sources(TableFate.Builder fate) {
        if (onPages > 0) {
            fate.addDecidedBy(
                    TableEvidence.BY_PAGES + " hold " + onPages + " rows deleted by transactions that committed");
        }
        shown.forEach(t -> fate.addAllEvidence(t.evidence()));
        fate.addAllDecidedBy(
                told(shown.stream().filter(Deletion::inAnotherSource).toList()));
        evidence.account().filter(a -> counted > 0).ifPresent(a -> counters(fate, a));
        if (counted == 0 && evidence.countersComplete()) {
            fate.addRemarks(
                    "its counters hold none of these deletes: counting was off (track_counts), or they were reset");
        }
    }

    /** The pages are spoken of by themselves. */
    private static boolean inAnotherSource(Touch transaction) {
        return others(transaction).findAny().isPresent();
    }

    private static Stream<RemovingTransaction.Count> others(Touch transaction) {
        return transaction.effects().stream()
                .filter(e -> e.kind() == TableEffect.Kind.ROWS_DELETED)
                .flatMap(e -> e.counts().stream())
                .filter(c -> !c.source().equals(DeadRows.SOURCE));
    }

    /** One sentence for each transaction, or one for many. */
    private static List<String> told(List<Touch> logged) {
        if (logged.size() <= MOST_TOLD) {
            return logged.stream().map(Deletion::sentence).toList();
        }
        Touch greatest = TableEvidence.greatest(logged).orElseThrow();
        return List.of(logged.size() + " transactions are shown that deleted " + TableEvidence.rowsDeletedBy(logged)
                + " rows, transaction " + greatest.xid() + " alone " + greatest.rowsDeleted());
    }

    private static String sentence(Touch transaction) {
        return others(transaction)
                .map(c -> c.source() + " shows that transaction " + transaction.xid() + " deleted "
                        + c.rows().map(n -> n + " rows").orElse("rows"))
                .collect(Collectors.joining("; "));
    }

    private void counters(TableFate.Builder fate, CounterAccount account) {
        long all = account.counters().deleted();
        CounterAccount.Committed committed = account.deletes();
        boolean sure = committed.exact() || account.reach().complete();
        fate.addDecidedBy(
                "its counters hold " + all + " deletes and " + (sure ? "" : "at least ") + counted + " rows fewer");
        if (sure && all > counted) {
            fate.addDecidedBy(all - counted + " of the deletes were rolled back");
        }
    }

    private void rows(TableFate.Builder fate) {
        boolean byCounters = evidence.countersComplete() && counted == most();
        Optional<Long> now = evidence.rowsNow();
        if (now.isPresent() && (byCounters || evidence.allPages().isPresent())) {
            fate.rowsBefore(now.get() + most());
            fate.rowsBeforeBy(
                    byCounters
                            ? TableEvidence.BY_COUNTERS
                            : TableEvidence.BY_PAGES + (inLog > onPages ? " and " + TableEvidence.BY_LOG : ""));
        }
    }

    private void transactions(TableFate.Builder fate) {
        fate.transactions(shown.stream().map(Touch::xid).toList())
                .transaction(TableEvidence.greatest(shown).map(Touch::xid))
                .moment(TableEvidence.span(shown));
        if (shown.isEmpty()) {
            fate.addAmbiguities("counters do not say when, or in how many statements");
        } else if (inLog < most()) {
            fate.addAmbiguities(most() - inLog + " of the rows were deleted by transactions that left no other trace");
        }
        if (!shown.isEmpty() && shown.stream().noneMatch(t -> evidence.world().mayBeTheLoss(t.ended()))) {
            fate.addAmbiguities(
                    "these transactions did not end in the time of the incident: the rows are missed for another"
                            + " reason, or a clock is off");
        }
    }

    private void leftOnPages(TableFate.Builder fate) {
        if (evidence.allPages().isEmpty() || onPages >= most()) {
            return;
        }
        long pruned = evidence.allPages().map(TablePages::pruned).orElse(0L);
        String left = onPages == 0
                ? "none of the deleted rows is left on its pages"
                : "only " + onPages + " of the deleted rows are left on its pages";
        String why = evidence.scope().newFile()
                ? ": its file was written anew"
                : pruned > 0 ? ": " + pruned + " were pruned, by vacuum or by somebody who read them" : "";
        fate.addRemarks(left + why);
    }

    private void doubts(TableFate.Builder fate) {
        evidence.account().filter(a -> counted > 0).ifPresent(a -> {
            if (shown.isEmpty() && onPages == 0 && Movement.possible(evidence)) {
                fate.addAmbiguities("an UPDATE that moved the rows to another partition counts the same");
            }
            if (a.reach().complete() && !a.deletes().exact() && onPages == 0 && inLog == 0) {
                fate.addAmbiguities("as many insertions that were rolled back leave the same, since analyze has run");
            }
        });
        if (!evidence.countersSawTheLoss()) {
            fate.addAmbiguities("more may be gone: " + Doubt.reachOf(evidence));
        }
    }
}
