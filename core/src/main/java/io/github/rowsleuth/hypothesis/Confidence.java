package io.github.rowsleuth.hypothesis;

/** How sure a hypothesis is, by a stated criterion; in ascending order. */
public enum Confidence {
    /** At least one table or one fact contradicts it, and is named. */
    RULED_OUT,
    /** Consistent with the evidence, and so are others. */
    POSSIBLE,
    /** Fits every table hit and every table spared, no other suspect does, and nothing contradicts it. */
    LIKELY,
    /** Two independent sources tie the act to the loss, and its footprint fits every table. */
    CONFIRMED
}
