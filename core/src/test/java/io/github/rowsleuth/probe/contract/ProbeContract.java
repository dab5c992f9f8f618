package io.github.rowsleuth.probe.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rowsleuth.Findings;
import io.github.rowsleuth.Investigation;
import io.github.rowsleuth.evidence.Evidence;
import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.incident.TimeWindow;
import io.github.rowsleuth.probe.Probe;
import io.github.rowsleuth.probe.ProbeOutcome;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What every probe must do. Implement it in a test class of your probe, with JUnit Jupiter on the class path.
 *
 * @param <T> the answer of the probe
 */
public interface ProbeContract<T> {

    /** The shortest limit that a probe must obey, and how much longer a run may take before it counts as hanging. */
    Duration SHORTEST = Duration.ofMillis(1);

    /** {@return the probe, over a source that is there} */
    Probe<T> probe() throws Exception;

    /** {@return the same kind of probe, over a source that is not there} */
    Probe<T> probeOfMissingSource() throws Exception;

    /** {@return probes whose answers the probe builds on} */
    default List<Probe<?>> probesItBuildsOn() throws Exception {
        return List.of();
    }

    /** {@return a table that the source may know} */
    default TableName table() {
        return TableName.of("public", "orders");
    }

    /** {@return the time of the incident, for a probe that can not do without; unknown unless overridden} */
    default TimeWindow window() {
        return TimeWindow.UNKNOWN;
    }

    /** {@return anything that changes when the source is written to, such as a hash of its files} */
    String fingerprintOfSource() throws Exception;

    /** A working source gives an answer. */
    @Test
    default void answers_for_a_source_that_is_there() throws Exception {
        ProbeOutcome<?> outcome = outcome(run(probe()), probe().id());

        assertEquals(ProbeOutcome.Status.ANSWERED, outcome.status(), outcome.reason());
        assertTrue(probe().answerType().isInstance(outcome.answer().orElseThrow()));
    }

    /** A missing source is told as such, with a remedy, and nothing is thrown. */
    @Test
    default void is_unavailable_when_the_source_is_missing() throws Exception {
        ProbeOutcome<?> outcome =
                outcome(run(probeOfMissingSource()), probeOfMissingSource().id());

        assertEquals(ProbeOutcome.Status.UNAVAILABLE, outcome.status(), outcome.reason());
        assertFalse(outcome.reason().isBlank());
        assertFalse(((ProbeOutcome.Unavailable<?>) outcome).remedy().isBlank());
    }

    /** Every answer says how much was searched. */
    @Test
    default void says_how_much_it_searched() throws Exception {
        assertTrue(outcome(run(probe()), probe().id()).notes().coverage().isPresent());
    }

    /** Every piece of evidence says where it was read, in words, under an id of its own. */
    @Test
    default void gives_the_origin_of_every_piece_of_evidence() throws Exception {
        Set<EvidenceId> ids = new HashSet<>();
        for (Evidence evidence : run(probe()).evidence()) {
            assertFalse(evidence.provenance().source().isBlank());
            assertFalse(evidence.provenance().location().isBlank());
            assertFalse(evidence.observation().summary().isBlank());
            assertTrue(ids.add(evidence.id()), () -> evidence.id() + " is used twice");
        }
    }

    /** Equal sources give equal findings, and equal bytes. */
    @Test
    default void finds_the_same_again() throws Exception {
        Findings first = run(probe());
        Findings second = run(probe());

        assertEquals(first, second);
        assertEquals(first.report().json(), second.report().json());
    }

    /** A limit that can not be kept ends the examination, not the run. */
    @Test
    default void obeys_the_shortest_limit() throws Exception {
        Investigation investigation = investigation(probe()).probeDeadline(SHORTEST);
        long begin = System.nanoTime();
        ProbeOutcome<?> outcome = outcome(investigation.run(), probe().id());
        Duration taken = Duration.ofNanos(System.nanoTime() - begin);

        assertTrue(taken.compareTo(Duration.ofSeconds(5)) < 0, () -> "it took " + taken);
        assertTrue(
                Set.of(ProbeOutcome.Status.ANSWERED, ProbeOutcome.Status.TIMED_OUT, ProbeOutcome.Status.UNAVAILABLE)
                        .contains(outcome.status()),
                outcome::toString);
    }

    /** An interrupted thread gets its findings within two seconds and stays interrupted. */
    @Test
    default void ends_when_the_caller_is_interrupted() throws Exception {
        Investigation investigation = investigation(probe());
        Thread.currentThread().interrupt();
        long begin = System.nanoTime();
        investigation.run();
        Duration taken = Duration.ofNanos(System.nanoTime() - begin);

        assertTrue(Thread.interrupted(), "the thread stays interrupted");
        assertTrue(taken.compareTo(Duration.ofSeconds(2)) < 0, () -> "it took " + taken);
    }

    /** Examining changes nothing. */
    @Test
    default void writes_nothing_into_the_source() throws Exception {
        String before = fingerprintOfSource();
        run(probe());

        assertEquals(before, fingerprintOfSource());
    }

    private Findings run(Probe<T> probe) throws Exception {
        return investigation(probe).run();
    }

    private Investigation investigation(Probe<T> probe) throws Exception {
        Investigation investigation = Investigation.of(List.of(table()));
        TimeWindow window = window();
        if (window.notBefore().isPresent() && window.notAfter().isPresent()) {
            investigation = investigation.lostBetween(
                    window.notBefore().get(), window.notAfter().get());
        }
        for (Probe<?> other : probesItBuildsOn()) {
            investigation = investigation.probe(other);
        }
        return investigation.probe(probe);
    }

    private static ProbeOutcome<?> outcome(Findings findings, String id) {
        return findings.outcomes().stream()
                .filter(o -> o.probe().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
