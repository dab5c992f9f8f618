package io.github.rowsleuth.postgres.watch;

import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.transaction.TransactionEnd;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the catalogs had before and have not after. */
final class CatalogDifference {

    private final Catalog before;
    private final Catalog after;
    private final List<Sighting> losses = new ArrayList<>();

    private CatalogDifference(Catalog before, Catalog after) {
        this.before = before;
        this.after = after;
    }

    static List<Sighting> between(Catalog before, Catalog after) {
        if (before.equals(after)) {
            return List.of();
        }
        CatalogDifference difference = new CatalogDifference(before, after);
        difference.tables();
        difference.columns();
        difference.largeObjects();
        return difference.losses;
    }

    private void tables() {
        for (Relation was : before.relations().values()) {
            Optional<Relation> is = after.relation(was.oid());
            if (is.isEmpty() && was.holdsRows()) {
                lost(DeletionKind.DROP_TABLE, was.oid(), was.name().toString());
            } else if (is.isEmpty() && was.kind() == 'm') {
                lost(DeletionKind.DROP_MATERIALIZED_VIEW, was.oid(), was.name().toString());
            }
            is.ifPresent(now -> detached(was, now));
        }
    }

    private void detached(Relation was, Relation is) {
        for (long parent : was.parents()) {
            Optional<Relation> left =
                    after.relation(parent).filter(p -> !is.parents().contains(parent));
            left.ifPresent(p -> losses.add(sighting(
                            DeletionKind.DETACH_PARTITION, was.oid(), was.name().toString())
                    .remarking("its rows do not belong to " + p.name() + " any more")));
        }
    }

    private void columns() {
        for (Map.Entry<Catalog.Column, String> column : before.columns().entrySet()) {
            long table = column.getKey().table();
            Optional<Relation> is = after.relation(table);
            if (is.isPresent() && !after.columns().containsKey(column.getKey())) {
                lost(
                        DeletionKind.DROP_COLUMN,
                        table,
                        is.get().name() + "." + new TableName(Optional.empty(), column.getValue()));
            }
        }
    }

    private void largeObjects() {
        for (long oid : before.largeObjects()) {
            if (!after.largeObjects().contains(oid)) {
                lost(DeletionKind.UNLINK_LARGE_OBJECT, 0, "large object " + oid);
            }
        }
    }

    private void lost(DeletionKind kind, long relation, String subject) {
        losses.add(sighting(kind, relation, subject));
    }

    private static Sighting sighting(DeletionKind kind, long relation, String subject) {
        return Sighting.of(kind, relation, subject, Optional.empty(), TransactionEnd.COMMITTED);
    }
}
