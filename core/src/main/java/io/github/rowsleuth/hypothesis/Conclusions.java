package io.github.rowsleuth.hypothesis;

import io.github.rowsleuth.transaction.RemovingTransaction;
import java.util.List;
import java.util.stream.Stream;

/**
 * What follows from the evidence.
 *
 * @param circumstances what is true of the server and the database as a whole
 * @param transactions the transactions that removed rows, or may have; those of the incident first
 * @param fates what happened to each table, by name
 * @param acts the smallest acts that explain them
 * @param suspects everything that could have done it
 * @param hypotheses the explanations, the surest first
 */
public record Conclusions(
        List<Circumstance> circumstances,
        List<RemovingTransaction> transactions,
        List<TableFate> fates,
        List<Act> acts,
        List<Suspect> suspects,
        List<Hypothesis> hypotheses) {

    /** Copies the lists. */
    public Conclusions {
        circumstances = List.copyOf(circumstances);
        transactions = List.copyOf(transactions);
        fates = List.copyOf(fates);
        acts = List.copyOf(acts);
        suspects = List.copyOf(suspects);
        hypotheses = List.copyOf(hypotheses);
    }

    /**
     * {@return the same with more explanations, ranked among the others}
     *
     * @param more in any order
     */
    public Conclusions with(List<Hypothesis> more) {
        List<Hypothesis> all = Stream.concat(hypotheses.stream(), more.stream())
                .sorted(Ranking.ORDER)
                .toList();
        return new Conclusions(circumstances, transactions, fates, acts, suspects, all);
    }
}
