package io.github.rowsleuth.git.automation.graph;

/**
 * A place that could not be followed.
 *
 * @param what the text that could not be followed, without secrets
 */
public record Gap(Kind kind, String what, String file, int line) implements Comparable<Gap> {

    /** Why it could not be followed. */
    public enum Kind {
        /** A part of it is known only when it runs. */
        VARIABLE,
        /** It runs what another image brings with it. */
        FOREIGN_IMAGE,
        /** It runs what lies in another repository. */
        FOREIGN_REPOSITORY,
        /** It names a file that is not there. */
        MISSING_FILE,
        /** The file is not what it should be. */
        MALFORMED,
        /** It happens elsewhere: a schedule that only a server knows. */
        ELSEWHERE,
        /** There was more than is looked at. */
        CUT
    }

    @Override
    public int compareTo(Gap other) {
        int byKind = kind.compareTo(other.kind);
        int byFile = byKind != 0 ? byKind : file.compareTo(other.file);
        return byFile != 0
                ? byFile
                : line != other.line ? Integer.compare(line, other.line) : what.compareTo(other.what);
    }
}
