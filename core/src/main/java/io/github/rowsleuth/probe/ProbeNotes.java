package io.github.rowsleuth.probe;

import io.github.rowsleuth.evidence.Evidence;
import java.util.List;
import java.util.Optional;

/**
 * What a probe handed in while it examined.
 *
 * @param evidence the facts, in the order in which they were recorded
 * @param gaps what it could not see
 * @param coverage how much it searched, if it said so
 */
public record ProbeNotes(List<Evidence> evidence, List<Gap> gaps, Optional<Coverage> coverage) {

    /** Copies the lists. */
    public ProbeNotes {
        evidence = List.copyOf(evidence);
        gaps = List.copyOf(gaps);
    }
}
