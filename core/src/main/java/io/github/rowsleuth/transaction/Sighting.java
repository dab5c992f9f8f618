package io.github.rowsleuth.transaction;

/**
 * A transaction, or a part of one, as one source shows it.
 *
 * @param rank the place of the source among all, the most trusted being 0
 * @param source the source
 * @param transaction what it shows
 */
record Sighting(int rank, TransactionSource source, ObservedTransaction transaction) {

    String by() {
        return "by " + source.sourceName();
    }
}
