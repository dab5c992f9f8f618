package io.github.rowsleuth.hypothesis;

import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.probe.Scope;
import io.github.rowsleuth.probe.TableScope;
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
        List<Circumstance> circumstances = new Circumstances(file).all();
        KnownTransactions known = new KnownTransactions(file);
        List<TableFate> fates = new FateAnalysis(file, known, circumstances).fates();
        Optional<Scope> scope = file.answer(Scope.class);
        List<TableName> present = scope.map(Scope::tables).orElse(List.of()).stream()
                .map(TableScope::table)
                .toList();
        List<Act> acts = new SmallestActs(Closures.of(scope), present).explaining(fates);
        List<Suspect> suspects = new Suspects(file, fates).all();
        List<Hypothesis> hypotheses = new Hypotheses(circumstances, fates, acts, suspects).ranked();
        return new Conclusions(circumstances, known.ranked(), fates, acts, suspects, hypotheses);
    }
}
