package io.github.rowsleuth.probe;

import java.time.Instant;

/**
 * A commit, as far as a report needs it.
 *
 * @param id the full object id
 * @param author the name of its author, without the address
 * @param authored when it was written, by the author's clock
 * @param committed when it was committed, by the committer's clock
 * @param subject the first line of its message
 */
public record CommitRef(String id, String author, Instant authored, Instant committed, String subject) {

    /** {@return the first ten digits of the id} */
    public String shortId() {
        return id.substring(0, Math.min(10, id.length()));
    }
}
