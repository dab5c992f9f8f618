package io.github.rowsleuth.transaction;

import java.util.List;
import java.util.Optional;

/**
 * The transactions that the write-ahead log shows.
 *
 * @param from where reading began
 * @param to where it ended
 * @param transactions those that removed rows, or tried to, by id
 * @param anchors ids that their commit records date
 */
public record WalTransactions(
        Optional<Lsn> from, Optional<Lsn> to, List<ObservedTransaction> transactions, List<XidAnchor> anchors)
        implements TransactionSource {

    /** Copies the lists. */
    public WalTransactions {
        transactions = List.copyOf(transactions);
        anchors = List.copyOf(anchors);
    }

    @Override
    public String sourceName() {
        return "the write-ahead log";
    }
}
