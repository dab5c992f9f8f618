package io.github.rowsleuth.probe;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.evidence.Excerpt;
import java.util.List;
import java.util.Optional;

/**
 * A place where people speak of a loss of data: the message of a commit, or a document.
 *
 * @param path the document; empty for the message of a commit
 * @param line the line, from 1; of the message, for a commit
 * @param commit the commit whose message it is; empty for a document
 * @param text what stands there, without what looks like a secret
 * @param names the scripts and commands that are named near it
 * @param unknown those of them that are paths of no file in any commit: what was never committed
 * @param evidence where it was recorded
 */
public record Confession(
        String path,
        int line,
        Optional<CommitRef> commit,
        Excerpt text,
        List<String> names,
        List<String> unknown,
        EvidenceId evidence) {

    /** Copies the lists. */
    public Confession {
        names = List.copyOf(names);
        unknown = List.copyOf(unknown);
    }
}
