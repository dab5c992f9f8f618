package io.github.rowsleuth.probe;

import io.github.rowsleuth.evidence.EvidenceId;
import java.util.List;

/**
 * Commits by which the volume that holds the data of a server came to be called otherwise. Compose puts the name of the
 * project before that of the volume, and calls the project after the folder unless told otherwise (Compose specification,
 * "Version and name top-level elements"; "Volumes top-level element"): the next start makes a new, empty volume, and the old
 * one stays as it was.
 *
 * @param changes in the order of the commits
 */
public record VolumeChanges(List<Change> changes) {

    /** Copies the list. */
    public VolumeChanges {
        changes = List.copyOf(changes);
    }

    /**
     * One change of a name.
     *
     * @param before what the volume was called, the project included, such as {@code shop_pgdata}
     * @param after what it is called since
     * @param file the file of compose, by its path after the change
     * @param commit the commit that changed it
     * @param evidence where it was recorded
     */
    public record Change(String before, String after, String file, CommitRef commit, EvidenceId evidence) {}
}
