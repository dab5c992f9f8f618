package io.github.rowsleuth.evidence;

/**
 * Where a piece of evidence was read, so that anybody can look again. Holds no password: sources are named without one.
 *
 * @param source the source: {@code postgresql://host:port/database}, a repository and commit, a log file
 * @param location the place in it: a catalog or view, {@code path:line}, a line number
 */
public record Provenance(String source, String location) {

    /** Refuses blanks. */
    public Provenance {
        if (source.isBlank() || location.isBlank()) {
            throw new IllegalArgumentException(
                    "evidence must say where it comes from; got source '" + source + "', location '" + location + "'");
        }
    }

    @Override
    public String toString() {
        return source + " " + location;
    }
}
