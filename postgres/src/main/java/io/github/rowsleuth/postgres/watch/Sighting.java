package io.github.rowsleuth.postgres.watch;

import io.github.rowsleuth.transaction.TransactionEnd;
import java.util.List;
import java.util.Optional;

/**
 * A deletion as one witness saw it.
 *
 * @param kind the way
 * @param relation the table's identity, 0 where it is not known
 * @param subject what was lost, as the witness names it
 * @param rows how many; empty where nobody counted
 * @param born how many of them had been inserted meanwhile
 * @param end how its transaction ended
 * @param author who did it
 * @param stack how the server came to it, the innermost call first
 * @param sample some of the rows
 * @param remark what else is known
 */
record Sighting(
        DeletionKind kind,
        long relation,
        String subject,
        Optional<Long> rows,
        long born,
        TransactionEnd end,
        Optional<Author> author,
        String stack,
        List<String> sample,
        Optional<String> remark) {

    static Sighting of(DeletionKind kind, long relation, String subject, Optional<Long> rows, TransactionEnd end) {
        return new Sighting(kind, relation, subject, rows, 0, end, Optional.empty(), "", List.of(), Optional.empty());
    }

    Sighting by(Optional<Author> other) {
        return new Sighting(kind, relation, subject, rows, born, end, other, stack, sample, remark);
    }

    Sighting remarking(String words) {
        return new Sighting(kind, relation, subject, rows, born, end, author, stack, sample, Optional.of(words));
    }

    /** The same, of so many rows that were all born meanwhile. */
    Sighting allBorn(long rowsBorn) {
        return new Sighting(kind, relation, subject, rows, rowsBorn, end, author, stack, sample, remark);
    }
}
