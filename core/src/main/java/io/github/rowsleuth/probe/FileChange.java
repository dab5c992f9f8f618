package io.github.rowsleuth.probe;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One change in the life of a file.
 *
 * @param kind what was done
 * @param commit the commit that did it
 * @param path the path after the change; before it, for a deletion
 * @param previousPath the path before a renaming, or of the file that it is a copy of
 * @param refs the branches and tags that contain the commit, by name
 * @param statements how many destructive statements the file held afterwards; empty where that was not looked at
 */
public record FileChange(
        Kind kind,
        CommitRef commit,
        String path,
        Optional<String> previousPath,
        List<String> refs,
        OptionalInt statements) {

    /** What was done to the file. */
    public enum Kind {
        /** It was added. */
        ADDED,
        /** It was added with the content of another file, which stayed where it was: the previous path. */
        COPIED,
        /** Its content was changed. */
        MODIFIED,
        /** It got another name, its content changed or not. */
        RENAMED,
        /** It kept its name and went to another folder, its content changed or not. */
        MOVED,
        /** It was renamed or moved so that it is out of use: to {@code x.py.disabled}, to a folder {@code archive}. */
        DISABLED,
        /** It was deleted. */
        DELETED
    }

    /** Copies the list. */
    public FileChange {
        refs = List.copyOf(refs);
    }

    /**
     * Makes one of which the content was not looked at.
     *
     * @param kind what was done
     * @param commit the commit that did it
     * @param path the path after the change; before it, for a deletion
     * @param previousPath the path before a renaming
     * @param refs the branches and tags that contain the commit, by name
     */
    public FileChange(Kind kind, CommitRef commit, String path, Optional<String> previousPath, List<String> refs) {
        this(kind, commit, path, previousPath, refs, OptionalInt.empty());
    }

    /**
     * {@return the same change, with how many destructive statements the file held afterwards}
     *
     * @param count how many
     */
    public FileChange withStatements(int count) {
        return new FileChange(kind, commit, path, previousPath, refs, OptionalInt.of(count));
    }

    /** {@return whether the file began to be with this change} */
    public boolean begins() {
        return kind == Kind.ADDED || kind == Kind.COPIED;
    }
}
