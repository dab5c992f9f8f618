package io.github.rowsleuth.postgres.guard;

import java.util.List;

/**
 * A database that may be harmed, as its owner has marked it. The marker is a row in the database; here is what it must say.
 *
 * @param systemIdentifier the identity of the cluster: {@code select system_identifier from pg_control_system()}
 * @param database the name of the database
 * @param marker a text that nobody would guess, such as a UUID
 */
public record DisposableDatabase(String systemIdentifier, String database, String marker) {

    private static final int SHORTEST_MARKER = 16;

    /** Refuses blanks, and a marker that somebody could guess. */
    public DisposableDatabase {
        if (systemIdentifier.isBlank() || database.isBlank() || marker.length() < SHORTEST_MARKER) {
            throw new IllegalArgumentException(
                    "expected the identity of a cluster, the name of a database, and a marker of at" + " least "
                            + SHORTEST_MARKER + " characters, found one that is missing or too short");
        }
    }

    /**
     * {@return what an owner runs once to mark the database; not the role that deletes}
     *
     * <p>The row names the cluster and the database that it was written for: restored elsewhere, it marks nothing.
     */
    public List<String> marking() {
        return List.of(
                "CREATE SCHEMA IF NOT EXISTS rowsleuth_guard",
                "CREATE TABLE IF NOT EXISTS rowsleuth_guard.disposable"
                        + " (marker text PRIMARY KEY, system_identifier text NOT NULL, database text NOT NULL)",
                "INSERT INTO rowsleuth_guard.disposable VALUES (" + literal(marker) + ", " + literal(systemIdentifier)
                        + ", " + literal(database) + ") ON CONFLICT DO NOTHING",
                "GRANT USAGE ON SCHEMA rowsleuth_guard TO PUBLIC",
                "GRANT SELECT ON rowsleuth_guard.disposable TO PUBLIC");
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /** {@return the database, without its marker} */
    @Override
    public String toString() {
        return database + " of cluster " + systemIdentifier;
    }
}
