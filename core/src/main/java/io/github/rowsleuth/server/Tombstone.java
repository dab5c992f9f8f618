package io.github.rowsleuth.server;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.transaction.Lsn;
import java.util.Optional;

/**
 * The mark of a file that was truncated or dropped.
 *
 * @param kind what marks it
 * @param file the number of the file, {@code relfilenode}
 * @param table whose file it is, or was, where the catalogs tell
 * @param moment when it was removed
 * @param from the summary that names it begins here
 * @param to and ends here
 * @param evidence where it was recorded
 */
public record Tombstone(
        Kind kind,
        long file,
        Optional<TableName> table,
        Moment moment,
        Optional<Lsn> from,
        Optional<Lsn> to,
        EvidenceId evidence) {

    /** What marks it. */
    public enum Kind {
        /** A file of no relation, of no length: it goes at the next checkpoint (src/backend/storage/smgr/md.c, mdunlink). */
        EMPTY_FILE,
        /** A summary of the write-ahead log that says the file was cut to nothing, dropped or created (17 and newer). */
        WAL_SUMMARY
    }
}
