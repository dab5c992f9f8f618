package io.github.rowsleuth;

/** What an investigation came to. */
public enum Verdict {
    /** Rows are lost, and an explanation is at least LIKELY. */
    LOSS_EXPLAINED,
    /** Rows are lost, and the mechanism may be known, but no explanation is more than POSSIBLE. */
    LOSS_UNEXPLAINED,
    /** Every table named is complete, and everything that decides this was searched. */
    NO_LOSS,
    /** The evidence does not tell whether rows are lost. */
    INCONCLUSIVE
}
