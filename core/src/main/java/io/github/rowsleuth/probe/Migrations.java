package io.github.rowsleuth.probe;

import java.util.Comparator;
import java.util.List;

/**
 * The migrations of a repository.
 *
 * @param found the migrations, in their order of application where the tool defines one, else by path
 */
public record Migrations(List<Migration> found) {

    /** Copies the list. */
    public Migrations {
        found = List.copyOf(found);
    }

    /** {@return the migrations that the database has, in the order in which they were applied} */
    public List<Migration> applied() {
        return found.stream()
                .filter(m -> m.standing() == Migration.Standing.APPLIED)
                .sorted(Comparator.comparingInt(m -> m.place().orElse(Integer.MAX_VALUE)))
                .toList();
    }

    /** {@return the migrations that the tool would load and the database does not have} */
    public List<Migration> pending() {
        return found.stream()
                .filter(m -> m.loaded() && m.standing() == Migration.Standing.PENDING)
                .toList();
    }
}
