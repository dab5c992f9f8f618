package io.github.rowsleuth.hypothesis;

import java.util.List;

/**
 * What follows from the evidence.
 *
 * @param fates what happened to each table, by name
 * @param acts the smallest acts that explain them
 * @param suspects everything that could have done it
 * @param hypotheses the explanations, the surest first
 */
public record Conclusions(List<TableFate> fates, List<Act> acts, List<Suspect> suspects, List<Hypothesis> hypotheses) {

    /** Copies the lists. */
    public Conclusions {
        fates = List.copyOf(fates);
        acts = List.copyOf(acts);
        suspects = List.copyOf(suspects);
        hypotheses = List.copyOf(hypotheses);
    }
}
