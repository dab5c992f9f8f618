package io.github.rowsleuth.probe;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.incident.TableName;
import java.util.List;
import java.util.Optional;

/**
 * Something that the server did by itself, or that its clients met, and that bounds or hints at a loss.
 *
 * @param kind what it was
 * @param moment when
 * @param tables the tables it names
 * @param summary what the line says, without values
 * @param process the process id of a backend that it speaks of
 * @param transaction a transaction id: for a lock wait or a deadlock the one of that process, for a vacuum the bound
 *     below which every deletion is that it removed
 * @param rows how many rows it counts
 * @param evidence where it was recorded
 */
public record ServerTrace(
        Kind kind,
        Moment moment,
        List<TableName> tables,
        String summary,
        Optional<Long> process,
        Optional<Long> transaction,
        Optional<Long> rows,
        EvidenceId evidence) {

    /** What it was. */
    public enum Kind {
        /** A checkpoint ended; after a TRUNCATE it syncs the new files. */
        CHECKPOINT,
        /** Autovacuum removed dead rows. */
        AUTOVACUUM,
        /** A setting changed while the server ran. */
        SETTING_CHANGED,
        /** The server started, stopped or crashed. */
        LIFE_CYCLE,
        /** A session waited for the transaction of another one: ties a transaction to a process. */
        LOCK_WAIT,
        /** Sessions blocked each other: ties transactions to processes. */
        DEADLOCK,
        /** Somebody named a table, a schema or a database that did not exist: a drop, if there was one, came before. */
        MISSING_OBJECT,
        /** Somebody referred to a row that did not exist: its deletion, if there was one, came before. */
        MISSING_ROW,
        /** A TRUNCATE or a DROP reached another object. */
        CASCADE
    }

    /** Copies the list. */
    public ServerTrace {
        tables = List.copyOf(tables);
    }

    /**
     * Makes a trace that speaks of no process, no transaction and no rows.
     *
     * @param kind what it was
     * @param moment when
     * @param tables the tables it names
     * @param summary what the line says, without values
     * @param evidence where it was recorded
     */
    public ServerTrace(Kind kind, Moment moment, List<TableName> tables, String summary, EvidenceId evidence) {
        this(kind, moment, tables, summary, Optional.empty(), Optional.empty(), Optional.empty(), evidence);
    }
}
