package io.github.rowsleuth.evidence;

import io.github.rowsleuth.sql.SqlText;

/**
 * A short piece of a source, free of literals and passwords. Only the factory methods make one, so that what must not
 * leave is gone before the value exists.
 */
public final class Excerpt {

    /** The longest excerpt, in UTF-16 units; what is longer is cut and ends with an ellipsis. */
    public static final int MAX_LENGTH = 2_000;

    private final String text;

    private Excerpt(String text) {
        this.text = text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH - 1) + "…";
    }

    /**
     * {@return the statement with every literal replaced by a question mark}
     *
     * @param sql SQL as the source holds it
     */
    public static Excerpt ofSql(CharSequence sql) {
        return new Excerpt(SqlText.redact(sql));
    }

    /**
     * {@return a text that holds no value of any row and no secret: the caller vouches for it}
     *
     * @param text for instance a setting, a path, a line of a Dockerfile
     */
    public static Excerpt ofHarmless(String text) {
        return new Excerpt(text);
    }

    /** {@return the text} */
    public String text() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Excerpt that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
