package io.github.rowsleuth.postgres.heap;

/**
 * Tuples that the same transactions inserted and ended.
 *
 * @param xmin the transaction that inserted them, 32 bits, where the page does not tell how it ended; 0 where it is known
 *     to have committed
 * @param xmax the transaction, or the multixact, that deleted or updated them, 32 bits; 0 for none
 * @param marks a sum of the constants below
 * @param count how many tuples
 */
public record TupleGroup(long xmin, long xmax, int marks, long count) {

    static final int DELETE = 1;
    static final int UPDATE = 2;
    static final int MULTI = 4;
    static final int SUCCEEDED = 8;
    static final int FAILED = 16;

    /** {@return whether they were deleted, or somebody tried to} */
    public boolean deletion() {
        return (marks & DELETE) != 0;
    }

    /** {@return whether newer versions of them were written, here or in another partition, or somebody tried to} */
    public boolean update() {
        return (marks & UPDATE) != 0;
    }

    /** {@return whether {@link #xmax()} is the number of a multixact} */
    public boolean multi() {
        return (marks & MULTI) != 0;
    }

    /** {@return whether a hint on the page says that {@link #xmax()} committed} */
    public boolean hintedCommitted() {
        return (marks & SUCCEEDED) != 0;
    }

    /** {@return whether a hint on the page says that {@link #xmax()} did not commit} */
    public boolean hintedAborted() {
        return (marks & FAILED) != 0;
    }
}
