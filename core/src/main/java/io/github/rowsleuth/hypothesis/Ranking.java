package io.github.rowsleuth.hypothesis;

import java.util.Comparator;
import java.util.List;

/** The order of explanations: the surest first; of equally sure ones first what tells most. */
final class Ranking {

    /** Who did it tells more than what was done, and an order that nobody would have expected more than a plain one. */
    private static final List<Cause> MOST_TELLING = List.of(
            Cause.NOT_A_LOSS,
            Cause.CLUSTER_RECREATED,
            Cause.RESTORED_OLD_BACKUP,
            Cause.MIGRATION_UPGRADE,
            Cause.MIGRATION_ROLLBACK,
            Cause.TEST_SUITE,
            Cause.AUTOMATED_JOB,
            Cause.TRUNCATE_CASCADE,
            Cause.MANUAL_SCRIPT,
            Cause.FOREIGN_KEY_CASCADE,
            Cause.SCHEMA_RESET,
            Cause.SERVER_CRASH,
            Cause.DIRECT_STATEMENT);

    static final Comparator<Hypothesis> ORDER = Comparator.comparing(Hypothesis::confidence)
            .reversed()
            .thenComparingInt(Ranking::place)
            .thenComparing(h -> h.suspect().map(s -> s.kind().name()).orElse(""))
            .thenComparing(Hypothesis::claim);

    private Ranking() {}

    /** Of what is merely possible the acts come first: they hold, whoever it was. */
    private static int place(Hypothesis hypothesis) {
        if (hypothesis.confidence().compareTo(Confidence.LIKELY) >= 0) {
            int known = hypothesis.suspect().isPresent() ? 0 : 1;
            return 2 * MOST_TELLING.indexOf(hypothesis.cause()) + known;
        }
        if (hypothesis.suspect().isPresent()) {
            return 2;
        }
        boolean least = hypothesis.cause() == Cause.DIRECT_STATEMENT || hypothesis.cause() == Cause.NOT_A_LOSS;
        return least ? 1 : 0;
    }
}
