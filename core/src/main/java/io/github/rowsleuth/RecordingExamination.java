package io.github.rowsleuth;

import io.github.rowsleuth.evidence.Evidence;
import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.evidence.Excerpt;
import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.evidence.Observation;
import io.github.rowsleuth.evidence.Provenance;
import io.github.rowsleuth.incident.Incident;
import io.github.rowsleuth.probe.Coverage;
import io.github.rowsleuth.probe.Examination;
import io.github.rowsleuth.probe.Gap;
import io.github.rowsleuth.probe.ProbeNotes;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Keeps what a probe hands in until it is sealed; a probe that was given up may go on talking to nobody. */
final class RecordingExamination implements Examination {

    private final String probe;
    private final Plan plan;
    private final Instant deadline;
    private final List<Object> earlier;
    private final List<Evidence> evidence = new ArrayList<>();
    private final List<Gap> gaps = new ArrayList<>();
    private Optional<Coverage> coverage = Optional.empty();
    private boolean sealed;

    RecordingExamination(String probe, Plan plan, Instant deadline, List<Object> earlier) {
        this.probe = probe;
        this.plan = plan;
        this.deadline = deadline;
        this.earlier = List.copyOf(earlier);
    }

    synchronized ProbeNotes seal() {
        sealed = true;
        return new ProbeNotes(evidence, gaps, coverage);
    }

    @Override
    public Incident incident() {
        return plan.incident();
    }

    @Override
    public Instant deadline() {
        return deadline;
    }

    @Override
    public InstantSource clock() {
        return plan.clock();
    }

    @Override
    public EvidenceId record(Observation observation, Moment moment, Provenance provenance) {
        return record(observation, moment, provenance, Optional.empty());
    }

    @Override
    public EvidenceId record(Observation observation, Moment moment, Provenance provenance, Excerpt excerpt) {
        return record(observation, moment, provenance, Optional.of(excerpt));
    }

    private synchronized EvidenceId record(
            Observation observation, Moment moment, Provenance provenance, Optional<Excerpt> excerpt) {
        EvidenceId id = new EvidenceId(probe + "#" + (evidence.size() + 1));
        if (!sealed) {
            evidence.add(new Evidence(id, observation, moment, provenance, excerpt));
        }
        return id;
    }

    @Override
    public synchronized void gap(String missing, String consequence, String remedy) {
        if (!sealed) {
            gaps.add(new Gap(probe, missing, consequence, remedy));
        }
    }

    @Override
    public synchronized void coverage(Coverage searched) {
        if (!sealed) {
            coverage = Optional.of(searched);
        }
    }

    @Override
    public <A> List<A> answers(Class<A> type) {
        return earlier.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
