package io.github.rowsleuth.probe;

import io.github.rowsleuth.evidence.EvidenceId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the version tables of migration tools say was applied to a database. A migration probe that finds this answer
 * tells applied migrations from pending ones.
 *
 * @param tables the version tables that were found and read
 */
public record AppliedMigrations(List<VersionTable> tables) {

    /** Copies the list. */
    public AppliedMigrations {
        tables = List.copyOf(tables);
    }

    /**
     * One version table.
     *
     * @param tool the tool whose table it is, such as {@code alembic}, named as in {@link Migration#tool()}
     * @param table the table with its schema
     * @param completeness whether every applied migration has a row, or only the last one
     * @param entries its rows, in the order in which they were applied as far as the table tells
     * @param evidence where it was recorded
     */
    public record VersionTable(
            String tool, String table, Completeness completeness, List<Entry> entries, List<EvidenceId> evidence) {

        /** Copies the lists. */
        public VersionTable {
            entries = List.copyOf(entries);
            evidence = List.copyOf(evidence);
        }
    }

    /** How much a version table remembers. */
    public enum Completeness {
        /** One row for each migration that was applied. */
        EVERY_MIGRATION,
        /** Only the last version: what came before it in the order of the tool was applied too. */
        LAST_ONLY
    }

    /**
     * One row of a version table.
     *
     * @param version the revision or version
     * @param description the name of the migration, where the table has it
     * @param checksum the checksum of its file, where the table has it
     * @param installed when it was applied, where the table has it
     * @param place its place in the order of application, from 1, where the table tells
     * @param state how it ended
     */
    public record Entry(
            String version,
            Optional<String> description,
            Optional<String> checksum,
            Optional<Instant> installed,
            OptionalInt place,
            State state) {}

    /** How the application of a migration ended. */
    public enum State {
        /** It was applied. */
        APPLIED,
        /** It failed, or was begun and never ended. */
        FAILED,
        /** It was applied and rolled back later. */
        ROLLED_BACK
    }
}
