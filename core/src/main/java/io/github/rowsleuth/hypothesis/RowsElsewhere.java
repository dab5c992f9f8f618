package io.github.rowsleuth.hypothesis;

import io.github.rowsleuth.probe.TableKind;
import java.util.Locale;
import java.util.Optional;

/** Are its rows its own? Those of a foreign table and of a materialized view come from elsewhere. */
final class RowsElsewhere {

    private RowsElsewhere() {}

    static Optional<TableFate.Builder> decide(TableEvidence evidence) {
        TableKind kind = evidence.scope().kind();
        if (kind != TableKind.FOREIGN && kind != TableKind.MATERIALIZED_VIEW) {
            return Optional.empty();
        }
        String words =
                kind.name().toLowerCase(Locale.ROOT).replace('_', ' ') + (kind == TableKind.FOREIGN ? " table" : "");
        return Optional.of(
                evidence.fate().fate(Fate.UNKNOWN).addAmbiguities("the rows of a " + words + " are not its own"));
    }
}
