package io.github.rowsleuth.hypothesis;

import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.probe.ObservedStatement;
import io.github.rowsleuth.transaction.TableEffect;
import java.time.Instant;
import java.util.Optional;

/** Is it younger than its rows? Then they were in another cluster, database or table, whatever this one holds. */
final class Youth {

    private Youth() {}

    static Optional<TableFate.Builder> decide(TableEvidence evidence) {
        if (!evidence.named()) {
            return Optional.empty();
        }
        return evidence.world()
                .youngerThanData()
                .map(c -> elsewhere(evidence, c))
                .or(() -> dropped(evidence).map(t -> replaced(evidence, t)))
                .or(() -> evidence.world()
                        .createdAfterTheRows(evidence.scope())
                        .map(created -> younger(evidence, created)))
                .or(() -> evidence.world()
                        .dropSeen(evidence.table())
                        .filter(s -> evidence.world().mayBeYoungerThanTheRows(evidence.scope()))
                        .map(seen -> madeAgain(evidence, seen)));
    }

    private static TableFate.Builder madeAgain(TableEvidence evidence, ObservedStatement seen) {
        return evidence.fate()
                .fate(Fate.RECREATED)
                .moment(seen.moment())
                .insertedSince(evidence.rowsNow())
                .addEvidence(seen.evidence())
                .addDecidedBy("a log shows " + seen.statement() + " at " + seen.moment()
                        + ", and no error of it; the table of that name is another one")
                .addAmbiguities("the statement was rolled back");
    }

    private static TableFate.Builder elsewhere(TableEvidence evidence, Circumstance circumstance) {
        return evidence.fate()
                .fate(Fate.RECREATED)
                .moment(circumstance.moment())
                .addDecidedBy(circumstance.claim())
                .addAmbiguities("the rows that are here now may be all of them, loaded anew");
    }

    /** The transaction that dropped a table of that name before this one was created. */
    private static Optional<Touch> dropped(TableEvidence evidence) {
        Optional<Long> created = evidence.scope().creationTransaction();
        return evidence.committed(TableEffect.Kind.DROPPED).stream()
                .filter(t -> created.filter(c -> t.xid() <= c).isPresent())
                .reduce((first, second) -> second);
    }

    private static TableFate.Builder replaced(TableEvidence evidence, Touch transaction) {
        return evidence.fate()
                .fate(Fate.RECREATED)
                .transaction(transaction.xid())
                .addTransactions(transaction.xid())
                .moment(transaction.ended())
                .insertedSince(evidence.rowsNow())
                .addAllEvidence(transaction.evidence())
                .addDecidedBy("transaction " + transaction.xid() + " dropped a table of that name, and transaction "
                        + evidence.scope().creationTransaction().orElse(0L) + " created this one");
    }

    private static TableFate.Builder younger(TableEvidence evidence, Instant created) {
        return evidence.fate()
                .fate(Fate.RECREATED)
                .transaction(evidence.scope().creationTransaction())
                .moment(Moment.notBefore(created))
                .insertedSince(evidence.rowsNow())
                .addDecidedBy("it was created in transaction "
                        + evidence.scope().creationTransaction().orElse(0L) + ", not before " + created
                        + ", when the rows had been seen already")
                .addAmbiguities("it was only renamed then, or given to another owner");
    }
}
