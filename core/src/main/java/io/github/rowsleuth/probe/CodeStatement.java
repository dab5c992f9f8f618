package io.github.rowsleuth.probe;

import io.github.rowsleuth.evidence.Excerpt;
import io.github.rowsleuth.sql.DestructiveStatement;
import java.util.List;

/**
 * A destructive statement in a file of code: SQL, a call of a library that stands for SQL, or a command.
 *
 * @param statement what it does and to which tables; a table that the file names by a constant, a loop or a model
 *     class is named, any other is dynamic
 * @param line the line of the file on which it begins, from 1
 * @param reach whether running the file runs the statement
 * @param text the statement, literals redacted, holes kept
 * @param place where in the file it stands
 * @param guards what stands before it
 * @param severity how much it can destroy, place and guards taken into account
 */
public record CodeStatement(
        DestructiveStatement statement,
        int line,
        Reach reach,
        Excerpt text,
        Place place,
        List<Guard> guards,
        Severity severity) {

    /** Copies the list. */
    public CodeStatement {
        guards = List.copyOf(guards);
    }

    /**
     * Makes one of which only the statement itself was looked at.
     *
     * @param statement what it does and to which tables
     * @param line the line of the file on which it begins, from 1
     * @param reach whether running the file runs the statement
     * @param text the statement, literals redacted, holes kept
     */
    public CodeStatement(DestructiveStatement statement, int line, Reach reach, Excerpt text) {
        this(statement, line, reach, text, Place.UNKNOWN, List.of(), Severity.of(statement));
    }

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
