package io.github.rowsleuth.hypothesis;

import java.util.Optional;

/** Are its rows there, and only hidden? Row-level security leaves out rows without an error. */
final class Hiding {

    private Hiding() {}

    static Optional<TableFate.Builder> decide(TableEvidence evidence) {
        boolean holds = evidence.rowsNow().orElse(1L) > 0;
        if (!evidence.named() || !evidence.scope().rowsHidden() || !holds) {
            return Optional.empty();
        }
        TableFate.Builder fate = evidence.fate()
                .fate(Fate.HIDDEN)
                .addDecidedBy("row-level security hides rows of it from the role that looked, and nothing shows that a"
                        + " row was removed");
        if (!Completeness.nothingRemoved(evidence)) {
            fate.addAmbiguities("rows may be lost as well, which the evidence does not reach back to");
        }
        return Optional.of(fate);
    }
}
