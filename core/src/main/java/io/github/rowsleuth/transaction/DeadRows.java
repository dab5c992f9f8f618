package io.github.rowsleuth.transaction;

import io.github.rowsleuth.incident.TableName;
import java.util.List;
import java.util.Optional;

/**
 * What the pages of the tables hold, deleted rows included, read without pruning them.
 *
 * @param pages what was counted on the pages of each table that was read
 * @param transactions the transactions that deleted rows which still lie on the pages, by id
 */
public record DeadRows(List<TablePages> pages, List<ObservedTransaction> transactions) implements TransactionSource {

    /** What this source is called in sentences. */
    public static final String SOURCE = "the dead rows on the pages";

    /** Copies the lists. */
    public DeadRows {
        pages = List.copyOf(pages);
        transactions = List.copyOf(transactions);
    }

    @Override
    public String sourceName() {
        return SOURCE;
    }

    /**
     * {@return what was counted on the pages of that table, if it was read}
     *
     * @param table a table with its schema
     */
    public Optional<TablePages> of(TableName table) {
        return pages.stream().filter(p -> p.table().equals(table)).findFirst();
    }
}
