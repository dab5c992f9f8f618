package io.github.rowsleuth.probe;

import java.util.List;

/**
 * The files that could have destroyed the data.
 *
 * @param found the files, by path; those with destructive statements and those with only a suspicious name
 * @param elsewhere files with destructive statements that the examined commit does not have: deleted before it, or only
 *     on other branches; each as of the last commit that has it
 * @param acquitted what looks destructive and is not, by path
 * @param confessions where people speak of a loss: messages of commits in the order of their times, then documents
 */
public record Scripts(
        List<Script> found, List<Script> elsewhere, List<Acquittal> acquitted, List<Confession> confessions) {

    /** Copies the lists. */
    public Scripts {
        found = List.copyOf(found);
        elsewhere = List.copyOf(elsewhere);
        acquitted = List.copyOf(acquitted);
        confessions = List.copyOf(confessions);
    }

    /**
     * Makes an answer of a source that knows one state of its files only.
     *
     * @param found the files, by path
     */
    public Scripts(List<Script> found) {
        this(found, List.of(), List.of(), List.of());
    }

    /** {@return the files that hold at least one destructive statement} */
    public List<Script> destructive() {
        return found.stream().filter(s -> !s.statements().isEmpty()).toList();
    }

    /** {@return the files of which only the name speaks of deleting: a weak sign} */
    public List<Script> suspiciousByNameOnly() {
        return found.stream()
                .filter(s -> s.statements().isEmpty() && s.suspiciousName())
                .toList();
    }
}
