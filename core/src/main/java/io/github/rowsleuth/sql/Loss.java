package io.github.rowsleuth.sql;

/** What a destructive statement takes, the least first. */
public enum Loss {
    /** Neither rows nor values: indexes, views, functions, constraints. */
    OBJECTS,
    /** Old values of rows that stay: an update of every row, a change of a type that can not hold them. */
    VALUES,
    /** Columns with their values. */
    COLUMNS,
    /** Rows of tables that stay. */
    ROWS,
    /** Tables with their rows, alone or with their schema, database or cluster. */
    TABLES
}
