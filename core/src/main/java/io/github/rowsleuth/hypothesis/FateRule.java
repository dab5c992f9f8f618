package io.github.rowsleuth.hypothesis;

import java.util.Optional;

/** One question about a table. Rules are asked in a fixed order, and the first that knows decides. */
interface FateRule {

    /** The fate, or empty where the evidence does not answer the question with yes. */
    Optional<TableFate.Builder> decide(TableEvidence evidence);
}
