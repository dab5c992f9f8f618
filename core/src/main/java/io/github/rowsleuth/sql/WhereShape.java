package io.github.rowsleuth.sql;

/** Which rows a {@code DELETE} asks for, as far as its text tells. */
public enum WhereShape {
    /** There is no {@code WHERE}: every row. */
    NONE,
    /** The condition holds for every row, such as {@code WHERE true} or {@code WHERE 1 = 1}. */
    ALWAYS_TRUE,
    /** The condition picks rows. */
    FILTERED,
    /** {@code WHERE CURRENT OF cursor}: one row. */
    CURRENT_OF,
    /** The statement has no {@code WHERE} in its grammar. */
    NOT_APPLICABLE;

    /** {@return whether every row is asked for} */
    public boolean asksForAllRows() {
        return this == NONE || this == ALWAYS_TRUE || this == NOT_APPLICABLE;
    }
}
