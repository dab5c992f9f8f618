package io.github.rowsleuth.transaction;

import java.util.List;

/**
 * An answer that shows transactions. Answers of several sources about the same transaction are joined; any probe may
 * give one.
 */
public interface TransactionSource {

    /** {@return what the source is called in sentences, such as {@code the write-ahead log}} */
    String sourceName();

    /** {@return the transactions that removed or may have removed rows, by id} */
    List<ObservedTransaction> transactions();

    /** {@return ids whose assignment the source dates} */
    default List<XidAnchor> anchors() {
        return List.of();
    }
}
