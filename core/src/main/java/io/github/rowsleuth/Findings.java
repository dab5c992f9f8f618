package io.github.rowsleuth;

import io.github.rowsleuth.evidence.Evidence;
import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.evidence.Timeline;
import io.github.rowsleuth.hypothesis.Act;
import io.github.rowsleuth.hypothesis.CaseFile;
import io.github.rowsleuth.hypothesis.Circumstance;
import io.github.rowsleuth.hypothesis.Conclusions;
import io.github.rowsleuth.hypothesis.Hypothesis;
import io.github.rowsleuth.hypothesis.Suspect;
import io.github.rowsleuth.hypothesis.TableFate;
import io.github.rowsleuth.incident.Incident;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.preservation.PreservationPlan;
import io.github.rowsleuth.prevention.PreventionPlan;
import io.github.rowsleuth.probe.Gap;
import io.github.rowsleuth.probe.ProbeOutcome;
import io.github.rowsleuth.probe.Scope;
import io.github.rowsleuth.recovery.RecoveryPlan;
import io.github.rowsleuth.transaction.RemovingTransaction;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Everything that an investigation found, as one immutable value. Equal evidence gives equal findings.
 *
 * <p>Thread-safe. {@link #toString()} is the summary for a shell, {@link #report()} the whole story.
 */
public final class Findings {

    private final CaseFile file;
    private final Conclusions conclusions;
    private final List<Gap> gapsOfRules;
    private final Verdict verdict;

    Findings(CaseFile file, Conclusions conclusions, List<Gap> gapsOfRules, Verdict verdict) {
        this.gapsOfRules = List.copyOf(gapsOfRules);
        this.file = file;
        this.conclusions = conclusions;
        this.verdict = verdict;
    }

    /** {@return what it came to} */
    public Verdict verdict() {
        return verdict;
    }

    /** {@return what was believed lost} */
    public Incident incident() {
        return file.incident();
    }

    /** {@return the tables of the database, by the first probe that answered; empty if none did} */
    public Optional<Scope> scope() {
        return answer(Scope.class);
    }

    /** {@return what is true of the server and the database as a whole, and decides or limits the rest} */
    public List<Circumstance> circumstances() {
        return conclusions.circumstances();
    }

    /**
     * {@return the transactions that removed rows, or may have, joined from every source that shows them; those that
     * touched tables of the incident first}
     */
    public List<RemovingTransaction> transactions() {
        return conclusions.transactions();
    }

    /** {@return what to do, and not to do, so that evidence does not vanish; the most pressing first} */
    public PreservationPlan preservation() {
        return PreservationPlan.of(file, conclusions);
    }

    /** {@return the ways to bring the rows back, the best first; none is executed} */
    public RecoveryPlan recovery() {
        return RecoveryPlan.of(file, conclusions);
    }

    /** {@return what to change so that it does not happen again, each change with what it would have prevented} */
    public PreventionPlan prevention() {
        return PreventionPlan.of(file, conclusions);
    }

    /** {@return what happened to each table, by name} */
    public List<TableFate> fates() {
        return conclusions.fates();
    }

    /**
     * {@return what happened to that table, if it is known}
     *
     * @param table its name as it would stand in SQL
     */
    public Optional<TableFate> fate(String table) {
        TableName name = TableName.parse(table);
        return fates().stream().filter(f -> name.matches(f.table())).findFirst();
    }

    /** {@return the smallest acts that explain the fates} */
    public List<Act> acts() {
        return conclusions.acts();
    }

    /** {@return the evidence that has a time, in order} */
    public Timeline timeline() {
        return Timeline.of(evidence());
    }

    /** {@return everything in reach that could have done it} */
    public List<Suspect> suspects() {
        return conclusions.suspects();
    }

    /** {@return the explanations, the surest first; those that are ruled out, with the reason, last} */
    public List<Hypothesis> hypotheses() {
        return conclusions.hypotheses();
    }

    /** {@return what could not be seen} */
    public List<Gap> gaps() {
        return Stream.concat(outcomes().stream().flatMap(o -> Gaps.of(o).stream()), gapsOfRules.stream())
                .distinct()
                .toList();
    }

    /** {@return how each probe ended, failed ones included, by id} */
    public List<ProbeOutcome<?>> outcomes() {
        return file.outcomes();
    }

    /** {@return every piece of evidence, probe by probe} */
    public List<Evidence> evidence() {
        return file.evidence();
    }

    /**
     * {@return that piece of evidence}
     *
     * @param id its id, as hypotheses and fates name it
     */
    public Optional<Evidence> evidence(EvidenceId id) {
        return evidence().stream().filter(e -> e.id().equals(id)).findFirst();
    }

    /**
     * {@return the answer of that type, by the first probe that gave one}
     *
     * @param type the type of answer that a probe declares
     * @param <A> the type of answer
     */
    public <A> Optional<A> answer(Class<A> type) {
        return file.answer(type);
    }

    /**
     * {@return all answers of that type; where they contradict each other, that is evidence too}
     *
     * @param type the type of answer that a probe declares
     * @param <A> the type of answer
     */
    public <A> List<A> answers(Class<A> type) {
        return file.answers(type);
    }

    /** {@return what contradicts the expectation that no row was lost} */
    public Violations violations() {
        return Assessment.violations(this);
    }

    /** {@return the findings as a document} */
    public Report report() {
        return new Report(this);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Findings that && file.equals(that.file) && conclusions.equals(that.conclusions);
    }

    @Override
    public int hashCode() {
        return file.hashCode();
    }

    /** {@return the summary: the verdict in the first 45 characters, at most 15 lines and 1,000 characters} */
    @Override
    public String toString() {
        return new Summary(this).text();
    }
}
