package io.github.rowsleuth.server;

import java.util.List;

/**
 * Code in the database itself that deletes rows, hides them, or keeps a deletion from happening.
 *
 * @param items triggers, rules, policies, event triggers and routines that matter, in a stable order
 * @param jobs the jobs of {@code pg_cron}, in a stable order
 */
public record StoredCode(List<StoredItem> items, List<ScheduledJob> jobs) {

    /** Copies the lists. */
    public StoredCode {
        items = List.copyOf(items);
        jobs = List.copyOf(jobs);
    }
}
