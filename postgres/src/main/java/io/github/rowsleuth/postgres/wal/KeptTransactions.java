package io.github.rowsleuth.postgres.wal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** Transactions in the order of their ends; of too many small ones, those that deleted the most rows. */
public final class KeptTransactions {

    /** How many are kept. */
    static final int MOST = 10_000;

    /**
     * What had to be left out.
     *
     * @param transactions how many
     * @param rows how many rows they deleted
     */
    public record LeftOut(long transactions, long rows) {}

    private final Predicate<FileId> preferred;
    private final List<LoggedTransaction> kept = new ArrayList<>();
    private LeftOut leftOut = new LeftOut(0, 0);

    KeptTransactions(Predicate<FileId> preferred) {
        this.preferred = preferred;
    }

    void add(LoggedTransaction transaction) {
        kept.add(transaction);
        if (kept.size() >= 2 * MOST) {
            reduce();
        }
    }

    private void reduce() {
        List<LoggedTransaction> least = kept.stream()
                .sorted(Comparator.comparing((LoggedTransaction t) -> !t.onlyDeletes())
                        .thenComparing(t -> t.deletedFrom().stream().anyMatch(preferred))
                        .thenComparingLong(LoggedTransaction::rows))
                .limit(kept.size() - MOST)
                .toList();
        kept.removeAll(new java.util.HashSet<>(least));
        long rows = least.stream().mapToLong(LoggedTransaction::rows).sum();
        leftOut = new LeftOut(leftOut.transactions() + least.size(), leftOut.rows() + rows);
    }

    List<LoggedTransaction> all() {
        if (kept.size() > MOST) {
            reduce();
        }
        return List.copyOf(kept);
    }

    LeftOut leftOut() {
        return leftOut;
    }
}
