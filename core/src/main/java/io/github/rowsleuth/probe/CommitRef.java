package io.github.rowsleuth.probe;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * A commit, as far as a report needs it.
 *
 * @param id the full object id
 * @param author the name of its author, without the address
 * @param authored when it was written, by the author's clock
 * @param committed when it was committed, by the committer's clock
 * @param subject the first line of its message
 * @param authorZone the zone that the author's clock was set to
 * @param committerZone the zone that the committer's clock was set to
 */
public record CommitRef(
        String id,
        String author,
        Instant authored,
        Instant committed,
        String subject,
        ZoneOffset authorZone,
        ZoneOffset committerZone) {

    /**
     * Makes one whose clocks were set to UTC.
     *
     * @param id the full object id
     * @param author the name of its author, without the address
     * @param authored when it was written, by the author's clock
     * @param committed when it was committed, by the committer's clock
     * @param subject the first line of its message
     */
    public CommitRef(String id, String author, Instant authored, Instant committed, String subject) {
        this(id, author, authored, committed, subject, ZoneOffset.UTC, ZoneOffset.UTC);
    }

    /** {@return the first ten digits of the id} */
    public String shortId() {
        return id.substring(0, Math.min(10, id.length()));
    }

    /** {@return when it was written, as the author saw it on the clock} */
    public OffsetDateTime authoredLocally() {
        return authored.atOffset(authorZone);
    }

    /** {@return when it was committed, as the committer saw it on the clock} */
    public OffsetDateTime committedLocally() {
        return committed.atOffset(committerZone);
    }
}
