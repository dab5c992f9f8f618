package io.github.rowsleuth.postgres;

import io.github.rowsleuth.evidence.Evidence;
import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.evidence.Excerpt;
import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.evidence.Observation;
import io.github.rowsleuth.evidence.Provenance;
import io.github.rowsleuth.incident.Incident;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.incident.TimeWindow;
import io.github.rowsleuth.probe.Coverage;
import io.github.rowsleuth.probe.Examination;
import io.github.rowsleuth.probe.Gap;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** An examination that a test can read. */
final class Notebook implements Examination {
    private final Incident incident;
    private final InstantSource clock;
    private final Instant deadline;
    final List<Evidence> evidence = new ArrayList<>();
    final List<Gap> gaps = new ArrayList<>();
    private Coverage coverage = Coverage.none("nothing was said");

    private Notebook(Incident incident, Duration patience) {
        this(incident, patience, InstantSource.system());
    }

    private Notebook(Incident incident, Duration patience, InstantSource clock) {
        this.incident = incident;
        this.clock = clock;
        this.deadline = clock.instant().plus(patience);
    }

    /** One whose clock is the caller's: a probe looks at it after every page. */
    static Notebook by(InstantSource clock, Duration patience, String... tables) {
        return new Notebook(incident(TimeWindow.UNKNOWN, tables), patience, clock);
    }

    /** An empty one about the same incident. */
    Notebook(Notebook other) {
        this(other.incident, Duration.ofSeconds(30));
    }

    static Notebook on(String... tables) {
        return on(TimeWindow.UNKNOWN, tables);
    }

    static Notebook on(TimeWindow window, String... tables) {
        return new Notebook(incident(window, tables), Duration.ofSeconds(30));
    }

    static Notebook on(Duration patience, String... tables) {
        return new Notebook(incident(TimeWindow.UNKNOWN, tables), patience);
    }

    static Notebook on(TableName table) {
        return new Notebook(new Incident(List.of(table), TimeWindow.UNKNOWN), Duration.ofSeconds(30));
    }

    private static Incident incident(TimeWindow window, String... tables) {
        return new Incident(Stream.of(tables).map(TableName::parse).toList(), window);
    }

    Coverage coverage() {
        return coverage;
    }

    List<String> summaries() {
        return evidence.stream().map(e -> e.observation().summary()).toList();
    }

    @Override
    public Incident incident() {
        return incident;
    }

    @Override
    public Instant deadline() {
        return deadline;
    }

    @Override
    public InstantSource clock() {
        return clock;
    }

    @Override
    public EvidenceId record(Observation observation, Moment moment, Provenance provenance) {
        return record(observation, moment, provenance, Optional.empty());
    }

    @Override
    public EvidenceId record(Observation observation, Moment moment, Provenance provenance, Excerpt excerpt) {
        return record(observation, moment, provenance, Optional.of(excerpt));
    }

    private EvidenceId record(
            Observation observation, Moment moment, Provenance provenance, Optional<Excerpt> excerpt) {
        EvidenceId id = new EvidenceId("test#" + (evidence.size() + 1));
        evidence.add(new Evidence(id, observation, moment, provenance, excerpt));
        return id;
    }

    @Override
    public void gap(String missing, String consequence, String remedy) {
        gaps.add(new Gap("test", missing, consequence, remedy));
    }

    @Override
    public void coverage(Coverage said) {
        coverage = said;
    }

    @Override
    public <A> List<A> answers(Class<A> type) {
        return List.of();
    }
}
