package io.github.rowsleuth.hypothesis;

import io.github.rowsleuth.evidence.Moment;
import java.time.Instant;
import java.util.Optional;

/**
 * Did a crash empty it? Recovery resets every unlogged table, because nothing of it is in the write-ahead log
 * (src/backend/storage/file/reinit.c), and the counters go with it.
 */
final class CrashLoss {

    private CrashLoss() {}

    static Optional<TableFate.Builder> decide(TableEvidence evidence) {
        Optional<Instant> recovered = evidence.world().recovered();
        if (evidence.scope().logged() || recovered.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> once = onceFilled(evidence);
        boolean empty = evidence.counters().filter(c -> c.inserted() > 0).isEmpty()
                && evidence.allPages().filter(p -> p.live() > 0).isEmpty();
        boolean likely = evidence.named() && evidence.world().surelyRecovered();
        return empty && (once.isPresent() || likely)
                ? Optional.of(lost(evidence, recovered.get(), once))
                : Optional.empty();
    }

    /** The catalogs and sequences are logged, and remember. */
    private static Optional<String> onceFilled(TableEvidence evidence) {
        if (evidence.scope().estimatedRows() > 0) {
            return Optional.of("the catalogs still hold the estimate of its rows, "
                    + (long) evidence.scope().estimatedRows());
        }
        return evidence.scope().sequences().stream()
                .filter(s -> s.lastValue().isPresent())
                .findFirst()
                .map(s -> "its sequence " + s.name() + " gave out values up to "
                        + s.lastValue().orElse(0L));
    }

    private static TableFate.Builder lost(TableEvidence evidence, Instant recovered, Optional<String> once) {
        TableFate.Builder fate = evidence.fate()
                .fate(Fate.LOST_IN_CRASH)
                .rowsNow(0L)
                .moment(Moment.notAfter(recovered))
                .addDecidedBy("it is unlogged, which a crash, a restore or a promotion empties, and the counters of the"
                        + " server were emptied by one of them at " + recovered);
        once.ifPresentOrElse(fate::addDecidedBy, () -> fate.addAmbiguities("nothing shows that it held a row before"));
        return fate;
    }
}
