package io.github.rowsleuth.server;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.incident.TableName;
import java.time.Instant;
import java.util.List;

/**
 * A transaction that was prepared and neither committed nor rolled back ({@code pg_prepared_xacts}). What it deleted can
 * still come back, by {@code ROLLBACK PREPARED}.
 *
 * @param gid the name it was prepared under
 * @param transaction its id, epoch included
 * @param prepared when
 * @param owner the role that did
 * @param database in which database
 * @param writing the tables of the examined database that it holds a lock on with which rows are changed, by name
 * @param evidence where it was recorded
 */
public record PreparedTransaction(
        String gid,
        long transaction,
        Instant prepared,
        String owner,
        String database,
        List<TableName> writing,
        EvidenceId evidence) {

    /** Copies the list. */
    public PreparedTransaction {
        writing = List.copyOf(writing);
    }

    /**
     * A transaction of which nobody knows what it wrote.
     *
     * @param gid the name it was prepared under
     * @param transaction its id, epoch included
     * @param prepared when
     * @param owner the role that did
     * @param database in which database
     * @param evidence where it was recorded
     */
    public PreparedTransaction(
            String gid, long transaction, Instant prepared, String owner, String database, EvidenceId evidence) {
        this(gid, transaction, prepared, owner, database, List.of(), evidence);
    }

    /**
     * {@return whether rows that the transaction deleted in that database are kept because of this one}
     *
     * @param deleting a transaction id, epoch included
     * @param inDatabase the database whose rows were deleted
     */
    public boolean protectsFrom(long deleting, String inDatabase) {
        return transaction <= deleting && database.equals(inDatabase);
    }
}
