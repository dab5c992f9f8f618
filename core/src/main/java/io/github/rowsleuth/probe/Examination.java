package io.github.rowsleuth.probe;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.evidence.Excerpt;
import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.evidence.Observation;
import io.github.rowsleuth.evidence.Provenance;
import io.github.rowsleuth.incident.Incident;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * What a probe is given, and where it hands in what it finds. Not for implementation. For the one thread that examines;
 * after the deadline, or once the probe has ended, what is recorded is dropped.
 */
public interface Examination {

    /** {@return what is believed lost} */
    Incident incident();

    /** {@return when the answer must be there; after it the thread is interrupted} */
    Instant deadline();

    /** {@return the time source of the investigation} */
    InstantSource clock();

    /** {@return the time left until the deadline, never negative} */
    default Duration remaining() {
        Duration left = Duration.between(clock().instant(), deadline());
        return left.isNegative() ? Duration.ZERO : left;
    }

    /**
     * Hands in a fact.
     *
     * @param observation the fact
     * @param moment when it happened
     * @param provenance where it was read
     * @return names the evidence
     */
    EvidenceId record(Observation observation, Moment moment, Provenance provenance);

    /**
     * Hands in a fact with what stood there.
     *
     * @param observation the fact
     * @param moment when it happened
     * @param provenance where it was read
     * @param excerpt what stood there
     * @return names the evidence
     */
    EvidenceId record(Observation observation, Moment moment, Provenance provenance, Excerpt excerpt);

    /**
     * Says what could not be seen. Printed before any conclusion.
     *
     * @param missing what is missing, such as {@code log_statement = none}
     * @param consequence what can therefore not be known
     * @param remedy what a person can do about it, as exact as a command
     */
    void gap(String missing, String consequence, String remedy);

    /**
     * Says how much of the source was searched. The last word counts.
     *
     * @param coverage how much, and of what
     */
    void coverage(Coverage coverage);

    /**
     * {@return the answers of probes that ran before; complete for the types that this probe builds on}
     *
     * @param type the type of answer
     * @param <A> the type of answer
     */
    <A> List<A> answers(Class<A> type);
}
