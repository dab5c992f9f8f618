package io.github.rowsleuth.transaction;

/**
 * A transaction, or a part of one, as one source shows it.
 *
 * @param source the source
 * @param transaction what it shows
 */
record Sighting(TransactionSource source, ObservedTransaction transaction) {

    String by() {
        return "by " + source.sourceName();
    }
}
