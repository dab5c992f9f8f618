package io.github.rowsleuth.postgres.wal;

import io.github.rowsleuth.transaction.Lsn;

/**
 * A record of the write-ahead log, or several of one transaction and kind that were counted together.
 *
 * @param kind what it says, as far as that matters for lost rows
 * @param type the record type as PostgreSQL names it, such as {@code COMMIT_PREPARED}; empty where that does not matter
 * @param xid the 32 bits of the transaction that wrote it; 0 for none
 * @param relation the file that it changed, as a block reference names it; empty where that does not matter
 * @param detail its description, or the part of it that matters
 * @param count how many
 * @param first where the first of them begins
 * @param last where the last of them begins
 * @param upto where the last of them ends
 */
public record LogRecord(
        Kind kind, String type, long xid, String relation, String detail, long count, Lsn first, Lsn last, Lsn upto) {

    /** What a record says. */
    public enum Kind {
        /** Rows were deleted; counted together by transaction, file and flags, which are the detail. */
        DELETE,
        /** Rows were deleted in another database; counted together. */
        ELSEWHERE,
        /** Deleted rows were removed from their pages; counted together by file and type. */
        PRUNE,
        /** A transaction or subtransaction ended. */
        END,
        /** A transaction was prepared for a two-phase commit. */
        PREPARE,
        /** Ids of subtransactions, while their transaction runs. */
        ASSIGNMENT,
        /** A relation was locked exclusively. */
        LOCK,
        /** Which transactions run, and the next id. */
        RUNNING,
        /** A file was created. */
        CREATE,
        /** Tables were truncated; only at {@code wal_level = logical}. */
        TRUNCATE,
        /** A database was dropped. */
        DROP_DATABASE,
        /** A row of {@code pg_class} was deleted. */
        CLASS,
        /** A row of {@code pg_index} was deleted. */
        INDEX,
        /** A row of {@code pg_type} was deleted. */
        TYPE,
        /** A row of {@code pg_sequence} was deleted. */
        SEQUENCE,
        /** Anything else; counted together. */
        REST
    }
}
