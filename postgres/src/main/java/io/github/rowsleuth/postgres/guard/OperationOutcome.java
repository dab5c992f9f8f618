package io.github.rowsleuth.postgres.guard;

import java.nio.file.Path;
import java.util.List;

/**
 * What was done, and is committed.
 *
 * @param effects what happened to which table: as planned, or nothing would have happened
 * @param transaction the id of the transaction, epoch included
 * @param backup the folder that holds the rows, see {@link OperationBackup}
 * @param journalled whether the journal could still be told of the commit; the intent it had been told of before
 */
public record OperationOutcome(List<PlannedEffect> effects, long transaction, Path backup, boolean journalled) {

    /** Copies the list. */
    public OperationOutcome {
        effects = List.copyOf(effects);
    }

    /** {@return how many rows are gone, over all tables} */
    public long deleted() {
        return effects.stream()
                .filter(PlannedEffect::deletes)
                .mapToLong(PlannedEffect::rows)
                .sum();
    }
}
