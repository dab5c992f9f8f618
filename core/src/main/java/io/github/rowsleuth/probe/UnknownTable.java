package io.github.rowsleuth.probe;

import io.github.rowsleuth.incident.TableName;
import java.util.List;

/**
 * A table of the incident that the database does not have, or no longer has.
 *
 * @param table the name that was asked for
 * @param nearNames existing tables with a similar name, the nearest first
 * @param candidates what may have been meant, or what became of it, the likeliest first
 */
public record UnknownTable(TableName table, List<TableName> nearNames, List<Candidate> candidates) {

    /** Why a relation may be the one that was asked for. */
    public enum Reason {
        /** It was renamed: its indexes, constraints or sequences still bear the name. */
        RENAMED,
        /** It has that name, and looks like a partition that was detached from its parent. */
        DETACHED_PARTITION,
        /** It has that name, in another schema. */
        OTHER_SCHEMA,
        /** It has that name in other letters, which only quotes can tell apart. */
        LETTER_CASE,
        /** It has that name, and is a view. */
        VIEW,
        /** Its name is similar. */
        SIMILAR_NAME
    }

    /**
     * A relation that exists.
     *
     * @param name its name
     * @param reason why it may be the one that was asked for
     */
    public record Candidate(TableName name, Reason reason) {}

    /** Copies the lists. */
    public UnknownTable {
        nearNames = List.copyOf(nearNames);
        candidates = List.copyOf(candidates);
    }

    /**
     * A table of which only similar names are known.
     *
     * @param table the name that was asked for
     * @param nearNames existing tables with a similar name, the nearest first
     */
    public UnknownTable(TableName table, List<TableName> nearNames) {
        this(
                table,
                nearNames,
                nearNames.stream()
                        .map(name -> new Candidate(name, Reason.SIMILAR_NAME))
                        .toList());
    }
}
