package io.github.rowsleuth.examples;

import io.github.rowsleuth.Findings;
import io.github.rowsleuth.Investigation;
import io.github.rowsleuth.postgres.Postgres;
import io.github.rowsleuth.postgres.watch.Deletions;
import io.github.rowsleuth.postgres.watch.Expectation;
import io.github.rowsleuth.postgres.watch.Inventory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiConsumer;
import javax.sql.DataSource;

/**
 * How an ops tool could watch production: run it on a schedule. It compares counters and catalogs with those of the last
 * run, reads no table, and where more was deleted than the budget allows it investigates, and hands on the findings.
 *
 * <pre>{@code
 * DeletionMonitor monitor = new DeletionMonitor(
 *         dataSource, Path.of("/var/lib/monitor/shop.inventory"),
 *         Expectation.noDeletions().allowing("public.sessions", 100_000), pager::page);
 * scheduler.scheduleAtFixedRate(monitor, 0, 1, TimeUnit.HOURS);
 * }</pre>
 *
 * @param database any role that may connect
 * @param lastInventory where the last run left what it saw; none before the first
 * @param budget what may be deleted between two runs
 * @param alarm whom to tell what was deleted; with the findings of an investigation, where it is known from which tables
 */
record DeletionMonitor(
        DataSource database, Path lastInventory, Expectation budget, BiConsumer<Deletions, Optional<Findings>> alarm)
        implements Runnable {

    /** Tells if more was deleted since the last run than the budget allows, or nobody can tell. */
    @Override
    public void run() {
        Inventory now = Inventory.of(database);
        try {
            if (Files.exists(lastInventory)) {
                compare(Inventory.read(lastInventory), now);
            }
            // Only now: a run that failed is made up for by the next.
            now.write(lastInventory);
        } catch (IOException e) {
            throw new IllegalStateException("the inventory of the last run can not be kept", e);
        }
    }

    private void compare(Inventory before, Inventory now) {
        Deletions deletions = now.since(before);
        if (deletions.violations(budget).isPresent()) {
            alarm.accept(deletions, investigate(before, now, deletions));
        }
    }

    private Optional<Findings> investigate(Inventory before, Inventory now, Deletions deletions) {
        String[] tables = deletions.unexpected(budget).stream()
                .flatMap(deletion -> deletion.table().stream())
                .map(Object::toString)
                .distinct()
                .toArray(String[]::new);
        return tables.length == 0
                ? Optional.empty()
                : Optional.of(Investigation.of(tables)
                        .lostBetween(before.taken(), now.taken())
                        .probes(Postgres.of(database))
                        .run());
    }
}
