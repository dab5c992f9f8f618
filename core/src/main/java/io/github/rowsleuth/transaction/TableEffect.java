package io.github.rowsleuth.transaction;

import io.github.rowsleuth.incident.TableName;
import java.util.Optional;

/**
 * What a transaction did to one table.
 *
 * @param table the table, where its name is known
 * @param relation the table as the source names it: its name, or {@code file 1663/16384/16385} where that is all that is
 *     left
 * @param kind what was done
 * @param rows how many rows were hit, where the source counts them; for a partial count, what was counted
 */
public record TableEffect(Optional<TableName> table, String relation, Kind kind, Optional<Long> rows) {

    /** What was done to a table. */
    public enum Kind {
        /** Rows were deleted. */
        ROWS_DELETED(true),
        /** It was truncated. */
        TRUNCATED(true),
        /** It was dropped. */
        DROPPED(true),
        /** A column was dropped. */
        COLUMN_DROPPED(true),
        /** Its rows were written to a new file: VACUUM FULL, CLUSTER, or an ALTER TABLE that rewrites. */
        REWRITTEN(false),
        /** It was created, or first filled. */
        CREATED(false),
        /** Its row in {@code pg_class} was written; nothing tells whether by TRUNCATE, a rewrite, ALTER or GRANT. */
        ALTERED(false);

        private final boolean removes;

        Kind(boolean removes) {
            this.removes = removes;
        }

        /** {@return whether it takes rows or values away} */
        public boolean removes() {
            return removes;
        }
    }

    /**
     * {@return an effect on a table whose name is known}
     *
     * @param table the table
     * @param kind what was done
     * @param rows how many rows were hit, where the source counts them
     */
    public static TableEffect on(TableName table, Kind kind, Optional<Long> rows) {
        return new TableEffect(Optional.of(table), table.toString(), kind, rows);
    }
}
