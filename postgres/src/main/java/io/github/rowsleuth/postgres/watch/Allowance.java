package io.github.rowsleuth.postgres.watch;

import io.github.rowsleuth.incident.TableName;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One thing that is expected. The first allowance that fits a deletion counts it.
 *
 * @param table the table; empty for any
 * @param application the application that may; empty for any
 * @param born whether only rows that were inserted during the watch may go
 * @param most how many rows may go; empty for any number
 * @param exact whether exactly so many must go
 */
record Allowance(
        Optional<TableName> table, Optional<String> application, boolean born, OptionalLong most, boolean exact) {

    boolean fits(Deletion deletion) {
        return table.map(t -> deletion.table().filter(t::matches).isPresent()
                                || deletion.root().filter(t::matches).isPresent())
                        .orElse(true)
                && application
                        .map(name -> deletion.author()
                                .filter(a -> a.application().equals(name))
                                .isPresent())
                        .orElse(true)
                && (!born || deletion.bornEntirely());
    }

    /** Whether these deletions, which it fits, are not what was expected. */
    boolean violatedBy(List<Deletion> deletions) {
        if (most.isEmpty()) {
            return false;
        }
        boolean uncounted = deletions.stream().anyMatch(d -> d.rows().isEmpty());
        long rows = deletions.stream().mapToLong(d -> d.rows().orElse(0L)).sum();
        return uncounted || rows > most.getAsLong() || (exact && rows < most.getAsLong());
    }

    /** Such as {@code exactly 3 deleted rows in public.orders}. */
    String words() {
        String count = most.isEmpty() ? "any" : (exact ? "exactly " : "at most ") + most.getAsLong();
        return count + " deleted rows" + table.map(t -> " in " + t).orElse("")
                + application.map(a -> " by the application '" + a + "'").orElse("")
                + (born ? " that were inserted meanwhile" : "");
    }
}
