package io.github.rowsleuth.probe;

/**
 * What stands between starting a file and one of its statements. A check that lets everything pass where nothing is
 * set, or that nobody looks at, is none.
 *
 * @param kind what sort of guard
 * @param line the line it stands on, from 1
 */
public record Guard(Kind kind, int line) {

    /** What sort of guard. */
    public enum Kind {
        /** A person must type something. */
        CONFIRMATION("asks for confirmation"),
        /** Without a switch it only says what it would do. */
        DRY_RUN("dry run by default"),
        /** It needs a switch on its command line. */
        SWITCH("needs a switch to act"),
        /** It refuses an environment or an address, the production environment for instance. */
        ENVIRONMENT("refuses the production environment"),
        /** It takes a bounded number of rows. */
        LIMIT("takes a limited number of rows"),
        /** The transaction is rolled back at its end. */
        ROLLED_BACK("rolls back at its end"),
        /** It stands in a transaction that fails or succeeds as a whole. */
        TRANSACTION("in a transaction"),
        /** The data is copied before. */
        BACKUP("copies the data before");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** {@return the guard in a few words} */
        public String words() {
            return words;
        }
    }

    @Override
    public String toString() {
        return kind.words() + " (line " + line + ")";
    }
}
