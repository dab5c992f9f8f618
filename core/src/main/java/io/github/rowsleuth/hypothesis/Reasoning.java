package io.github.rowsleuth.hypothesis;

import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.probe.Scope;
import io.github.rowsleuth.probe.TableScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** From evidence to conclusions. A pure function: equal case files give equal conclusions. */
public final class Reasoning {

    private Reasoning() {}

    /**
     * {@return what follows from the evidence}
     *
     * @param file the incident and what the probes brought
     */
    public static Conclusions over(CaseFile file) {
        KnownTransactions known = new KnownTransactions(file);
        List<Circumstance> circumstances = new ArrayList<>(new Circumstances(file).all());
        ClockSkew.between(file, known.ranked()).ifPresent(circumstances::add);
        List<TableFate> fates = new FateAnalysis(file, known, circumstances).fates();
        Optional<Scope> scope = file.answer(Scope.class);
        List<TableName> present = scope.map(Scope::tables).orElse(List.of()).stream()
                .map(TableScope::table)
                .toList();
        List<Act> acts = new SmallestActs(Closures.of(scope), present, ofThisDatabase(fates, circumstances)).all();
        List<Candidate> candidates = new Candidates(file, fates).all();
        List<Suspect> suspects = candidates.stream().map(Candidate::suspect).toList();
        List<Hypothesis> hypotheses =
                new ArrayList<>(new Hypotheses(circumstances, fates, acts, NewVolume.of(file, fates)).ofAny());
        List<TableFate> dated = fates;
        if (fates.stream().anyMatch(TableFate::hit)) {
            List<Fit> fits = new Fits(file.incident().window(), circumstances, fates, acts).of(candidates);
            Accusations accusations = new Accusations(fits, fates, acts);
            hypotheses.addAll(accusations.all());
            dated = accusations.dated(fates);
            hypotheses.addAll(Confessed.by(file));
        }
        hypotheses.sort(Ranking.ORDER);
        return new Conclusions(circumstances, known.ranked(), dated, acts, suspects, hypotheses);
    }

    /** What never was in this database no act in it has dropped. */
    private static List<TableFate> ofThisDatabase(List<TableFate> fates, List<Circumstance> circumstances) {
        boolean younger = circumstances.stream()
                .anyMatch(c -> c.kind() == Circumstance.Kind.CLUSTER_YOUNGER_THAN_DATA
                        || c.kind() == Circumstance.Kind.DATABASE_YOUNGER_THAN_DATA);
        return younger ? fates.stream().filter(f -> f.fate() != Fate.RECREATED).toList() : fates;
    }
}
