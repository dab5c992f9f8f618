package io.github.rowsleuth.hypothesis;

/**
 * A suspect before it is weighed.
 *
 * @param suspect the suspect
 * @param origin what it was made from
 */
record Candidate(Suspect suspect, Origin origin) {

    boolean seen() {
        return origin instanceof Origin.Seen;
    }

    boolean counted() {
        return origin instanceof Origin.Counted;
    }
}
