package io.github.rowsleuth.probe;

import io.github.rowsleuth.incident.TableName;

/**
 * A foreign key, from {@code pg_constraint}.
 *
 * @param name the name of the constraint
 * @param child the referencing table
 * @param parent the referenced table
 * @param onDelete what a DELETE of the parent does to the child; TRUNCATE … CASCADE empties the child whatever it says
 */
public record ForeignKey(String name, TableName child, TableName parent, OnDelete onDelete) {

    /** The action of {@code confdeltype}. */
    public enum OnDelete {
        /** {@code a}. */
        NO_ACTION,
        /** {@code r}. */
        RESTRICT,
        /** {@code c}. */
        CASCADE,
        /** {@code n}. */
        SET_NULL,
        /** {@code d}. */
        SET_DEFAULT
    }
}
