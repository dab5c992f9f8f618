package io.github.rowsleuth.probe;

import io.github.rowsleuth.sql.DestructiveStatement;
import io.github.rowsleuth.sql.WhereShape;

/** How much a statement of a file can destroy, guards and the way it is reached taken into account; the least first. */
public enum Severity {
    /** Nothing that a user of the data would miss: bookkeeping, one row, what is rolled back. */
    LOW,
    /** Values are overwritten, or a guard stands before something graver. */
    MEDIUM,
    /** Some rows, or columns. */
    HIGH,
    /** Every row of a table, tables, schemas, a database, a cluster. */
    CRITICAL;

    /**
     * {@return how much the statement destroys where nothing stands in its way}
     *
     * @param statement the statement
     */
    public static Severity of(DestructiveStatement statement) {
        return switch (statement.kind()) {
            case DELETE, MERGE_DELETE ->
                statement.where() == WhereShape.CURRENT_OF
                        ? LOW
                        : statement.where().asksForAllRows() ? CRITICAL : HIGH;
            case TRUNCATE, DROP_TABLE, DROP_SCHEMA, DROP_DATABASE, DROP_OWNED, DROP_CLUSTER, DROP_TABLESPACE ->
                CRITICAL;
            case DROP_COLUMN, DROP_ATTRIBUTE, DETACH_PARTITION -> HIGH;
            case DROP_TYPE, DROP_DOMAIN, DROP_EXTENSION -> statement.cascade() ? HIGH : MEDIUM;
            case UPDATE_NO_WHERE, ALTER_TYPE, DROP_MATVIEW, DROP_FOREIGN_TABLE -> MEDIUM;
            default -> LOW;
        };
    }

    /** {@return one step less, at least {@link #LOW}} */
    public Severity lowered() {
        return this == CRITICAL ? HIGH : this == HIGH ? MEDIUM : LOW;
    }
}
