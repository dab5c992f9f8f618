package io.github.rowsleuth.evidence;

/**
 * Names a piece of evidence within one investigation: the id of its probe and a running number, such as
 * {@code postgres.scope#3}. Equal runs over equal sources give equal ids.
 *
 * @param value the id
 */
public record EvidenceId(String value) implements Comparable<EvidenceId> {

    @Override
    public int compareTo(EvidenceId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
