package io.github.rowsleuth.preservation;

import io.github.rowsleuth.hypothesis.CaseFile;
import io.github.rowsleuth.hypothesis.Conclusions;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What to do before anything else, the most pressing first. Only proposals: people decide, and people run them.
 *
 * @param proposals in the order in which they should be considered
 */
public record PreservationPlan(List<Proposal> proposals) {

    private static final List<Function<Situation, Stream<Proposal>>> ORDER = List.of(
            PendingDeletions::proposals,
            Protectors::proposals,
            HarmfulActs::proposals,
            PageKeeping::proposals,
            VolumeKeeping::proposals,
            StandbyKeeping::proposals,
            LogKeeping::proposals,
            CopyKeeping::proposals);

    /** Copies the list. */
    public PreservationPlan {
        proposals = List.copyOf(proposals);
    }

    /**
     * {@return what should be done to keep the evidence of this case}; nothing where nothing is lost or in doubt. A pure
     * function: equal evidence gives equal plans.
     *
     * @param file the incident and what the probes brought
     * @param conclusions what followed from it
     */
    public static PreservationPlan of(CaseFile file, Conclusions conclusions) {
        Situation situation = new Situation(file, conclusions);
        return new PreservationPlan(
                ORDER.stream().flatMap(part -> part.apply(situation)).toList());
    }
}
