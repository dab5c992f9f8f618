package io.github.rowsleuth.probe;

/**
 * Something that must hold for a chain to be run to its end.
 *
 * @param kind what sort of condition
 * @param text the condition, as the source writes it or in words
 * @param file the file that states it, within the repository
 * @param line the line, from 1
 */
public record RunCondition(Kind kind, String text, String file, int line) {

    /** What sort of condition. */
    public enum Kind {
        /** Only for some branches, tags or pull requests. */
        BRANCH,
        /** Only if some files change. */
        PATHS,
        /** An expression of the system that runs it, such as {@code if:} of a workflow. */
        EXPRESSION,
        /** A test in a script or program, such as of an environment variable or an argument. */
        TEST,
        /** Only if a person starts or approves it. */
        MANUAL,
        /** Only if a profile, an environment or a file of settings is chosen. */
        PROFILE,
        /** A guard inside the script, such as a question that must be answered. */
        GUARD,
        /** The source leaves open whether it is this file. */
        UNCERTAIN
    }

    @Override
    public String toString() {
        return text;
    }
}
