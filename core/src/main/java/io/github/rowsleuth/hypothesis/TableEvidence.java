package io.github.rowsleuth.hypothesis;

import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.probe.TableCounters;
import io.github.rowsleuth.probe.TableScope;
import io.github.rowsleuth.transaction.TableEffect;
import io.github.rowsleuth.transaction.TablePages;
import io.github.rowsleuth.transaction.TransactionEnd;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Everything the evidence says of one table. What the pages hold is exact, then what the write-ahead log shows, then the
 * catalogs; counters come last, because they count attempts and can be lost.
 *
 * @param scope what the catalogs say
 * @param account what its counters add up to
 * @param pages what was counted on its pages
 * @param touches the transactions that touched it, by id
 * @param named whether the incident names it, or the partitioned table it belongs to
 * @param world what is true of the server and of all its tables
 */
record TableEvidence(
        TableScope scope,
        Optional<CounterAccount> account,
        Optional<TablePages> pages,
        List<Touch> touches,
        boolean named,
        World world) {

    static final String BY_PAGES = "its pages";
    static final String BY_COUNTERS = "its counters";
    static final String BY_LOG = "the write-ahead log";

    TableName table() {
        return scope.table();
    }

    Optional<TableCounters> counters() {
        return account.map(CounterAccount::counters);
    }

    /** Whether the counters saw what happened in the window. */
    boolean countersSawTheLoss() {
        return account.filter(a -> a.reach().sawTheLoss()).isPresent();
    }

    boolean countersComplete() {
        return account.filter(a -> a.reach().complete()).isPresent();
    }

    /** The pages, where every one was read and every row on them is decided. */
    Optional<TablePages> allPages() {
        return pages.filter(TableEvidence::exact);
    }

    static boolean exact(TablePages pages) {
        return pages.complete() && pages.undecided() == 0 && pages.damagedPages() == 0;
    }

    /** The rows in the table now, by the best source. */
    Optional<Long> rowsNow() {
        return allPages().map(TablePages::live).or(() -> account.flatMap(CounterAccount::rows));
    }

    Optional<String> rowsNowBy() {
        return rowsNow().map(n -> allPages().isPresent() ? BY_PAGES : BY_COUNTERS);
    }

    /** Transactions that did this to the table and ended so, the latest last. */
    List<Touch> that(TableEffect.Kind kind, TransactionEnd end) {
        return touches.stream().filter(t -> t.end() == end && t.did(kind)).toList();
    }

    List<Touch> committed(TableEffect.Kind kind) {
        return that(kind, TransactionEnd.COMMITTED);
    }

    static long rowsDeletedBy(List<Touch> some) {
        return some.stream().mapToLong(Touch::rowsDeleted).sum();
    }

    /** Of several transactions, the one that deleted most rows here. */
    static Optional<Touch> greatest(List<Touch> some) {
        return some.stream().max(Comparator.comparingLong(Touch::rowsDeleted));
    }

    /** From the first of these transactions to the last. */
    static Moment span(List<Touch> some) {
        return some.stream()
                .map(Touch::ended)
                .reduce((a, b) -> new Moment(
                        bound(a.earliest(), b.earliest(), Comparator.naturalOrder()),
                        bound(a.latest(), b.latest(), Comparator.reverseOrder())))
                .orElse(Moment.unknown());
    }

    /** Where one end is open, so is that of both. */
    private static <T> Optional<T> bound(Optional<T> a, Optional<T> b, Comparator<? super T> order) {
        return a.isEmpty() || b.isEmpty() ? Optional.empty() : order.compare(a.get(), b.get()) <= 0 ? a : b;
    }

    /** The fate so far: what every rule would say of the table anyway. */
    TableFate.Builder fate() {
        return new Remarks(this)
                .addTo(TableFate.builder()
                        .table(table())
                        .addAllEvidence(scope.evidence())
                        .addAllEvidence(counters().map(TableCounters::evidence).orElse(List.of()))
                        .addAllEvidence(pages.map(TablePages::evidence).orElse(List.of()))
                        .rowsNow(rowsNow())
                        .rowsNowBy(rowsNowBy())
                        .deletesCounted(counters().map(TableCounters::deleted)));
    }
}
