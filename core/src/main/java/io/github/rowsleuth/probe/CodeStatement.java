package io.github.rowsleuth.probe;

import io.github.rowsleuth.evidence.Excerpt;
import io.github.rowsleuth.sql.DestructiveStatement;

/**
 * A destructive statement in a file of code.
 *
 * @param statement what it does and to which tables
 * @param line the line of the file on which it begins, from 1
 * @param reach whether running the file runs the statement
 * @param text the statement, literals redacted, holes kept
 */
public record CodeStatement(DestructiveStatement statement, int line, Reach reach, Excerpt text) {

    /** Whether running the file runs the statement. */
    public enum Reach {
        /** Running the file can run it. */
        EXECUTED,
        /** The file only defines a function, rule or job that runs it later. */
        DEFERRED,
        /** The file writes it into another file, or prints it. */
        WRITTEN,
        /** The source does not tell. */
        UNKNOWN
    }
}
