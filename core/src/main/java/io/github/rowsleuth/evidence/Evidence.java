package io.github.rowsleuth.evidence;

import java.util.Optional;

/**
 * One observed fact with its origin. Made by the examination that a probe records into.
 *
 * @param id names it within the investigation
 * @param observation what was observed
 * @param moment when it happened
 * @param provenance where it was read
 * @param excerpt what stood there, redacted
 */
public record Evidence(
        EvidenceId id, Observation observation, Moment moment, Provenance provenance, Optional<Excerpt> excerpt) {

    @Override
    public String toString() {
        return id + ": " + observation.summary();
    }
}
