package io.github.rowsleuth.hypothesis;

import java.util.List;
import java.util.Optional;

/**
 * The questions in their order. What is shown to have happened comes before what merely looks so, a loss before what would
 * explain that none is seen, and only then that every row is accounted for.
 */
final class FateRules {

    private static final List<FateRule> ORDER = List.of(
            RowsElsewhere::decide,
            Truncation::decide,
            CrashLoss::decide,
            Movement::decide,
            Deletion::decide,
            Youth::decide,
            Detachment::decide,
            Hiding::decide,
            Emptiness::decide,
            Rollback::decide,
            Completeness::decide);

    private FateRules() {}

    static TableFate fate(TableEvidence evidence) {
        return ORDER.stream()
                .map(rule -> rule.decide(evidence))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseGet(() -> Doubt.about(evidence))
                .build();
    }
}
