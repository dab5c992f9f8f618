package io.github.rowsleuth.probe;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.incident.TableName;
import java.util.List;

/**
 * Something that the server did by itself and that bounds or hints at a loss.
 *
 * @param kind what it was
 * @param moment when
 * @param tables the tables it names
 * @param summary what the line says, without values
 * @param evidence where it was recorded
 */
public record ServerTrace(Kind kind, Moment moment, List<TableName> tables, String summary, EvidenceId evidence) {

    /** What the server did. */
    public enum Kind {
        /** A checkpoint ended; after a TRUNCATE it syncs the new files. */
        CHECKPOINT,
        /** Autovacuum removed dead rows. */
        AUTOVACUUM,
        /** A setting changed while the server ran. */
        SETTING_CHANGED,
        /** The server started, stopped or crashed. */
        LIFE_CYCLE
    }

    /** Copies the list. */
    public ServerTrace {
        tables = List.copyOf(tables);
    }
}
