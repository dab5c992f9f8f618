package io.github.rowsleuth.postgres.guard;

import io.github.rowsleuth.incident.TableName;

/**
 * What the operation does to one table.
 *
 * @param table the table
 * @param kind what is done
 * @param rows to how many rows
 * @param of how many rows the table has
 * @param digest of these rows, to tell whether they are still the same
 */
public record PlannedEffect(TableName table, Kind kind, long rows, long of, String digest) {

    /** What is done to rows. */
    public enum Kind {
        /** They are deleted by the statement itself. */
        DELETED("deleted"),
        /** They are deleted because they refer to rows that are, {@code ON DELETE CASCADE}. */
        CASCADED("deleted by a foreign key"),
        /** They stay, and lose what they refer to, {@code ON DELETE SET NULL} or {@code SET DEFAULT}. */
        REFERENCE_CLEARED("changed by a foreign key");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** {@return in words} */
        @Override
        public String toString() {
            return words;
        }
    }

    /** {@return whether the rows are gone afterwards} */
    public boolean deletes() {
        return kind != Kind.REFERENCE_CLEARED;
    }

    @Override
    public String toString() {
        return table + ": " + rows + " of " + of + " rows " + kind;
    }
}
