package io.github.rowsleuth.probe;

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
}
