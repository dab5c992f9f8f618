package io.github.rowsleuth.postgres.watch;

import io.github.rowsleuth.incident.TableName;

/**
 * The foreign key along which a deletion reached a table.
 *
 * @param from the table that the deletion came from
 * @param foreignKey the name of the constraint
 */
public record Cascade(TableName from, String foreignKey) {

    @Override
    public String toString() {
        return "cascaded from " + from + " by the foreign key " + foreignKey;
    }
}
