package io.github.rowsleuth.hypothesis;

import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.probe.TableScope;
import java.util.Optional;

/**
 * Was it a partition once? DETACH writes its catalog row and leaves its file and its counters alone; who reads the
 * partitioned table does not see its rows any more.
 */
final class Detachment {

    private Detachment() {}

    static Optional<TableFate.Builder> decide(TableEvidence evidence) {
        return evidence.named() ? former(evidence.scope()).map(parent -> detached(evidence, parent)) : Optional.empty();
    }

    /** The table whose partition it seems to have been: it resembles it, and its catalog row was written again. */
    static Optional<TableName> former(TableScope scope) {
        if (scope.detaching()) {
            return scope.partitionOf();
        }
        boolean altered = scope.catalogTransaction().isPresent()
                && !scope.catalogTransaction().equals(scope.creationTransaction());
        return scope.resemblesPartitionOf()
                .filter(p -> altered && scope.partitionOf().isEmpty());
    }

    private static String sign(TableScope scope, TableName parent) {
        return scope.detaching()
                ? "it is half detached from " + parent + ", which does not show its rows any more"
                : "it has every column of the partitioned table " + parent
                        + " and is no partition of it, and transaction "
                        + scope.catalogTransaction().orElse(0L) + " wrote its catalog row after it was created";
    }

    private static TableFate.Builder detached(TableEvidence evidence, TableName parent) {
        TableScope scope = evidence.scope();
        TableFate.Builder fate = evidence.fate()
                .fate(Fate.DETACHED)
                .transaction(scope.catalogTransaction())
                .moment(scope.catalogCommitted()
                        .map(Moment::at)
                        .orElse(new Moment(Optional.empty(), scope.catalogCommittedBefore())))
                .addDecidedBy(sign(scope, parent));
        if (!scope.detaching()) {
            fate.addAmbiguities("it never was a partition, and something else altered it");
        }
        evidence.rowsNow().ifPresent(n -> fate.addRemarks("its " + n + " rows are still in it"));
        return fate;
    }
}
