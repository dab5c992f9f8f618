package io.github.rowsleuth.recovery;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.transaction.Lsn;
import java.util.List;

/**
 * The files of the write-ahead log that lie in an archive. Where one is missing, recovery ends before it.
 *
 * @param folder where they lie, in it or below
 * @param files how many there are, incomplete ones left out
 * @param runs the stretches of log without a gap, by timeline and position
 * @param evidence where it was recorded
 */
public record LogArchive(String folder, long files, List<Run> runs, List<EvidenceId> evidence) {

    /**
     * A stretch of log without a gap.
     *
     * @param timeline its timeline, from 1
     * @param from where its first file begins
     * @param to where its last file ends: the first position that is not in it
     */
    public record Run(int timeline, Lsn from, Lsn to) {}

    /** Copies the lists. */
    public LogArchive {
        runs = List.copyOf(runs);
        evidence = List.copyOf(evidence);
    }
}
