package io.github.rowsleuth.git.code;

/**
 * One unit of source code. Comments leave none.
 *
 * @param kind what it is
 * @param text a word or symbol as it stands; the prefix of a string, where its language has prefixes
 * @param value what a string holds, with the places that are filled in at run time kept as holes
 * @param line the line it begins on, from 1
 * @param start where it begins in the source
 * @param end where it ends, exclusive
 */
record Token(Kind kind, String text, CodeText value, int line, int start, int end) {

    enum Kind {
        WORD,
        STRING,
        NUMBER,
        SYMBOL,
        /** The end of a line outside of brackets, where the language gives it a meaning. */
        NEWLINE,
        /** The block of a Python statement begins. */
        INDENT,
        /** The block of a Python statement ends. */
        DEDENT
    }

    /** The text of a string that stands in the hole of another one. */
    static final String NESTED = "nested";

    static final Token NONE = new Token(Kind.NEWLINE, "", CodeText.EMPTY, 0, 0, 0);

    boolean is(Kind wanted) {
        return kind == wanted;
    }

    boolean word(String wanted) {
        return kind == Kind.WORD && text.equals(wanted);
    }

    boolean symbol(String wanted) {
        return kind == Kind.SYMBOL && text.equals(wanted);
    }

    boolean string() {
        return kind == Kind.STRING;
    }
}
