package io.github.rowsleuth.hypothesis;

import io.github.rowsleuth.evidence.EvidenceId;
import java.util.List;

/**
 * What ties a suspect to the loss beside a footprint that fits: two sources that speak of the same thing.
 *
 * @param kind what they share
 * @param strength how much that proves
 * @param reason what was held against what, in one sentence without a full stop
 * @param evidence where both were recorded
 */
public record Join(Kind kind, Strength strength, String reason, List<EvidenceId> evidence) {

    /** What two sources share. */
    public enum Kind {
        /** The act itself was seen: by a log, by the statistics of statements, by the record of a job. */
        SEEN,
        /** A transaction id. */
        TRANSACTION,
        /** The number of rows. */
        ROWS,
        /** The text of statements. */
        TEXT,
        /** The name by which the client calls itself. */
        APPLICATION,
        /** Tables that one act would not have reached together. */
        SCOPE,
        /** Something that runs it: a start, a deployment, a test. */
        RUN,
        /** The time at which a job was due. */
        SCHEDULE,
        /** The time of a commit. */
        COMMIT
    }

    /** How much a join proves, in ascending order. */
    public enum Strength {
        /** Nearness in time alone: it proves nothing by itself. */
        COINCIDENCE,
        /** Others could share it too. */
        CORROBORATION,
        /** It is hardly shared by chance. */
        IDENTITY
    }

    /** Copies the list. */
    public Join {
        evidence = List.copyOf(evidence);
    }

    @Override
    public String toString() {
        return reason;
    }
}
