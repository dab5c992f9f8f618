package io.github.rowsleuth.sql;

/**
 * One lexical unit of a text.
 *
 * @param kind what it is
 * @param start where it begins in the text of its {@link Source}
 * @param end where it ends, exclusive
 * @param text a word folded, a quoted identifier without its quotes, a psql command without its backslash, anything
 *     else as it stands; empty for a string, whose value {@link LiteralDecoder} reads when it is wanted
 */
record Token(Kind kind, int start, int end, String text) {

    enum Kind {
        WORD,
        QUOTED,
        STRING,
        NUMBER,
        /** A place that is filled in later: a parameter, a template variable, a shell variable. */
        HOLE,
        SYMBOL,
        /** A psql command with the rest of its line. */
        META,
        /** What is read past the last token. */
        END
    }

    boolean is(Kind wanted) {
        return kind == wanted;
    }

    boolean word(String folded) {
        return kind == Kind.WORD && text.equals(folded);
    }

    boolean symbol(String wanted) {
        return kind == Kind.SYMBOL && text.equals(wanted);
    }

    /** Whether nothing, not even a blank, stands between this token and the next. */
    boolean touches(Token next) {
        return end == next.start;
    }
}
