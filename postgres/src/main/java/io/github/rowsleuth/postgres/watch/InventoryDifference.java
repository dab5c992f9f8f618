package io.github.rowsleuth.postgres.watch;

import io.github.rowsleuth.postgres.watch.Inventory.Counters;
import io.github.rowsleuth.probe.Gap;
import io.github.rowsleuth.transaction.TransactionEnd;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What two inventories say that was deleted between them. */
final class InventoryDifference {

    private static final BlindSpot NOBODY_KNOWN = new BlindSpot(
            new Gap(
                    "watch.inventory",
                    "counters do not say who deleted, by which statement, and whether it was rolled back",
                    "only how much is known",
                    "investigate the tables named here"),
            false);

    private static final BlindSpot COUNTERS_LOST = new BlindSpot(
            new Gap(
                    "watch.inventory",
                    "the counters began anew between the two inventories, by a reset or a crash",
                    "what was counted before that is lost; only dropped and detached objects are seen",
                    "begin with a new inventory, and look into the server log for a crash"),
            true);

    private final Inventory before;
    private final Inventory after;

    InventoryDifference(Inventory before, Inventory after) {
        this.before = before;
        this.after = after;
    }

    Deletions deletions() {
        if (!before.identity().database().equals(after.identity().database())) {
            return new Deletions(List.of(), List.of(anotherDatabase()));
        }
        List<Sighting> sightings = new ArrayList<>();
        boolean counted =
                before.identity().countersSince().equals(after.identity().countersSince());
        for (Relation relation : after.catalog().relations().values()) {
            Optional<Counters> was = before.counters(relation.oid());
            Optional<Counters> is = after.counters(relation.oid());
            if (counted && is.isPresent()) {
                Counters then = was.orElse(new Counters(0, 0, 0));
                deleted(relation, then, is.get()).ifPresent(sightings::add);
                truncated(relation, then, is.get()).ifPresent(sightings::add);
            }
        }
        sightings.addAll(CatalogDifference.between(before.catalog(), after.catalog()));
        List<BlindSpot> blindSpots = new ArrayList<>(List.of(NOBODY_KNOWN));
        if (!counted) {
            blindSpots.add(COUNTERS_LOST);
        }
        return Hearing.of(sightings, blindSpots, before.catalog(), after.catalog());
    }

    private static Optional<Sighting> deleted(Relation relation, Counters was, Counters is) {
        long rows = is.deleted() - was.deleted();
        return rows <= 0
                ? Optional.empty()
                : Optional.of(sighting(DeletionKind.DELETE, relation, rows)
                        .remarking("counted attempts; by the estimates the table had " + was.live() + " rows and has "
                                + is.live()));
    }

    /** A new file alone is also what VACUUM FULL leaves: rows must be missing as well. */
    private Optional<Sighting> truncated(Relation relation, Counters was, Counters is) {
        boolean newFile = before.catalog()
                .relation(relation.oid())
                .filter(old -> old.file() != relation.file())
                .isPresent();
        long expected = was.live() + is.inserted() - was.inserted() - (is.deleted() - was.deleted());
        return newFile && is.live() < expected
                ? Optional.of(sighting(DeletionKind.TRUNCATE, relation, expected - is.live())
                        .remarking("it has a new file, and by the estimates so many rows less"))
                : Optional.empty();
    }

    private static Sighting sighting(DeletionKind kind, Relation relation, long rows) {
        return Sighting.of(kind, relation.oid(), relation.name().toString(), Optional.of(rows), TransactionEnd.UNKNOWN);
    }

    private BlindSpot anotherDatabase() {
        return new BlindSpot(
                new Gap(
                        "watch.inventory",
                        "the earlier inventory is of another database: it was recreated, restored, or is another server",
                        "what was deleted between them can not be told",
                        "find out what became of the earlier database, and begin with a new inventory"),
                true);
    }
}
