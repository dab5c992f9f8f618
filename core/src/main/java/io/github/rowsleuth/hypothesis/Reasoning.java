package io.github.rowsleuth.hypothesis;

import io.github.rowsleuth.probe.ForeignKeys;
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
        List<TableFate> fates = new FateAnalysis(file).fates();
        ForeignKeys keys = file.answer(Scope.class).map(Scope::foreignKeys).orElse(ForeignKeys.NONE);
        List<Act> acts = new SmallestActs(keys).explaining(fates);
        List<Suspect> suspects = new Suspects(file, fates).all();
        List<Hypothesis> hypotheses = new Hypotheses(fates, acts, suspects).ranked();
        return new Conclusions(fates, acts, suspects, hypotheses);
    }
}
