package io.github.rowsleuth.imports;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.evidence.Moment;
import java.util.List;
import java.util.Optional;

/**
 * A run of an import, as the log of an application tells it.
 *
 * @param moment when it was logged
 * @param file the name of the file without folders, where it was named
 * @param rows how many rows it says it imported
 * @param table the table it names, as it stands there
 * @param failed whether it says that it failed
 * @param evidence where it was recorded
 */
public record ImportRun(
        Moment moment,
        Optional<String> file,
        Optional<Long> rows,
        Optional<String> table,
        boolean failed,
        List<EvidenceId> evidence) {

    /** Copies the list. */
    public ImportRun {
        evidence = List.copyOf(evidence);
    }
}
