package io.github.rowsleuth.hypothesis;

import io.github.rowsleuth.transaction.TableEffect;
import io.github.rowsleuth.transaction.TablePages;
import io.github.rowsleuth.transaction.TransactionEnd;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Was a removal tried and rolled back, and nothing else? */
final class Rollback {

    private Rollback() {}

    static Optional<TableFate.Builder> decide(TableEvidence evidence) {
        List<String> signs = signs(evidence);
        if (signs.isEmpty() || !Completeness.nothingRemoved(evidence)) {
            return Optional.empty();
        }
        return Optional.of(evidence.fate()
                .fate(Fate.ROLLED_BACK)
                .rowsBefore(evidence.rowsNow())
                .rowsBeforeBy(evidence.rowsNowBy())
                .addAllDecidedBy(signs));
    }

    /** What shows that something was tried. */
    static List<String> signs(TableEvidence evidence) {
        Stream<String> pages = evidence.pages().stream()
                .filter(p -> p.deletionsRolledBack() > 0)
                .map(TablePages::deletionsRolledBack)
                .map(n -> n + " rows on its pages were deleted by transactions that were rolled back");
        Stream<String> log = Stream.of(
                        TableEffect.Kind.ROWS_DELETED, TableEffect.Kind.TRUNCATED, TableEffect.Kind.DROPPED)
                .flatMap(kind ->
                        evidence.that(kind, TransactionEnd.ABORTED).stream().map(t -> sentence(kind, t)));
        Stream<String> counters = evidence.account().stream()
                .filter(a -> a.counters().deleted() > 0 && a.noneRemoved())
                .map(a -> a.counters().deleted() + " deletes were counted, and every row is live");
        return Stream.of(counters, pages, log).flatMap(s -> s).toList();
    }

    private static String sentence(TableEffect.Kind kind, Touch transaction) {
        String tried = kind == TableEffect.Kind.ROWS_DELETED
                ? "deleted rows of it"
                : kind == TableEffect.Kind.TRUNCATED ? "truncated it" : "dropped it";
        return "transaction " + transaction.xid() + ", which " + tried + ", was rolled back";
    }
}
