package io.github.rowsleuth.imports;

import java.util.List;

/**
 * The runs of imports that applications logged.
 *
 * @param runs in the order of the log
 */
public record ImportRuns(List<ImportRun> runs) {

    /** Copies the list. */
    public ImportRuns {
        runs = List.copyOf(runs);
    }
}
