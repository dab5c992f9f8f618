package io.github.rowsleuth.probe;

/**
 * Something in a file that looks destructive and is not, with the reason. What is listed here is no suspect.
 *
 * @param path the file
 * @param line the line on which the first of them stands, from 1
 * @param reason why it is harmless
 * @param count how many of them the file holds
 */
public record Acquittal(String path, int line, Reason reason, int count) {

    /** Why something that looks destructive is harmless. */
    public enum Reason {
        /** It stands in a comment. */
        COMMENT("only in a comment"),
        /** It stands in the documentation of a function or module. */
        DOCUMENTATION("only in documentation"),
        /** A test runs it against a mock, an in-memory database or a container of its own. */
        TEST_DATABASE("a test with a database of its own, or none"),
        /** A test or a security check treats it as a text. */
        PAYLOAD("a text that is checked or looked for, not run"),
        /** It only says what a deletion takes with it: {@code ON DELETE CASCADE}, {@code cascade="all"}. */
        AMPLIFIER("only says what a deletion would take with it"),
        /** A tool made the file and makes it anew. */
        GENERATED("a generated file"),
        /** The file is other people's code. */
        VENDORED("foreign code"),
        /** It deletes files, elements of a list, entries of a cache, what lies behind an address. */
        NO_DATABASE("deletes something that is no table"),
        /** It goes to a database that is not PostgreSQL. */
        OTHER_DATABASE("another kind of database"),
        /** The file made the table itself, as a temporary one. */
        OWN_TEMPORARY("a temporary table of its own");

        private final String words;

        Reason(String words) {
            this.words = words;
        }

        /** {@return the reason in a few words} */
        public String words() {
            return words;
        }
    }

    @Override
    public String toString() {
        return path + ":" + line + ": " + reason.words() + (count > 1 ? " (" + count + " times)" : "");
    }
}
