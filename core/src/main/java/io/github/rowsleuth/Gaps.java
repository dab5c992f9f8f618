package io.github.rowsleuth;

import io.github.rowsleuth.probe.Gap;
import io.github.rowsleuth.probe.ProbeOutcome;
import java.util.ArrayList;
import java.util.List;

/** What one outcome leaves unseen; a probe without an answer is itself a gap. */
final class Gaps {

    private Gaps() {}

    static List<Gap> of(ProbeOutcome<?> outcome) {
        List<Gap> gaps = new ArrayList<>(outcome.notes().gaps());
        if (outcome instanceof ProbeOutcome.Unavailable<?> unavailable) {
            gaps.add(gap(outcome, unavailable.remedy()));
        } else if (outcome instanceof ProbeOutcome.TimedOut<?>) {
            gaps.add(gap(outcome, "give it more time with deadline(…) or probeDeadline(…)"));
        } else if (outcome instanceof ProbeOutcome.Failed<?>) {
            gaps.add(gap(outcome, "this is a defect of the probe or of its source; the reason says which"));
        }
        return gaps;
    }

    private static Gap gap(ProbeOutcome<?> outcome, String remedy) {
        return new Gap(outcome.probe(), outcome.reason(), outcome.probe() + " gave no answer", remedy);
    }
}
