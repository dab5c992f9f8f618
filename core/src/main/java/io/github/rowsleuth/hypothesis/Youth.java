package io.github.rowsleuth.hypothesis;

import java.util.Optional;

/** Is it younger than its rows? Then they were in another cluster or database, whatever this one holds. */
final class Youth {

    private Youth() {}

    static Optional<TableFate.Builder> decide(TableEvidence evidence) {
        return evidence.world()
                .youngerThanData()
                .filter(c -> evidence.named())
                .map(c -> evidence.fate()
                        .fate(Fate.RECREATED)
                        .moment(c.moment())
                        .addDecidedBy(c.claim())
                        .addAmbiguities("the rows that are here now may be all of them, loaded anew"));
    }
}
