package io.github.rowsleuth.git.automation.code;

/**
 * A token of a program.
 *
 * @param text a name, a sign, or the content of a string with its holes as {@code ${x}}
 * @param line the line on which it begins
 * @param column how far it stands from the beginning of its line
 */
record CodeToken(Kind kind, String text, int line, int column) {

    /** What it is. A line end counts only outside of brackets. */
    enum Kind {
        NAME,
        STRING,
        SIGN,
        LINE_END
    }

    boolean is(char sign) {
        return kind == Kind.SIGN && text.charAt(0) == sign;
    }

    boolean isName(String name) {
        return kind == Kind.NAME && text.equals(name);
    }
}
