package io.github.rowsleuth.hypothesis;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.transaction.RemovingTransaction;
import io.github.rowsleuth.transaction.TableEffect;
import io.github.rowsleuth.transaction.TransactionEnd;
import java.util.List;

/**
 * A transaction in the eyes of one table. A single transaction can touch every table of a database, so each only looks at
 * what concerns it.
 *
 * @param transaction the transaction
 * @param effects what it did to this table
 */
record Touch(RemovingTransaction transaction, List<RemovingTransaction.Effect> effects) {

    long xid() {
        return transaction.xid();
    }

    TransactionEnd end() {
        return transaction.end();
    }

    Moment ended() {
        return transaction.ended();
    }

    boolean did(TableEffect.Kind kind) {
        return effects.stream().anyMatch(e -> e.kind() == kind);
    }

    boolean removes() {
        return effects.stream().anyMatch(e -> e.kind().removes());
    }

    /** Whether it takes rows away, and not only values. */
    boolean removesRows() {
        return effects.stream().anyMatch(e -> e.kind().removes() && e.kind() != TableEffect.Kind.COLUMN_DROPPED);
    }

    long rowsDeleted() {
        return effects.stream()
                .filter(e -> e.kind() == TableEffect.Kind.ROWS_DELETED)
                .mapToLong(e -> e.rows().orElse(0L))
                .sum();
    }

    /** Where it was recorded what it did to this table. */
    List<EvidenceId> evidence() {
        return effects.stream()
                .flatMap(e -> e.counts().stream())
                .flatMap(c -> c.evidence().stream())
                .distinct()
                .toList();
    }
}
