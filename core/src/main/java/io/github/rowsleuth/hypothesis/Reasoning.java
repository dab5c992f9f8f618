package io.github.rowsleuth.hypothesis;

import io.github.rowsleuth.probe.Scope;
import java.util.List;

/** From evidence to conclusions. A pure function: equal case files give equal conclusions. */
public final class Reasoning {

    private Reasoning() {}

    /**
     * {@return what follows from the evidence}
     *
     * @param file the incident and what the probes brought
     */
    public static Conclusions over(CaseFile file) {
        List<Circumstance> circumstances = new Circumstances(file).all();
        KnownTransactions known = new KnownTransactions(file);
        List<TableFate> fates = new FateAnalysis(file, known, circumstances).fates();
        List<Act> acts = new SmallestActs(Closures.of(file.answer(Scope.class))).explaining(fates);
        List<Suspect> suspects = new Suspects(file, fates).all();
        List<Hypothesis> hypotheses = new Hypotheses(circumstances, fates, acts, suspects).ranked();
        return new Conclusions(circumstances, known.ranked(), fates, acts, suspects, hypotheses);
    }
}
