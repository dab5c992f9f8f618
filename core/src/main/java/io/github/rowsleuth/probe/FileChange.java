package io.github.rowsleuth.probe;

import java.util.List;
import java.util.Optional;

/**
 * One change in the life of a file.
 *
 * @param kind what was done
 * @param commit the commit that did it
 * @param path the path after the change; before it, for a deletion
 * @param previousPath the path before a renaming
 * @param refs the branches and tags that contain the commit, by name
 */
public record FileChange(Kind kind, CommitRef commit, String path, Optional<String> previousPath, List<String> refs) {

    /** What was done to the file. */
    public enum Kind {
        /** It was added. */
        ADDED,
        /** Its content was changed. */
        MODIFIED,
        /** It was renamed or moved, its content changed or not. */
        RENAMED,
        /** It was deleted. */
        DELETED
    }

    /** Copies the list. */
    public FileChange {
        refs = List.copyOf(refs);
    }
}
