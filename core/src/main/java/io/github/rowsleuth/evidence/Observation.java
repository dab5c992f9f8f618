package io.github.rowsleuth.evidence;

import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.sql.StatementKind;
import java.util.List;

/** What a probe observed. Closed, with one open branch: {@link Custom} is for probe authors. */
public sealed interface Observation
        permits Observation.CatalogEntry,
                Observation.Counters,
                Observation.ServerFact,
                Observation.StatementSeen,
                Observation.CodeFound,
                Observation.CommitFound,
                Observation.AutomationFound,
                Observation.Custom {

    /** {@return the fact in one sentence without a full stop, free of row values} */
    String summary();

    /** {@return the tables it speaks of} */
    default List<TableName> tables() {
        return List.of();
    }

    /**
     * What the system catalogs say of a table.
     *
     * @param table the table
     * @param summary the fact
     */
    record CatalogEntry(TableName table, String summary) implements Observation {
        @Override
        public List<TableName> tables() {
            return List.of(table);
        }
    }

    /**
     * The cumulative statistics of a table.
     *
     * @param table the table
     * @param inserted {@code n_tup_ins}
     * @param updated {@code n_tup_upd}
     * @param deleted {@code n_tup_del}: attempts, rolled back or not
     * @param live {@code n_live_tup}
     * @param dead {@code n_dead_tup}
     */
    record Counters(TableName table, long inserted, long updated, long deleted, long live, long dead)
            implements Observation {
        @Override
        public String summary() {
            return table + " counts " + inserted + " inserted, " + updated + " updated, " + deleted + " deleted, "
                    + live + " live, " + dead + " dead";
        }

        @Override
        public List<TableName> tables() {
            return List.of(table);
        }
    }

    /**
     * A fact about the server, the database or a log as a whole.
     *
     * @param summary the fact
     */
    record ServerFact(String summary) implements Observation {}

    /**
     * A destructive statement in a log or in the statistics.
     *
     * @param kind what it does
     * @param tables the tables it names
     * @param summary who did it and how it ended
     */
    record StatementSeen(StatementKind kind, List<TableName> tables, String summary) implements Observation {
        /** Copies the list. */
        public StatementSeen {
            tables = List.copyOf(tables);
        }
    }

    /**
     * Code that can destroy data.
     *
     * @param path the file, relative to the root of its repository
     * @param line the line, from 1
     * @param tables the tables it names
     * @param summary what it does there
     */
    record CodeFound(String path, int line, List<TableName> tables, String summary) implements Observation {
        /** Copies the list. */
        public CodeFound {
            tables = List.copyOf(tables);
        }
    }

    /**
     * A change in the history of a file.
     *
     * @param path the file
     * @param commit the full id of the commit
     * @param summary what was done to it
     */
    record CommitFound(String path, String commit, String summary) implements Observation {}

    /**
     * A place that runs a file, or only mentions it.
     *
     * @param path the file that is run
     * @param executes whether the place executes it
     * @param summary the place and what it says
     */
    record AutomationFound(String path, boolean executes, String summary) implements Observation {}

    /** The open branch, for observations that only a probe of your own can make. */
    non-sealed interface Custom extends Observation {}
}
