package io.github.rowsleuth.probe;

import java.util.List;

/**
 * The files that could have destroyed the data.
 *
 * @param found the files, by path; those with destructive statements and those with only a suspicious name
 */
public record Scripts(List<Script> found) {

    /** Copies the list. */
    public Scripts {
        found = List.copyOf(found);
    }

    /** {@return the files that hold at least one destructive statement} */
    public List<Script> destructive() {
        return found.stream().filter(s -> !s.statements().isEmpty()).toList();
    }
}
